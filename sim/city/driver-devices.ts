import { idleCreditDs } from '@hexhail/matcher/assign/idle-credit.ts'
import type { EpochBid } from '@hexhail/matcher/epoch/collect.ts'
import { openRides } from '@hexhail/matcher/handover/with-rides.ts'
import type { Commit, Move } from '@hexhail/protocol/commit.ts'
import { type DriverEvent, type DriverPart, driverStep, idleDriver } from '@hexhail/protocol/driver-part.ts'
import { EVENT } from './event-hash.ts'
import { createSight, type Privacy } from './sight.ts'
import { driverName, type RiderSide, riderName, riderOf, type Town } from './town.ts'
import type { SimDriver, SimRider } from './world.ts'

/** Bids in one list of who stands, and of who drives: well within 2,048 bytes at 18 a bid. */
const LISTED = 24
const LISTED_DRIVING = 16
/** Of each view so many of the cheapest free drivers answer a new rider; more would not be among his best twelve. */
const ANSWERS = 4
/** An answer waits a random part of this, as in the product. */
const ANSWER_WITHIN_MS = 400
/** A standing driver's bid holds until his list says otherwise; a driving one's for two of the longest epochs. */
const STANDING_MS = 600_000
const DRIVING_MS = 16_000

/** Bids tell the truth to the tenth of a second. */
const EXACT: Privacy = { driver: 'exact', rider: 'exact', stepS: 0 }

interface Device {
  readonly driver: SimDriver
  readonly name: string
  readonly view: number
  part: DriverPart
  refused: string[]
}

/** All drivers' devices: they bid, commit by their view's solution, and drive where the vault holds. */
export interface DriverDevices {
  /** A view heard a new rider: its free drivers' sealed bids. */
  hear(view: number, rider: SimRider, answer: (bid: EpochBid) => void): void
  isFree(driver: SimDriver): void
  /** Publishes where those who drive to a rider could be instead. */
  sayDriving(view: number, endMs: number): void
  take(driver: SimDriver, take: { epoch: number; request: string; moves: readonly Move[] }): void
  held(commit: Commit): void
  refused(commit: Commit, isForGood: boolean): void
}

/** The devices of a town's drivers. */
export function createDriverDevices(town: Town, riders: RiderSide): DriverDevices {
  const { world, network, books, handover, patienceDs, counts, credit } = town
  const { clock } = world
  const devices: Device[] = world.drivers.map(driver => {
    const name = driverName(driver)
    return { driver, name, view: network.viewOf(driver.id), part: idleDriver(name), refused: [] }
  })
  const byView = books.map((_, view) => devices.filter(device => device.view === view))
  const step = (device: Device, event: DriverEvent): Commit | null => {
    const next = driverStep(device.part, event, clock.nowMs, town.times())
    device.part = next.part
    return next.commit
  }
  const sight = createSight(world.city, world.scenario.protocol.privacy ?? EXACT, world.network)
  const claimDs = ({ driver }: Device, place: number, rider: SimRider): number => {
    const timeDs = world.timeDs(sight.driverAt(driver.id, place), sight.riderAt(rider.origin))
    return Math.round((sight.toldDs(timeDs) * driver.claim) / 1000)
  }
  const idleS = ({ driver }: Device): number =>
    driver.rider === -1 ? Math.floor((clock.nowMs - driver.sinceMs) / 1000) : 0
  const bidOf = (device: Device, request: string, etaDs: number): EpochBid => ({
    driver: device.name,
    request,
    etaDs,
    idleS: idleS(device),
    issuedAtMs: clock.nowMs,
    expiresAtMs: clock.nowMs + (device.driver.rider === -1 ? STANDING_MS : DRIVING_MS),
  })
  const bidsOf = (device: Device, requests: readonly string[]): EpochBid[] => {
    const place = world.placeOf(device.driver)
    return requests
      .filter(request => !device.refused.includes(request))
      .map(request => ({ request, etaDs: claimDs(device, place, riderOf(town, request)) }))
      .filter(({ etaDs }) => etaDs < patienceDs)
      .sort((a, b) => a.etaDs - b.etaDs || (a.request < b.request ? -1 : 1))
      .slice(0, device.driver.rider === -1 ? LISTED : LISTED_DRIVING)
      .map(({ request, etaDs }) => bidOf(device, request, etaDs))
  }
  const say = (device: Device, requests: readonly string[], isRefusal = false): void => {
    const bids = bidsOf(device, requests)
    if (bids.length === 0 && !isRefusal) return
    const { name: driver, view, refused } = device
    const list = { driver, shiftSinceMs: device.driver.fromMs, bids, refused, issuedAtMs: clock.nowMs }
    world.hash.note(clock.nowMs, EVENT.said, device.driver.id, bids.length)
    network.publish(view, to => books[to]!.list(list))
  }
  /** Who waits, and whose driver may still change. */
  const wanted = (view: number, endMs: number): string[] => {
    const book = books[view]!
    const open =
      handover === null ? [] : openRides({ number: 0, startMs: endMs, endMs }, book.rides(), handover)
    return [...book.waiting().map(({ id }) => id), ...open.map(({ request }) => request)]
  }
  const decline = (device: Device, request: string): void => {
    counts.declines++
    device.refused = [...device.refused, request]
    say(device, [], true)
  }

  return {
    hear: (view, rider, answer) => {
      const near = byView[view]!.filter(({ driver, part }) => world.isIdle(driver) && part.bound === null)
        .map(device => {
          const etaDs = claimDs(device, device.driver.node, rider)
          return { device, etaDs, costDs: etaDs - idleCreditDs(credit, idleS(device)) }
        })
        .filter(({ etaDs }) => etaDs < patienceDs)
        .sort((a, b) => a.costDs - b.costDs || a.device.driver.id - b.device.driver.id)
        .slice(0, ANSWERS)
      for (const { device, etaDs } of near)
        clock.at(clock.nowMs + world.network.below(ANSWER_WITHIN_MS), () => {
          if (!world.isIdle(device.driver)) return
          const bid = bidOf(device, riderName(rider), etaDs)
          network.send(view, network.viewOf(rider.id), () => answer(bid))
        })
    },
    isFree: driver => {
      const device = devices[driver.id]!
      if (device.part.ahead !== null) step(device, { type: 'freed', request: device.part.ahead.request })
      device.refused = []
      say(device, wanted(device.view, clock.nowMs))
    },
    sayDriving: (view, endMs) => {
      if (handover === null) return
      const requests = wanted(view, endMs)
      for (const device of byView[view]!) {
        const { part, driver } = device
        const rider = world.riders[driver.rider]
        if (part.ahead === null || driver.isRiding || rider === undefined) continue
        if (part.ahead.promiseMs - endMs < handover.freezeMs) continue
        say(
          device,
          requests.filter(request => request !== part.ahead?.request),
        )
      }
    },
    take: (driver, { epoch, request, moves }) => {
      const device = devices[driver.id]!
      if (driver.isRiding || (driver.rider === -1 && !world.isIdle(driver))) return
      if (device.refused.includes(request)) return
      const rider = riderOf(town, request)
      const etaDs = claimDs(device, world.placeOf(driver), rider)
      const before = device.part
      const commit = step(device, { type: 'take', epoch, request, etaDs, moves })
      if (commit === null) return
      if (!world.accepts()) {
        device.part = before
        decline(device, request)
        return
      }
      world.hash.note(clock.nowMs, EVENT.commit, driver.id, rider.id)
      network.send(device.view, network.viewOf(rider.id), () => riders.committed(commit))
      clock.at(commit.expiresAtMs + 1, () => {
        if (device.part.bound !== commit) return
        step(device, { type: 'tick' })
        counts.undone++
        // His bids are void where the rider's word was heard: he says that he is free.
        if (world.isIdle(driver)) say(device, wanted(device.view, clock.nowMs))
      })
    },
    held: commit => void step(devices[Number(commit.driver.slice(1))]!, { type: 'held', commit }),
    refused: (commit, isForGood) => {
      const device = devices[Number(commit.driver.slice(1))]!
      step(device, { type: 'refused', commit })
      counts.refusals++
      if (!isForGood) return
      device.refused = [...device.refused, commit.request]
      if (world.isIdle(device.driver)) say(device, wanted(device.view, clock.nowMs), true)
    },
  }
}
