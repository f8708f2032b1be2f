import type { Accept, BidList, Call } from '@hexhail/matcher/epoch/book.ts'
import type { EpochBid } from '@hexhail/matcher/epoch/collect.ts'
import { type Bid, isBid, unpackBid, unpackListed } from '@hexhail/protocol/bid.ts'
import { unpackMoves } from '@hexhail/protocol/commit.ts'
import { isSigned, type SignedCommit } from '@hexhail/protocol/double-commit.ts'
import type { BIDS, CALL, CONFIRM } from '@hexhail/protocol/epoch-messages.ts'
import type { ValueOf } from '@hexhail/protocol/fields.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import type { PrivateMessage } from '@hexhail/protocol/messages.ts'
import { peerName } from '@hexhail/protocol/peer-name.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** A word's author, and when he signed it. */
export interface Author {
  readonly key: Uint8Array
  readonly issuedAtMs: number
}

/** No bid stands longer than this: a car that moved is elsewhere. Seconds. */
const LONGEST_S = 600

/** A call as the book takes it, with those of its bids that are their drivers' own. */
export async function readCall(body: ValueOf<typeof CALL>, { key, issuedAtMs }: Author): Promise<Call> {
  const id = peerName(key)
  const { patienceDs, opensAtMs, untilMs } = body
  const read = body.bids.map(async raw => {
    const bid = unpackBid(raw)
    const isGood = bid !== null && bid.holdS <= LONGEST_S && (await isBid(id, bid))
    return isGood ? [epochBid(peerName(bid.driver), id, bid)] : []
  })
  return {
    request: { id, patienceDs, issuedAtMs, opensAtMs, expiresAtMs: untilMs },
    bids: (await Promise.all(read)).flat(),
    refused: body.refused.map(peerName),
  }
}

/** A driver's list as the book takes it; whose permit it is must be known. */
export function readList(body: ValueOf<typeof BIDS>, { key, issuedAtMs }: Author): BidList {
  const driver = peerName(key)
  const { shiftSinceMs, refused } = body
  const holdS = Math.min(LONGEST_S, body.holdS)
  const bids = body.bids.flatMap(raw => {
    const bid = unpackListed(raw)
    return bid === null ? [] : [epochBid(driver, bid.rider, { ...bid, rivals: 0, issuedAtMs, holdS })]
  })
  return { driver, shiftSinceMs, bids, refused: refused.map(peerName), issuedAtMs }
}

const epochBid = (driver: string, request: string, { holdS, ...bid }: Bid): EpochBid => ({
  ...{ driver, request, etaDs: bid.etaDs, idleS: bid.idleS, issuedAtMs: bid.issuedAtMs },
  expiresAtMs: bid.issuedAtMs + 1000 * holdS,
})

/** The commit in a rider's countersignature, and the book's word for it; null where it is not the driver's own. */
export async function readConfirm(
  { driver: driverKey, moves, signature, epoch, promiseMs, expiresAtMs }: ValueOf<typeof CONFIRM>,
  { key, issuedAtMs }: Author,
): Promise<{ readonly accept: Accept; readonly signed: SignedCommit } | null> {
  const names = { driver: peerName(driverKey), request: peerName(key) }
  const commit = { epoch, ...names, promiseMs, expiresAtMs, moves: unpackMoves(moves) }
  const signed = { commit, key: driverKey, signature }
  return (await isSigned(signed)) ? { accept: { commit, issuedAtMs }, signed } : null
}

/** Whether a bid or a commit in a conversation is signed so that it can be shown to others; all else is. Never throws. */
export async function canBeShown(message: PrivateMessage, driverKey: Hex, rider: string): Promise<boolean> {
  const key = fromHex(driverKey)
  if (message.name === 'bid') return isBid(rider, { ...message.body, driver: key })
  if (message.name !== 'commit') return true
  const { moves, signature, ...figures } = message.body
  const commit = { ...figures, driver: peerName(key), request: rider, moves: unpackMoves(moves) }
  return isSigned({ commit, key, signature })
}

/** Whether a rider who has his ride handed over shows the other driver's own commit to it; all else stands. Never throws. */
export async function yieldStands(message: PrivateMessage, riderKey: Hex): Promise<boolean> {
  if (message.name !== 'yield') return true
  const { key, epoch, promiseMs, expiresAtMs, moves, commit: signature } = message.body
  const names = { driver: peerName(key), request: peerName(fromHex(riderKey)) }
  const commit = { epoch, ...names, promiseMs, expiresAtMs, moves: unpackMoves(moves) }
  return isSigned({ commit, key, signature })
}
