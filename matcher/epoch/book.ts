import { type Commit, ownMove } from '@hexhail/protocol/commit.ts'
import type { Epoch } from './clock.ts'
import type { EpochBid, EpochRequest, Heard } from './collect.ts'

/** A rider's published word: what he wants, which bids were sealed to him, and whom he takes out. The last one holds. */
export interface Call {
  readonly request: EpochRequest
  readonly bids: readonly EpochBid[]
  /** Drivers. */
  readonly refused: readonly string[]
}

/** A driver's published word when he becomes free, or while he may still hand over: on riders who wait. The last one holds. */
export interface BidList {
  readonly driver: string
  /** The start of his delegation: he cannot have waited longer. */
  readonly shiftSinceMs: number
  readonly bids: readonly EpochBid[]
  /** Requests. */
  readonly refused: readonly string[]
  readonly issuedAtMs: number
}

/** A rider's published countersignature: rider and driver leave the market with it. */
export interface Accept {
  readonly commit: Commit
  readonly issuedAtMs: number
}

/** A ride that is given and has not begun, as far as was heard. */
export interface OpenRide {
  readonly request: string
  readonly driver: string
  readonly promiseMs: number
  readonly swaps: number
}

/** What one peer has heard of its area. Signatures are checked before; whatever order words come in, the same stands here. */
export interface EpochBook {
  call(call: Call): void
  list(list: BidList): void
  accept(accept: Accept): void
  /** A rider withdrew, or rides. */
  over(request: string): void
  /** All that is open at the end of an epoch, with what was said of these rides too; forgets what has expired. */
  heard(epoch: Epoch, rides?: readonly OpenRide[]): Heard
  /** Rides that are given and have not begun. */
  rides(): readonly OpenRide[]
  /** Requests that wait, for whoever becomes free. */
  waiting(): EpochRequest[]
  /** Riders who wait and drivers who bid for them. */
  counts(): { readonly waitingRiders: number; readonly idleDrivers: number }
  /** Mean time to the pickup that drivers promised in the last minutes, for the length of epochs; 0: none promised. */
  pickupDs(): number
}

interface Ride extends OpenRide {
  readonly atMs: number
}

/** How long what is given or over is remembered after its time, against words that arrive late. */
const REMEMBER_MS = 600_000
/** A driver's last list and last ride are remembered for a shift's length. */
const DAY_MS = 86_400_000
/** What was promised before tells nothing of now. */
const LATELY_MS = 300_000
/** How often what has expired is looked for. */
const SWEEP_MS = 30_000

/** An empty book. */
export function createEpochBook(): EpochBook {
  const calls = new Map<string, Call>()
  const lists = new Map<string, BidList>()
  /** By request, then by driver: the last bid. */
  const bids = new Map<string, Map<string, EpochBid>>()
  const rides = new Map<string, Ride>()
  const takenAt = new Map<string, number>()
  const isOver = new Map<string, number>()
  /** Requests that wait: called, not over, and given to nobody since. */
  const waiting = new Set<string>()
  let nowMs = 0
  let sweptMs = 0

  const keep = (bid: EpochBid): void => {
    let row = bids.get(bid.request)
    if (row === undefined) {
      row = new Map()
      bids.set(bid.request, row)
    }
    const had = row.get(bid.driver)
    if (had === undefined || isLater(bid, had)) row.set(bid.driver, bid)
  }
  const sort = (id: string): void => {
    const call = calls.get(id)
    const ride = rides.get(id)
    const waits =
      call !== undefined && !isOver.has(id) && (ride === undefined || call.request.issuedAtMs > ride.atMs)
    // Who calls again without the driver whom he took has no ride any more; else he has it, and may be given a better one.
    if (waits && ride !== undefined && call.refused.includes(ride.driver)) rides.delete(id)
    if (waits) waiting.add(id)
    else waiting.delete(id)
  }
  /** A driver's bids from before his last ride was given to him are void. */
  const isLive = ({ driver, issuedAtMs, expiresAtMs }: EpochBid): boolean =>
    issuedAtMs > (takenAt.get(driver) ?? -1) && expiresAtMs > nowMs
  /** How long a driver has waited: no longer than his shift, nor than since his last ride was given to him. */
  const bounded = (bid: EpochBid): EpochBid => {
    if (bid.idleS === 0) return bid
    const sinceMs = Math.max(takenAt.get(bid.driver) ?? 0, lists.get(bid.driver)?.shiftSinceMs ?? 0)
    const mostS = Math.max(0, Math.floor((bid.issuedAtMs - sinceMs) / 1000))
    return bid.idleS <= mostS ? bid : { ...bid, idleS: mostS }
  }
  const drop = (id: string): void => {
    calls.delete(id)
    bids.delete(id)
    rides.delete(id)
    waiting.delete(id)
  }
  const sweep = (): void => {
    sweptMs = nowMs
    for (const [id, { promiseMs }] of rides) {
      if (promiseMs < nowMs) bids.delete(id)
      if (promiseMs + REMEMBER_MS < nowMs) drop(id)
    }
    for (const [id, { request }] of calls) if (request.expiresAtMs <= nowMs && !rides.has(id)) drop(id)
    for (const [id, atMs] of isOver) if (atMs + REMEMBER_MS < nowMs) isOver.delete(id)
    for (const [id, row] of bids) {
      for (const [driver, bid] of row) if (!isLive(bid)) row.delete(driver)
      if (row.size === 0) bids.delete(id)
    }
    for (const [driver, { issuedAtMs }] of lists) if (issuedAtMs + DAY_MS < nowMs) lists.delete(driver)
    for (const [driver, atMs] of takenAt) if (atMs + DAY_MS < nowMs) takenAt.delete(driver)
  }

  return {
    call: call => {
      const { id, issuedAtMs } = call.request
      const had = calls.get(id)
      if (had !== undefined && had.request.issuedAtMs > issuedAtMs) return
      calls.set(id, call)
      for (const bid of call.bids) if (bid.request === id) keep(bid)
      sort(id)
    },
    list: list => {
      const had = lists.get(list.driver)
      if (had !== undefined && had.issuedAtMs > list.issuedAtMs) return
      lists.set(list.driver, list)
      for (const bid of list.bids) if (bid.driver === list.driver) keep(bid)
    },
    accept: ({ commit, issuedAtMs }) => {
      const { request, driver, promiseMs } = commit
      const had = rides.get(request)
      takenAt.set(driver, Math.max(issuedAtMs, takenAt.get(driver) ?? 0))
      if (had !== undefined && had.atMs >= issuedAtMs) return
      const isSwap = (ownMove(commit)?.from ?? null) !== null
      const swaps = isSwap ? (had?.swaps ?? 0) + 1 : 0
      rides.set(request, { request, driver, promiseMs, swaps, atMs: issuedAtMs })
      sort(request)
    },
    over: request => {
      drop(request)
      isOver.set(request, nowMs)
    },
    heard: (epoch, withRides = []) => {
      nowMs = epoch.endMs
      if (nowMs - sweptMs >= SWEEP_MS) sweep()
      const refused: { driver: string; request: string }[] = []
      const requests: EpochRequest[] = []
      const live: EpochBid[] = []
      const here = new Set([...waiting, ...withRides.map(({ request }) => request)])
      for (const id of here) {
        const call = calls.get(id)
        if (call === undefined) continue
        requests.push(call.request)
        for (const driver of call.refused) refused.push({ driver, request: id })
        for (const bid of bids.get(id)?.values() ?? []) if (isLive(bid)) live.push(bounded(bid))
      }
      for (const { driver, refused: requests } of lists.values())
        for (const request of requests) if (here.has(request)) refused.push({ driver, request })
      return { requests, bids: live, refused }
    },
    rides: () => [...rides.values()],
    waiting: () => [...waiting].map(id => calls.get(id)!.request).filter(r => r.expiresAtMs > nowMs),
    counts: () => {
      const idle = new Set<string>()
      let waitingRiders = 0
      for (const id of waiting) {
        if (calls.get(id)!.request.expiresAtMs <= nowMs) continue
        waitingRiders++
        for (const bid of bids.get(id)?.values() ?? []) if (isLive(bid)) idle.add(bid.driver)
      }
      return { waitingRiders, idleDrivers: idle.size }
    },
    pickupDs: () => {
      const lately = [...rides.values()].filter(({ atMs }) => atMs > nowMs - LATELY_MS)
      const sumMs = lately.reduce((sum, { promiseMs, atMs }) => sum + promiseMs - atMs, 0)
      return lately.length === 0 ? 0 : Math.round(sumMs / 100 / lately.length)
    },
  }
}

/** Which of two words on one thing holds: as `collectEpoch` has it, so that the order of hearing decides nothing. */
function isLater(bid: EpochBid, than: EpochBid): boolean {
  if (bid.issuedAtMs !== than.issuedAtMs) return bid.issuedAtMs > than.issuedAtMs
  return bid.etaDs !== than.etaDs ? bid.etaDs > than.etaDs : bid.idleS > than.idleS
}
