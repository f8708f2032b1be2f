import { LATE_RULE, lateDeduction } from '@hexhail/matcher/epoch/late-deduction.ts'
import { createSeeded, type Seeded } from '../seeded.ts'
import { type City, placeOnWay } from './city-times.ts'
import { createEventClock, type EventClock } from './event-clock.ts'
import { createEventHash, EVENT, type EventHash } from './event-hash.ts'
import { normalOf } from './normal.ts'
import type { Scenario } from './scenario.ts'

/** Where a rider is in his ride. */
export type Stage = 'before' | 'waits' | 'given' | 'rides' | 'done' | 'gone'

/** A rider and what became of him. */
export interface SimRider {
  readonly id: number
  readonly origin: number
  readonly destination: number
  readonly bornMs: number
  stage: Stage
  driver: number
  /** When he first had a driver, and when he was picked up; -1 before. */
  givenMs: number
  pickedMs: number
}

/** A driver and what he does. */
export interface SimDriver {
  readonly id: number
  readonly fromMs: number
  readonly untilMs: number
  /** Thousandths of the truth that he claims. */
  readonly claim: number
  /** Where he stands, or where he set out from at `sinceMs`. */
  node: number
  sinceMs: number
  /** The rider he drives to or with, or -1. */
  rider: number
  isRiding: boolean
  promiseMs: number
  /** Changes with each new errand, so that arrivals of old ones are void. */
  errand: number
  emptyMs: number
  rideMs: number
  /** Minor units, after what was deducted for lateness. */
  income: bigint
  deducted: bigint
}

/** What the world tells whoever matches. */
export interface Matchmaker {
  /** A rider asks. */
  asks(rider: SimRider): void
  /** A driver is free: his shift begins, or a ride is over, was cancelled or handed over. */
  isFree(driver: SimDriver): void
  /** A rider gave up or cancelled. */
  isGone(rider: SimRider): void
}

/** One change of drivers: all of a list happen at once. */
export interface Given {
  readonly rider: number
  readonly driver: number
  readonly promiseMs: number
}

/** What truly is: cars on roads and riders, whatever anybody believes. */
export interface World {
  readonly scenario: Scenario
  readonly city: City
  readonly clock: EventClock
  readonly hash: EventHash
  readonly riders: readonly SimRider[]
  readonly drivers: readonly SimDriver[]
  readonly behaviour: Seeded
  readonly network: Seeded
  /** Rides given to a driver who had another, or to a rider who had another driver: must stay 0. */
  readonly doubleBookings: number
  isIdle(driver: SimDriver): boolean
  /** Tenths of a second from where a driver is now to a rider; 65,535: never. */
  pickupDs(driver: SimDriver, rider: SimRider): number
  /** The node where he is now, or that he passed last. */
  placeOf(driver: SimDriver): number
  timeDs(from: number, to: number): number
  /** Makes changes together; drivers who lose a rider by them and get no other are free. */
  give(changes: readonly Given[]): boolean
  accepts(): boolean
  run(matchmaker: Matchmaker): void
}

/** Seconds of boarding. */
const BOARD_MS = 30_000
/** A fare: minor units to begin with, and by minute of the ride. */
const FARE_BASE = 250
const FARE_MINUTE = 80
/** After the end riders who have a driver are still brought home. */
const TAIL_MS = 7_200_000

/** A world before its first moment. Each stream of chance has its own generator, so that one does not disturb the others. */
export function createWorld(scenario: Scenario, city: City): World {
  const stream = (n: number): Seeded =>
    createSeeded((Math.imul(scenario.seed, 0x9e3779b1) ^ Math.imul(n, 0x85ebca6b)) >>> 0)
  const [demand, fleet, behaviour, network, noise] = [1, 2, 3, 4, 5].map(stream) as [
    Seeded,
    Seeded,
    Seeded,
    Seeded,
    Seeded,
  ]
  const clock = createEventClock()
  const hash = createEventHash()
  const trips = city.trips.length / 2
  const byHour = (list: readonly number[], ms: number): number =>
    list[Math.min(list.length - 1, Math.floor(ms / 3_600_000))]!
  const factor = (ms: number): number => byHour(scenario.city.timeFactor, ms)
  const timeDs = (u: number, v: number): number =>
    Math.round((city.times[u * city.nodes + v]! * factor(clock.nowMs)) / 1000)

  const riders: SimRider[] = []
  const untilMs = 1000 * scenario.measure.untilS
  for (let t = 0; ; ) {
    const perHour = byHour(scenario.demand.perHour, t)
    if (perHour === 0) t = 3_600_000 * (Math.floor(t / 3_600_000) + 1)
    else t += Math.ceil((-Math.log(1 - demand.next()) * 3_600_000) / perHour)
    if (t >= untilMs) break
    if (perHour === 0) continue
    const trip = 2 * demand.below(trips)
    riders.push({
      id: riders.length,
      origin: city.trips[trip]!,
      destination: city.trips[trip + 1]!,
      bornMs: t,
      stage: 'before',
      driver: -1,
      givenMs: -1,
      pickedMs: -1,
    })
  }
  const { liars } = scenario.behaviour
  const shifts = scenario.supply.shifts ?? [{ share: 1, fromS: 0, untilS: scenario.measure.untilS }]
  const liarCount = Math.round(scenario.supply.drivers * (liars?.share ?? 0))
  const drivers: SimDriver[] = Array.from({ length: scenario.supply.drivers }, (_, id) => {
    let share = fleet.next() * shifts.reduce((sum, shift) => sum + shift.share, 0)
    const shift = shifts.find(s => (share -= s.share) < 0) ?? shifts.at(-1)!
    return {
      id,
      fromMs: 1000 * shift.fromS,
      untilMs: 1000 * shift.untilS,
      claim: id < liarCount ? liars!.claim : 1000,
      node: city.trips[2 * fleet.below(trips) + 1]!,
      sinceMs: 1000 * shift.fromS,
      rider: -1,
      isRiding: false,
      promiseMs: 0,
      errand: 0,
      emptyMs: 0,
      rideMs: 0,
      income: 0n,
      deducted: 0n,
    }
  })
  const { wayNoise = 0 } = scenario.behaviour
  const normal = (): number => (wayNoise === 0 ? 0 : normalOf(noise))
  let doubleBookings = 0
  let told: Matchmaker

  const isOnShift = (driver: SimDriver): boolean =>
    clock.nowMs >= driver.fromMs && clock.nowMs < driver.untilMs
  const placeOf = (driver: SimDriver): number => {
    if (driver.rider === -1) return driver.node
    const drivenDs = ((clock.nowMs - driver.sinceMs) / 100) * (1000 / factor(driver.sinceMs))
    return placeOnWay(city, driver.node, riders[driver.rider]!.origin, drivenDs)
  }
  /** Puts a driver on the way where he is now, and gives up his errand. */
  const stop = (driver: SimDriver): void => {
    driver.node = placeOf(driver)
    driver.emptyMs += clock.nowMs - driver.sinceMs
    driver.sinceMs = clock.nowMs
    driver.rider = -1
    driver.errand++
  }
  const free = (driver: SimDriver): void => {
    hash.note(clock.nowMs, EVENT.idle, driver.id, driver.node)
    if (isOnShift(driver)) told.isFree(driver)
  }
  const drop = (driver: SimDriver, rider: SimRider): void => {
    driver.node = rider.destination
    driver.rideMs += clock.nowMs - driver.sinceMs
    driver.sinceMs = clock.nowMs
    driver.rider = -1
    driver.isRiding = false
    rider.stage = 'done'
    free(driver)
  }
  const pick = (driver: SimDriver, rider: SimRider): void => {
    const rideMs = BOARD_MS + 100 * timeDs(rider.origin, rider.destination)
    const fare = BigInt(FARE_BASE + Math.round((rideMs * FARE_MINUTE) / 60_000))
    rider.stage = 'rides'
    rider.pickedMs = clock.nowMs
    const deducted = lateDeduction(fare, driver.promiseMs, clock.nowMs, scenario.protocol.late ?? LATE_RULE)
    driver.income += fare - deducted
    driver.deducted += deducted
    driver.emptyMs += clock.nowMs - driver.sinceMs
    driver.sinceMs = clock.nowMs
    driver.isRiding = true
    hash.note(clock.nowMs, EVENT.picked, driver.id, rider.id)
    clock.at(clock.nowMs + rideMs, () => drop(driver, rider))
  }
  const send = ({ rider, driver, promiseMs }: Given): void => {
    const [who, car] = [riders[rider]!, drivers[driver]!]
    hash.note(clock.nowMs, EVENT.given, driver, rider)
    if (who.givenMs === -1) who.givenMs = clock.nowMs
    who.stage = 'given'
    who.driver = driver
    car.rider = rider
    car.promiseMs = promiseMs
    car.sinceMs = clock.nowMs
    const errand = ++car.errand
    const wayMs = 100 * timeDs(car.node, who.origin)
    clock.at(clock.nowMs + Math.max(0, Math.round(wayMs * (1 + wayNoise * normal()))), () => {
      if (car.errand === errand) pick(car, who)
    })
  }
  const leave = (rider: SimRider): void => {
    const car = rider.stage === 'given' ? drivers[rider.driver]! : null
    if (car !== null) stop(car)
    rider.stage = 'gone'
    hash.note(clock.nowMs, EVENT.gone, rider.id, 0)
    told.isGone(rider)
    if (car !== null) free(car)
  }

  const world: World = {
    scenario,
    city,
    clock,
    hash,
    riders,
    drivers,
    behaviour,
    network,
    get doubleBookings() {
      return doubleBookings
    },
    isIdle: driver => driver.rider === -1 && isOnShift(driver),
    pickupDs: (driver, rider) => timeDs(placeOf(driver), rider.origin),
    placeOf,
    timeDs,
    give: changes => {
      const losing = new Set(
        changes.flatMap(({ rider }) => (riders[rider]!.stage === 'given' ? [riders[rider]!.driver] : [])),
      )
      const isDouble = changes.some(({ rider, driver }) => {
        const [who, car] = [riders[rider]!, drivers[driver]!]
        return (
          car.isRiding ||
          (car.rider !== -1 && !losing.has(driver)) ||
          (who.stage !== 'waits' && who.stage !== 'given')
        )
      })
      if (isDouble) {
        doubleBookings++
        return false
      }
      for (const id of losing) stop(drivers[id]!)
      for (const change of changes) send(change)
      for (const id of losing) if (drivers[id]!.rider === -1) free(drivers[id]!)
      return true
    },
    accepts: () => scenario.behaviour.accept >= 1 || behaviour.next() < scenario.behaviour.accept,
    run: matchmaker => {
      told = matchmaker
      for (const driver of drivers) clock.at(driver.fromMs, () => free(driver))
      const { waitS, cancel = 0 } = scenario.behaviour
      for (const rider of riders) {
        clock.at(rider.bornMs, () => {
          rider.stage = 'waits'
          hash.note(clock.nowMs, EVENT.asks, rider.id, rider.origin)
          told.asks(rider)
        })
        clock.at(rider.bornMs + 1000 * waitS, () => {
          if (rider.stage === 'waits') leave(rider)
        })
        if (cancel > 0 && behaviour.next() < cancel)
          clock.at(rider.bornMs + behaviour.below(120_000), () => {
            if (rider.stage === 'waits' || rider.stage === 'given') leave(rider)
          })
      }
      clock.runUntil(untilMs + TAIL_MS)
    },
  }
  return world
}
