import { BID_BYTES, LISTED_BYTES } from './epoch-messages.ts'
import { bytes, message, u8, u16, u64 } from './fields.ts'
import { concat } from './hex.ts'
import { nameBytes, peerName } from './peer-name.ts'
import { verifySession } from './session-key.ts'

/** A driver's word on how soon he would be with a rider. */
export interface Bid {
  readonly etaDs: number
  readonly idleS: number
  /** Other riders who had his bid by then. */
  readonly rivals: number
  readonly issuedAtMs: number
  /** How long it stands. */
  readonly holdS: number
}

/** A bid with whose it is: the session key x‖y, and its signature of `bidBytes`. */
export interface SignedBid extends Bid {
  readonly driver: Uint8Array
  readonly signature: Uint8Array
}

const FIGURES = { etaDs: u16, idleS: u16, rivals: u8, issuedAtMs: u64, holdS: u16 }
const WORDS = message(0, 'bid words', { rider: bytes(16), ...FIGURES })
const PACKED = message(0, 'packed bid', { driver: bytes(64), ...FIGURES, signature: bytes(64) })
const LISTED = message(0, 'listed bid', { rider: bytes(16), etaDs: u16, idleS: u16 })
const UNDER = new TextEncoder().encode('hexhail bid\n')

/** What the driver signs of a bid for the rider of this name. */
export const bidBytes = (rider: string, bid: Bid): Uint8Array =>
  concat(UNDER, WORDS.encode({ rider: nameBytes(rider), ...bid }))

/** Whether a bid is its driver's own, for this rider. Never throws. */
export const isBid = (rider: string, { driver, signature, ...bid }: SignedBid): Promise<boolean> =>
  verifySession(driver, bidBytes(rider, bid), signature)

/** A bid as it stands in a call. */
export const packBid = (bid: SignedBid): Uint8Array => PACKED.encode(bid)

/** The bid in a call; null where it is none. */
export function unpackBid(raw: Uint8Array): SignedBid | null {
  const bid = raw.length === BID_BYTES ? PACKED.decode(raw) : null
  return bid?.verdict === 'accept' ? bid.value : null
}

/** A bid as it stands in its driver's list. */
export const packListed = (rider: string, etaDs: number, idleS: number): Uint8Array =>
  LISTED.encode({ rider: nameBytes(rider), etaDs, idleS })

/** The bid in a list; null where it is none. */
export function unpackListed(
  raw: Uint8Array,
): { readonly rider: string; readonly etaDs: number; readonly idleS: number } | null {
  const bid = raw.length === LISTED_BYTES ? LISTED.decode(raw) : null
  return bid?.verdict === 'accept' ? { ...bid.value, rider: peerName(bid.value.rider) } : null
}
