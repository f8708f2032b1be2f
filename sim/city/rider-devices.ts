import { idleCreditDs } from '@hexhail/matcher/assign/idle-credit.ts'
import type { Accept } from '@hexhail/matcher/epoch/book.ts'
import { epochAt } from '@hexhail/matcher/epoch/clock.ts'
import type { EpochBid } from '@hexhail/matcher/epoch/collect.ts'
import { marketOf } from '@hexhail/matcher/epoch/market.ts'
import type { Commit } from '@hexhail/protocol/commit.ts'
import {
  type RiderPart,
  type RiderRule,
  riderAccepts,
  riderHeld,
  riderRefuses,
  waitingRider,
} from '@hexhail/protocol/rider-part.ts'
import type { DriverDevices } from './driver-devices.ts'
import { driverOf, riderName, riderOf, type Town } from './town.ts'
import type { SimRider } from './world.ts'

/** Bids in one call, within 2,048 bytes: 150 a bid with key and signature. */
const CALLED = 12
/** Answers wait a random part of 0.4 s before they set out. */
const ANSWER_WITHIN_MS = 400
/** The shortest epoch: what direct offers are numbered by. */
const SHORTEST_MS = 2_000

interface Device {
  readonly rider: SimRider
  readonly view: number
  part: RiderPart
  readonly bids: Map<string, EpochBid>
  /** Who committed already, so that nobody is taken for silent. */
  readonly heard: Set<string>
  /** His last published countersignature: what he answers whoever missed it. */
  said: Accept | null
}

/** All riders' devices: they ask, gather sealed bids, countersign one commit, and tell when a driver is silent. */
export interface RiderDevices {
  asks(rider: SimRider): void
  isGone(rider: SimRider): void
  committed(commit: Commit): void
  held(commit: Commit): void
  /** The rider's own solution gives him a driver, whose commit should come. */
  expect(rider: SimRider, driver: string): void
}

/** What riders' devices reach beyond themselves. */
export interface RiderPorts {
  drivers(): DriverDevices
  /** Brings a countersigned commit to who has it held. */
  hold(commit: Commit): void
  idleDrivers(): number
}

/** The devices of a town's riders. */
export function createRiderDevices(town: Town, ports: RiderPorts): RiderDevices {
  const { world, network, books, patienceDs, handover } = town
  const { clock } = world
  const devices = new Map<number, Device>()
  const rule: RiderRule = {
    patienceDs: patienceDs + Math.ceil(town.times().slackMs / 100) + 50,
    mostSwaps: handover?.mostSwaps ?? 0,
    laterMs: 100 * (handover?.laterDs ?? 0) + town.times().slackMs,
    freezeMs: Math.max(0, (handover?.freezeMs ?? 0) - 10_000),
  }
  const waits = ({ rider, part }: Device): boolean =>
    rider.stage === 'waits' && part.held === null && part.bound === null

  const call = (device: Device, opensAtMs: number, reach: (view: number) => void = () => {}): void => {
    const { rider, part, bids, view } = device
    const refused = new Set(part.refused)
    const best = [...bids.values()]
      .filter(bid => !refused.has(bid.driver))
      .sort((a, b) => a.etaDs - b.etaDs || (a.driver < b.driver ? -1 : 1))
      .slice(0, CALLED)
    const expiresAtMs = rider.bornMs + 1000 * world.scenario.behaviour.waitS
    const request = { id: riderName(rider), patienceDs, issuedAtMs: clock.nowMs, opensAtMs, expiresAtMs }
    const words = { request, bids: best, refused: part.refused }
    network.publish(view, to => {
      books[to]!.call(words)
      reach(to)
    })
  }
  /** Asks the cheapest alone, where hardly anybody else could want him. */
  const askNearest = (device: Device): boolean => {
    const { waitingRiders } = books[device.view]!.counts()
    const here = {
      waitingRiders,
      idleDrivers: ports.idleDrivers(),
      clockOffMs: 0,
      guardMs: network.guardMs(),
    }
    const costDs = ({ etaDs, idleS }: EpochBid): number => etaDs - idleCreditDs(town.credit, idleS)
    const nearest = [...device.bids.values()].sort(
      (a, b) => costDs(a) - costDs(b) || (a.driver < b.driver ? -1 : 1),
    )[0]
    if (nearest === undefined || marketOf(here) !== 'direct') return false
    const request = riderName(device.rider)
    const driver = driverOf(town, nearest.driver)
    network.send(device.view, network.viewOf(driver.id), () => {
      const { number } = epochAt(clock.nowMs, SHORTEST_MS)
      ports
        .drivers()
        .take(driver, { epoch: number, request, moves: [{ request, from: null, to: nearest.driver }] })
    })
    expect(device.rider, nearest.driver)
    return true
  }
  const expect = (rider: SimRider, driver: string): void => {
    const device = devices.get(rider.id)!
    if (!waits(device)) return
    clock.at(clock.nowMs + network.guardMs() + 1_000, () => {
      if (!waits(device) || device.heard.has(driver) || device.part.refused.includes(driver)) return
      device.part = riderRefuses(device.part, driver)
      call(device, clock.nowMs)
    })
  }

  return {
    asks: rider => {
      const part = waitingRider(riderName(rider))
      const device: Device = {
        rider,
        view: network.viewOf(rider.id),
        part,
        bids: new Map(),
        heard: new Set(),
        said: null,
      }
      devices.set(rider.id, device)
      const opensAtMs = clock.nowMs + ANSWER_WITHIN_MS + Math.ceil(4 * network.medianMs())
      call(device, opensAtMs, view => {
        if (rider.stage === 'waits')
          ports.drivers().hear(view, rider, bid => void device.bids.set(bid.driver, bid))
      })
      clock.at(opensAtMs, () => {
        if (device.bids.size > 0 && waits(device) && !askNearest(device)) call(device, clock.nowMs)
      })
    },
    isGone: rider => {
      const device = devices.get(rider.id)!
      devices.delete(rider.id)
      if (clock.nowMs >= rider.bornMs + 1000 * world.scenario.behaviour.waitS) return
      network.publish(device.view, to => books[to]!.over(riderName(rider)))
    },
    committed: commit => {
      const rider = riderOf(town, commit.request)
      const device = devices.get(rider.id)
      const back = (isForGood: boolean): void => {
        const to = network.viewOf(driverOf(town, commit.driver).id)
        network.send(network.viewOf(rider.id), to, () => {
          const said = device?.said ?? null
          if (said !== null) books[to]!.accept(said)
          ports.drivers().refused(commit, isForGood)
        })
      }
      if (device === undefined || rider.stage === 'rides') return back(false)
      device.heard.add(commit.driver)
      const verdict = riderAccepts(device.part, commit, clock.nowMs, rule)
      if (verdict.verdict !== 'accept')
        return back(!['bound', 'expired', 'not-my-driver'].includes(verdict.code))
      device.part = verdict.value
      if (commit.moves.length === 1) {
        const words = { commit, issuedAtMs: clock.nowMs }
        device.said = words
        network.publish(device.view, to => books[to]!.accept(words))
      }
      ports.hold(commit)
      clock.at(commit.expiresAtMs + 1, () => {
        if (device.part.bound !== commit) return
        device.part = { ...device.part, bound: null }
        if (rider.stage !== 'waits') return
        device.part = riderRefuses(device.part, commit.driver)
        call(device, clock.nowMs)
      })
    },
    held: commit => {
      const device = devices.get(riderOf(town, commit.request).id)
      if (device === undefined) return
      device.part = riderHeld(device.part, commit)
      if (commit.moves.length > 1) device.said = { commit, issuedAtMs: clock.nowMs }
    },
    expect,
  }
}
