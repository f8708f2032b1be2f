import { goalOf, targetOf } from '@hexhail/client/drive.ts'
import { createDriverClient, type DriverClient } from '@hexhail/client/driver-client.ts'
import type { ClientPorts } from '@hexhail/client/ports.ts'
import { createSimulatedCar } from '@hexhail/client/simulated-car.ts'
import { cellAt, cellCentre } from '@hexhail/protocol/cells.ts'
import type { DriverTrip } from '@hexhail/protocol/driver-state.ts'
import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { CASES, ENDED } from '@hexhail/protocol/trip.ts'
import { tariffOf, usualFactor } from '@hexhail/protocol/trip-tariff.ts'
import { effect } from '@preact/signals-core'
import type { Seeded } from './seeded.ts'

/** A simulated driver: a real peer with a real wallet, whose hands and wheels are a program. */
export interface DriverBot {
  readonly client: DriverClient
  stop(): Promise<void>
}

/** How a simulated driver looks and behaves. */
export interface DriverBotInit {
  readonly ports: ClientPorts
  readonly name: string
  readonly car: string
  readonly plate: string
  readonly start: LngLat
  readonly seeded: Seeded
}

/** The car moves this often, ms. */
const STEP_MS = 500
/** A driver takes a moment to look at a card, ms. */
const GLANCE_MS = 200
/** Drivers farther off answer later: a rider needs few offers, and a whole city that dials at once is heard by nobody. */
const NEAR_M = 2_000
const FAR_MS_PER_M = 0.2
/** Nobody drives farther for a fare. */
const FARTHEST_M = 12_000
/** A booked car is there so early, by a city's usual pace and detours. */
const EARLY_MS = 120_000
const CITY_MPS = 8
const DETOUR = 1.4
/** What a simulated driver says at the door: it cannot hear. */
export const ASK_PIN = 'I am a simulated driver and cannot hear you: please send me your PIN here.'

/** For a booked ride the car sets off so that it is there a little early. */
function isTimeToGo(trip: DriverTrip | null, at: LngLat, nowMs: number, timeScale: number): boolean {
  const target = targetOf(trip)
  if (!trip?.pickupAtMs || trip.startedAtMs || !target) return true
  const roadS = (greatCircleM(at, target) * DETOUR) / CITY_MPS
  return nowMs >= trip.pickupAtMs - EARLY_MS - (roadS / timeScale) * 1000
}

/** Starts a simulated driver, online at his place. */
export async function createDriverBot({
  ports,
  name,
  car: text,
  plate,
  start,
  seeded,
}: DriverBotInit): Promise<DriverBot> {
  const { rules, now, city, report } = ports
  const credentials = await ports.permit?.credentials()
  const client = await createDriverClient(ports, {
    ...(credentials && { credentials }),
    name,
    text,
    plate,
    seats: 4,
    needs: seeded.below(3) === 0 ? 15 : 10,
  })
  const car = createSimulatedCar(city, start)
  const answered = new Set<string>()
  let asked = ''
  let heardLines = 0
  let busy = false
  let stopped = false

  const answerCards = () => {
    for (const card of client.shift.value.cards) {
      const id = toHex(card.request.requestId)
      if (answered.has(id)) continue
      answered.add(id)
      // From the middle of the own cell: how late an answer comes must not tell where the car is.
      const awayM = greatCircleM(cellCentre(cellAt(car.at, 8)), cellCentre(card.request.cell))
      if (awayM > FARTHEST_M) continue
      const { pickupAtMs } = card.request
      const usual = usualFactor(tariffOf(rules, true), Math.floor((pickupAtMs || now()) / 1000))
      const bp = usual + (seeded.below(5) - 2) * 200
      const delayMs = seeded.below(GLANCE_MS) + Math.max(0, awayM - NEAR_M) * FAR_MS_PER_M
      const stopWait = ports.every(Math.ceil(delayMs) + 1, () => {
        stopWait()
        if (!stopped) client.offer(id, bp).catch(report)
      })
    }
  }
  /** Whether the car stands where this ride goes, and not at a stop of the other one in it. */
  const isThere = (trip: DriverTrip): boolean => {
    const [at, goal] = [goalOf(client), targetOf(trip)]
    return car.there && at !== null && goal !== null && at[0] === goal[0] && at[1] === goal[1]
  }
  const act = async (trip: DriverTrip, there: boolean) => {
    if (trip.phase === 'held' && there) await client.dispatch({ type: 'arrive' })
    if (trip.phase === 'arrived') {
      if (asked !== trip.digest) {
        asked = trip.digest
        heardLines = 0
        await client.dispatch({ type: 'chat', text: ASK_PIN })
      }
      for (const line of trip.chat.slice(heardLines)) {
        const digits = line.mine ? null : /\b(\d{4})\b/.exec(line.text)?.[1]
        if (digits) await client.dispatch({ type: 'pin', digits })
      }
      heardLines = trip.chat.length
      if (trip.notice === 'noShowOpen') await client.dispatch({ type: 'claim' })
    }
    if (trip.phase === 'changed') await client.dispatch({ type: 'answerChange', accept: true })
    if (trip.phase === 'riding' && trip.notice === 'stopAsked')
      await client.dispatch({ type: 'finish', early: true })
    else if (trip.phase === 'riding' && there) await client.dispatch({ type: 'finish', early: false })
    if (trip.phase === 'finished' && trip.notice === 'riderSilent')
      await client.dispatch({ type: trip.receipt ? 'settle' : 'claim' })
    if ((ENDED.has(trip.phase) || CASES.has(trip.phase)) && (trip.phase !== 'settled' || trip.filed))
      await client.close()
  }
  const step = async () => {
    if (busy) return
    busy = true
    try {
      car.drive((STEP_MS / 1000) * rules.timeScale)
      const { trip } = client.shift.value
      await car.aim(isTimeToGo(trip, car.at, now(), rules.timeScale) ? goalOf(client) : null)
      const there = trip !== null && isThere(trip)
      if (trip) await client.moveTo(car.at, car.headingDeg, car.odometerM)
      const after = client.shift.value.trip
      if (after) await act(after, there && after.tag === trip.tag && after.startedAtMs === trip.startedAtMs)
    } catch (error) {
      report(error)
    } finally {
      busy = false
    }
  }

  await client.goOnline(car.at)
  const stopCards = effect(() => {
    if (client.shift.value.cards.length) answerCards()
  })
  const stopSteps = ports.every(STEP_MS, () => void step())
  return {
    client,
    stop: async () => {
      stopped = true
      stopCards()
      stopSteps()
      await client.stop()
    },
  }
}
