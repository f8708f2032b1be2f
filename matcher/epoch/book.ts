import type { Epoch } from './clock.ts'
import type { EpochBid, EpochRequest, Heard } from './collect.ts'
import { type Commit, ownMove } from './commit.ts'

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
  /** Riders who wait and drivers who bid, for the length of epochs. */
  counts(): { readonly waitingRiders: number; readonly idleDrivers: number }
}

interface Ride extends OpenRide {
  readonly atMs: number
}

/** How long before an epoch's end a taken request is remembered after its promise. */
const REMEMBER_MS = 600_000

/** An empty book. */
export function createEpochBook(): EpochBook {
  const calls = new Map<string, Call>()
  const lists = new Map<string, BidList>()
  /** By request, then by driver: the last bid. */
  const bids = new Map<string, Map<string, EpochBid>>()
  const rides = new Map<string, Ride>()
  const takenAt = new Map<string, number>()
  const isOver = new Map<string, number>()

  const keep = (bid: EpochBid): void => {
    let row = bids.get(bid.request)
    if (row === undefined) bids.set(bid.request, (row = new Map()))
    const had = row.get(bid.driver)
    if (had === undefined || isLater(bid, had)) row.set(bid.driver, bid)
  }
  const waits = ({ request: { id, issuedAtMs } }: Call): boolean => {
    const ride = rides.get(id)
    return !isOver.has(id) && (ride === undefined || issuedAtMs > ride.atMs)
  }
  /** A driver's bids from before his last ride was given to him are void. */
  const isLive = ({ driver, issuedAtMs }: EpochBid): boolean => issuedAtMs > (takenAt.get(driver) ?? -1)
  const forget = (beforeMs: number): void => {
    for (const [id, { request }] of calls) {
      if (request.expiresAtMs > beforeMs || rides.has(id)) continue
      calls.delete(id)
      bids.delete(id)
    }
    for (const [id, { promiseMs, driver }] of rides) {
      if (promiseMs + REMEMBER_MS > beforeMs) continue
      rides.delete(id)
      calls.delete(id)
      bids.delete(id)
      if (takenAt.get(driver)! + REMEMBER_MS < beforeMs) takenAt.delete(driver)
    }
    for (const [id, atMs] of isOver) if (atMs + REMEMBER_MS < beforeMs) isOver.delete(id)
    for (const row of bids.values())
      for (const [driver, bid] of row) if (bid.expiresAtMs <= beforeMs || !isLive(bid)) row.delete(driver)
  }
  let nowMs = 0

  return {
    call: call => {
      const had = calls.get(call.request.id)
      if (had !== undefined && had.request.issuedAtMs > call.request.issuedAtMs) return
      calls.set(call.request.id, call)
      for (const bid of call.bids) if (bid.request === call.request.id) keep(bid)
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
    },
    over: request => {
      isOver.set(request, nowMs)
      rides.delete(request)
      calls.delete(request)
      bids.delete(request)
    },
    heard: (epoch, withRides = []) => {
      const given = new Set(withRides.map(({ request }) => request))
      nowMs = epoch.endMs
      forget(epoch.endMs)
      const refused: { driver: string; request: string }[] = []
      const requests: EpochRequest[] = []
      const live: EpochBid[] = []
      for (const call of calls.values()) {
        const { id } = call.request
        if (!given.has(id) && !waits(call)) continue
        requests.push(call.request)
        for (const driver of call.refused) refused.push({ driver, request: id })
        for (const bid of bids.get(id)?.values() ?? [])
          if (isLive(bid)) live.push({ ...bid, idleS: boundIdleS(bid, lists.get(bid.driver), takenAt) })
      }
      for (const { driver, refused: requests } of lists.values())
        for (const request of requests) refused.push({ driver, request })
      return { requests, bids: live, refused }
    },
    rides: () => [...rides.values()].filter(({ request }) => !isOver.has(request)),
    counts: () => {
      const idle = new Set<string>()
      let waitingRiders = 0
      for (const call of calls.values()) {
        if (!waits(call)) continue
        waitingRiders++
        for (const bid of bids.get(call.request.id)?.values() ?? []) if (isLive(bid)) idle.add(bid.driver)
      }
      return { waitingRiders, idleDrivers: idle.size }
    },
  }
}

/** How long a driver has waited at most: no longer than his shift, nor than since his last ride was given to him. */
function boundIdleS(
  { driver, idleS, issuedAtMs }: EpochBid,
  list: BidList | undefined,
  takenAt: ReadonlyMap<string, number>,
): number {
  const sinceMs = Math.max(takenAt.get(driver) ?? 0, list?.shiftSinceMs ?? 0)
  return Math.min(idleS, Math.max(0, Math.floor((issuedAtMs - sinceMs) / 1000)))
}

/** Which of two words on one thing holds: as `collectEpoch` has it, so that the order of hearing decides nothing. */
function isLater(bid: EpochBid, than: EpochBid): boolean {
  if (bid.issuedAtMs !== than.issuedAtMs) return bid.issuedAtMs > than.issuedAtMs
  return bid.etaDs !== than.etaDs ? bid.etaDs > than.etaDs : bid.idleS > than.idleS
}
