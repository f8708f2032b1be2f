import type { Leaf } from '@hexhail/net/ports.ts'
import { cellAt, FAR_RES, transitTopic } from '@hexhail/protocol/cells.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { createOperatorCheck, type OperatorList } from '@hexhail/protocol/operator.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { TripEntity, VehicleEntity } from '@hexhail/transit/realtime/entity.ts'
import { createEntityTable } from '@hexhail/transit/realtime/entity-table.ts'
import { createFeedCheck } from '@hexhail/transit/realtime/feed-check.ts'
import { lateTripOf } from '@hexhail/transit/realtime/late-trips.ts'
import type { LateTrip } from '@hexhail/transit/search/delays.ts'
import { type ReadonlySignal, signal } from '@preact/signals-core'
import type { HeardFeeds } from './gossip.ts'

/** A bus or train as the map draws it. */
export interface LiveVehicle {
  /** Of the vehicle, with its agency. */
  readonly id: string
  /** What stands on it: its line, as a rule. */
  readonly label: string
  readonly at: LngLat
  readonly bearingDeg: number | null
  /** At the call that comes next, seconds; null where nobody said. */
  readonly lateS: number | null
  /** When it said so, unix ms. */
  readonly atMs: number
  /** Names its trip in news; empty where it runs none. */
  readonly trip: string
}

/** What vehicles near some places say, as it is heard. */
export interface LiveTransit {
  readonly vehicles: ReadonlySignal<readonly LiveVehicle[]>
  /** Days are counted from the timetable's `startDay`. */
  readonly delays: ReadonlySignal<readonly LateTrip[]>
  /** Listens around these places (the map's corners, a plan's stops), and nowhere else any more. */
  watch(places: readonly LngLat[]): void
  /** For the gossip check of the leaf that is handed to `start`. */
  readonly feeds: HeardFeeds
  start(leaf: Pick<Leaf, 'subscribe'>): void
  stop(): void
}

/** What it takes to hear them. */
export interface LiveTransitInit {
  readonly chainId: number
  /** The register of permits. */
  readonly permits: Hex
  /** Tags of the agencies. */
  readonly agencies: readonly string[]
  readonly list: OperatorList
  /** The first day of the timetable; rejects while there is none. */
  readonly startDay: () => Promise<number>
  readonly now: () => number
  readonly every: (ms: number, run: () => void) => () => void
}

/** Topics at a time: a leaf may follow 16, and needs some for its trips. */
const MOST_TOPICS = 10
/** News come in bursts; they are shown together this often, ms. */
const SHOW_MS = 1000
/** What was said is looked through this often for what is over, in turns of `SHOW_MS`. */
const SWEEP_TURNS = 10

/** Hears transit operators. */
export function createLiveTransit(init: LiveTransitInit): LiveTransit {
  const { chainId, permits, agencies, list, now, every } = init
  const table = createEntityTable()
  const vehicles = signal<readonly LiveVehicle[]>([])
  const delays = signal<readonly LateTrip[]>([])
  const leaving = new Map<string, () => void>()
  let leaf: Pick<Leaf, 'subscribe'> | null = null
  let watched: readonly string[] = []
  let startDay: number | null = null
  let isNew = false
  let turns = 0

  const follow = (): void => {
    if (leaf === null) return
    for (const [topic, leave] of leaving)
      if (!watched.includes(topic)) {
        leave()
        leaving.delete(topic)
      }
    // What passes the check is in the table already.
    for (const topic of watched)
      if (!leaving.has(topic))
        leaving.set(
          topic,
          leaf.subscribe(topic, () => {}),
        )
  }
  const show = (): void => {
    const heard = table.live(now())
    const news = new Map<string, TripEntity>()
    for (const { agency, entity } of heard)
      if (entity.kind === 'trip') news.set(`${agency} ${entity.vehicle}`, entity)
    vehicles.value = heard.flatMap(({ agency, entity }) =>
      entity.kind === 'vehicle' ? [shown(agency, entity, news.get(`${agency} ${entity.vehicle}`))] : [],
    )
    if (startDay === null) return
    const from = startDay
    const late = heard.flatMap(({ entity }) =>
      entity.kind === 'trip' ? (lateTripOf(entity, from) ?? []) : [],
    )
    if (JSON.stringify(late) !== JSON.stringify(delays.value)) delays.value = late
  }
  const learnDay = (): void => {
    init.startDay().then(
      day => {
        startDay = day
        isNew = true
      },
      () => {},
    )
  }
  const stopHearing = table.onChange(() => {
    if (startDay === null) learnDay()
    isNew = true
  })
  const stopShowing = every(SHOW_MS, () => {
    if (!isNew && ++turns < SWEEP_TURNS) return
    ;[isNew, turns] = [false, 0]
    show()
  })
  return {
    vehicles,
    delays,
    feeds: {
      operators: createOperatorCheck({ chainId, permits }, list),
      check: others => createFeedCheck(table, others),
    },
    watch: places => {
      const cells = [...new Set(places.map(place => cellAt(place, FAR_RES)))]
      watched = agencies
        .flatMap(agency => cells.map(cell => transitTopic(chainId, agency, cell)))
        .slice(0, MOST_TOPICS)
      follow()
    },
    start: of => {
      leaf = of
      follow()
    },
    stop: () => {
      stopHearing()
      stopShowing()
      for (const leave of leaving.values()) leave()
      leaving.clear()
      leaf = null
    },
  }
}

function shown(agency: string, entity: VehicleEntity, news: TripEntity | undefined): LiveVehicle {
  const { vehicle, label, at, bearingDeg, atS, trip } = entity
  const next = news?.trip.trip === trip?.trip ? news?.calls[0] : undefined
  const lateS = next?.arrival?.lateS ?? next?.departure?.lateS ?? null
  return {
    id: `${agency} ${vehicle}`,
    label,
    at,
    bearingDeg,
    lateS,
    atMs: atS * 1000,
    trip: trip?.trip ?? '',
  }
}
