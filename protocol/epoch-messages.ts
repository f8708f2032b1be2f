/**
 * What riders and drivers of a busy area say to each other so that all of them can work out who takes whom. The first five
 * travel by gossip in the area's own topic and name its res-5 cell, the others in the conversation of an offer. None of
 * them has a place in it but the rider's res-7 cell, which his request tells as well.
 */
import { MOST_MOVES } from './commit.ts'
import { address, bytes, cell, list, message, text, u8, u16, u32, u64 } from './fields.ts'

/** Bytes of a bid in a call: `packBid`. */
export const BID_BYTES = 143
/** Bids that a call carries, at most. */
export const MOST_CALLED = 12
/** Bids in one list. */
export const MOST_LISTED = 24
/** Peers that one word takes out. */
export const MOST_REFUSED = 8
/** Bytes of a bid in its driver's own list: the rider's name, tenths of a second, seconds idle. */
export const LISTED_BYTES = 20

/** What a call has in common with the request that it says again: drivers who became free since may answer it. */
const wanted = {
  requestId: bytes(16),
  cell, // res-7 cell of the pickup
  tariff: u32,
  distanceKm: u8,
  minutes: u8,
  heading: u8,
  seats: u8,
  needs: u8,
  sealKey: bytes(32),
  replyTo: list(text(192), 3),
} as const

export const CALL = message(3, 'call', {
  area: cell, // res-5
  ...wanted,
  patienceDs: u16, // longest pickup, tenths of a second
  opensAtMs: u64, // matched from then on
  untilMs: u64, // waits until then
  refused: list(bytes(16), MOST_REFUSED), // names of drivers
  bids: list(bytes(BID_BYTES), MOST_CALLED),
})
/** A driver's bids on riders who wait, when he becomes free; signed by the envelope. */
export const BIDS = message(4, 'bids', {
  area: cell,
  account: address,
  sessionUntilMs: u64,
  delegation: bytes(65), // as in an offer
  shiftSinceMs: u64,
  holdS: u16, // how long they stand
  refused: list(bytes(16), MOST_REFUSED), // names of riders
  bids: list(bytes(LISTED_BYTES), MOST_LISTED),
})
const committed = {
  epoch: u64, // end of the epoch, in units of the shortest one since 1970
  promiseMs: u64,
  expiresAtMs: u64,
  moves: list(bytes(48), MOST_MOVES), // names: request, from (zeros: nobody), to
  signature: bytes(64), // of commitBytes, by the driver's session key
} as const
/** A rider's countersignature: who signs the envelope takes this driver. */
export const CONFIRM = message(5, 'confirm', { area: cell, driver: bytes(64), ...committed })
/** A rider does not wait any more. */
export const OVER = message(6, 'over', { area: cell })

/** Riders whom a hint may speak of: what an envelope has room for at the worst. */
export const MOST_HINTED = 150
/**
 * What anybody says is the solution of an epoch, with prices that prove it (matcher/epoch/check-hint.ts). It speaks of
 * places in the problem that each peer makes of what it heard itself, so it names nobody.
 */
export const HINT = message(7, 'hint', {
  area: cell,
  epoch: u64, // its end, in units of the shortest one since 1970
  drivers: u16,
  driverOf: list(u16, MOST_HINTED), // by rider; 65535 = nobody
  priced: list(u16, MOST_HINTED), // drivers who have a price, ascending
  prices: list(u64, MOST_HINTED),
})

/** A driver's bid for one rider, who may publish it in his call; who bids and for whom is the conversation's own. */
export const BID = message(39, 'bid', {
  etaDs: u16, // to the res-9 cell that the rider told, tenths of a second
  idleS: u16,
  rivals: u8, // other riders who have his bid
  issuedAtMs: u64,
  holdS: u16,
  signature: bytes(64), // of bidBytes
})
/** A driver takes the ride that an epoch gave him. */
export const COMMIT = message(40, 'commit', committed)
