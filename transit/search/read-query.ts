import type { DayView } from './day-view.ts'
import type { Shape } from './labels.ts'
import { type DoorWay, inSteps, NEVER, NO_STEPS, type Query, type Steps } from './query.ts'

/** A query as the search reads it: amounts in steps, ways as columns. Ways that need more steps than allowed are out. */
export interface Asked {
  readonly shape: Shape
  readonly layers: number
  readonly departS: number
  readonly departures: number
  readonly gridS: number
  readonly horizonS: number
  readonly latestS: number
  readonly changeS: number
  readonly maxFootM: number
  readonly access: readonly DoorWay[]
  readonly accessStop: Uint32Array
  readonly accessS: Int32Array
  readonly accessLayer: Int32Array
  readonly notBeforeS: Int32Array
  readonly egress: readonly DoorWay[]
  readonly egressStop: Uint32Array
  readonly egressS: Int32Array
  readonly egressWalk: Int32Array
  readonly egressMoney: Int32Array
  /** Egress ways from stop `s`: `egressStart[s] … egressStart[s + 1]` of `egressWay`. */
  readonly egressStart: Uint32Array
  readonly egressWay: Uint32Array
  readonly directS: Int32Array
  readonly directLayer: Int32Array
  /** Steps paid for boarding, by day line's line; steps of each way on foot; null where nothing counts. */
  readonly lineSteps: Int32Array | null
  readonly footSteps: Uint8Array | null
}

/** @throws {RangeError} a query that means nothing: a stop that is not there, a time that is no number. */
export function readQuery(query: Query, view: DayView): Asked {
  const { walk = NO_STEPS, money = NO_STEPS, gridS = 60, windowS = 0, horizonS = 4 * 3600 } = query
  const { departS, maxRides = 5, changeS = 0, maxFootM = NEVER } = query
  for (const [name, value] of Object.entries({ departS, gridS, windowS, horizonS, maxRides, changeS }))
    if (!Number.isInteger(value) || value < (name === 'departS' ? -NEVER : 0))
      throw new RangeError(`The query's ${name} is ${value}: give whole seconds (lines), not negative.`)
  if (gridS === 0 || maxRides === 0) throw new RangeError('A query needs a grid and a line to take, not 0.')
  const shape: Shape = { rides: maxRides, walk: walk.most, money: money.most }
  const wide = shape.money + 1
  const layerOf = (way: { metres: number; money: number }): number =>
    inSteps(way.metres, walk) * wide + inSteps(way.money, money)
  const fits = (way: { metres: number; money: number }): boolean =>
    inSteps(way.metres, walk) <= walk.most && inSteps(way.money, money) <= money.most
  const access = query.access.filter(fits)
  const egress = query.egress.filter(fits)
  const direct = (query.direct ?? []).filter(fits)
  const stops = view.stopStart.length - 1
  for (const { stop, seconds } of [...access, ...egress])
    if (!(stop >= 0 && stop < stops && Number.isInteger(seconds) && seconds >= 0))
      throw new RangeError(`A way of ${seconds} s to stop ${stop}, of ${stops} stops: give whole seconds.`)
  return {
    ...{
      shape,
      layers: (shape.walk + 1) * wide,
      departS,
      gridS,
      horizonS,
      changeS,
      maxFootM,
      access,
      egress,
    },
    departures: Math.floor(windowS / gridS) + 1,
    latestS: departS + windowS + horizonS,
    accessStop: Uint32Array.from(access, way => way.stop),
    accessS: Int32Array.from(access, way => way.seconds),
    accessLayer: Int32Array.from(access, layerOf),
    notBeforeS: Int32Array.from(access, way => Math.ceil(way.notBeforeS ?? -NEVER)),
    egressStop: Uint32Array.from(egress, way => way.stop),
    egressS: Int32Array.from(egress, way => way.seconds),
    egressWalk: Int32Array.from(egress, way => inSteps(way.metres, walk)),
    egressMoney: Int32Array.from(egress, way => inSteps(way.money, money)),
    ...byStop(egress, stops),
    directS: Int32Array.from(direct, way => way.seconds),
    directLayer: Int32Array.from(direct, layerOf),
    lineSteps: query.linePrice
      ? Int32Array.from({ length: view.timetable.lines.route.length }, (_, line) =>
          inSteps(query.linePrice![line]!, money),
        )
      : null,
    footSteps: walk.most === 0 && walk.size === Number.POSITIVE_INFINITY ? null : footSteps(view, walk),
  }
}

const known = new WeakMap<object, { size: number; steps: Uint8Array }>()

/** The steps of a timetable's ways on foot; the last step size asked for is kept. */
function footSteps({ timetable: { feet } }: DayView, walk: Steps): Uint8Array {
  let found = known.get(feet)
  if (found?.size !== walk.size) {
    found = { size: walk.size, steps: Uint8Array.from(feet.metres, m => Math.min(255, inSteps(m, walk))) }
    known.set(feet, found)
  }
  return found.steps
}

function byStop(ways: readonly DoorWay[], stops: number) {
  const egressStart = new Uint32Array(stops + 1)
  for (const { stop } of ways) egressStart[stop + 1]!++
  for (let stop = 0; stop < stops; stop++) egressStart[stop + 1]! += egressStart[stop]!
  const next = egressStart.slice()
  const egressWay = new Uint32Array(ways.length)
  ways.forEach(({ stop }, way) => {
    egressWay[next[stop]!++] = way
  })
  return { egressStart, egressWay }
}
