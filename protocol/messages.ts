/**
 * Every message of the protocol as one table: field name to wire type, in wire order. The table gives the encoder,
 * the decoder, the Merkle root and the TypeScript type. Gossip kinds are < 10, private kinds >= 10; what is kept and
 * sealed, not sent as a message, has kinds from 64 on (record-table.ts).
 */
import { MOST_MOVES } from './commit.ts'
import { BID, BIDS, CALL, COMMIT, CONFIRM, HINT, OVER } from './epoch-messages.ts'
import {
  address,
  blob,
  bytes,
  cell,
  i32,
  list,
  message,
  money,
  text,
  u8,
  u16,
  u32,
  u64,
  type ValueOf,
} from './fields.ts'
import { SEGMENT_BYTES } from './trace.ts'

/** A place in units of 1e-7 degree: the only way an exact place is written, and only inside sealed messages. */
const place = { lngE7: i32, latE7: i32 } as const

export const REQUEST = message(1, 'request', {
  requestId: bytes(16),
  cell, // res-7 cell of the pickup
  tariff: u32,
  distanceKm: u8, // trip length rounded up
  minutes: u8, // trip time rounded up
  heading: u8, // 0..7, compass octant of the destination
  seats: u8,
  needs: u8, // bit 0 wheelchair, 1 child seat, 2 pet, 3 luggage, 4 may share the car
  pickupAtMs: u64, // 0 = now
  sealKey: bytes(32), // X25519, for offers
  replyTo: list(text(192), 3), // circuit multiaddrs of the rider
})
export const MEET = message(2, 'meet', { tag: bytes(16), sealed: blob(1024) })

/** What an operator says of vehicles and trips now: a GTFS-Realtime `FeedEntity` each (transit/realtime). */
export const FEED = message(9, 'feed', {
  cell, // res-5, of the topic: where the vehicles are
  account: address, // operator's wallet, which has the agency's transit permit
  sessionUntilMs: u64, // end of the delegation
  delegation: bytes(65), // wallet's signature over Delegation(session key, role, expiry, scope)
  entities: list(blob(1024), 16),
})

export const HELLO = message(10, 'hello', { lastSeq: u32, sealKey: bytes(32), replyTo: list(text(192), 3) })
export const OFFER = message(11, 'offer', {
  requestId: bytes(16),
  account: address, // driver's wallet
  sessionUntilMs: u64, // end of the delegation
  delegation: bytes(65), // wallet's signature over Delegation(session key, role, expiry, scope)
  etaS: u16, // multiple of 120
  bp: u16, // price as basis points of the tariff
  seats: u8,
  needs: u8, // what the car can do, same bits as the request
  car: text(48), // make, model, colour; never the plate
  permit: bytes(32), // hash of the driver's permit credential; zeros = none shown
  vehicle: bytes(32), // hash of the vehicle credential; zeros = none shown
  vehicleClass: u8, // place of the class in the tariff's document
  propulsion: u8, // PROPULSIONS
  document: bytes(32), // sha256 of the tariff's document that the driver reckons by; zeros = by the chain's numbers
  expiresAtMs: u64,
  replyTo: list(text(192), 3),
})
export const REFINE = message(12, 'refine', { cell, metres: u32, secs: u32 }) // res-9 cell
export const QUOTE = message(13, 'quote', { etaS: u16, bp: u16, expiresAtMs: u64 })
/** Terms in a message. */
const terms = {
  rider: address,
  driver: address,
  session: address,
  fare: money,
  hold: money,
  lane: u32,
  seq: u64,
  tariff: u32,
  metres: u32,
  secs: u32,
  bp: u16,
  acceptBy: u64,
  cancelFee: money,
  noShowFee: money,
  freeUntil: u64,
  lateAt: u64,
  pickupBy: u64,
  expiry: u64,
  arbiter: address,
  boarding: bytes(32),
  record: bytes(32),
} as const
export const SELECT = message(14, 'select', {
  ...terms,
  document: bytes(32), // what both reckon by; zeros = the chain's numbers
  concession: u8, // place in the document of what reduces the fare, to be shown next; 255 = none
  signature: bytes(65),
})
export const DECLINE = message(15, 'decline', { reason: u8 })
export const HELD = message(16, 'held', { txHash: bytes(32) })
export const PICKUP = message(17, 'pickup', {
  ...place,
  destLngE7: i32,
  destLatE7: i32,
  pickupName: text(80),
  destName: text(80),
  rider: text(32),
  salt: bytes(32), // of the trip record
})
export const CAR = message(18, 'car', {
  driver: text(32),
  car: text(48),
  plate: text(16),
  shift: bytes(16), // of the trip record; zeros = not numbered yet
  shiftSeq: u32,
})
export const POSITION = message(19, 'position', { ...place, headingDeg: u16, etaS: u16, atMs: u64 })
export const ARRIVED = message(20, 'arrived', { atMs: u64 })
export const PIN = message(21, 'pin', { digits: text(4) })
export const PIN_WRONG = message(22, 'pinWrong', { triesLeft: u8 })
export const START = message(23, 'start', { secret: bytes(32), atMs: u64 })
export const RECEIPT = message(24, 'receipt', {
  index: u32,
  fare: money,
  wait: money,
  toll: money,
  tip: money,
  metres: u32,
  secs: u32,
  waitSecs: u32,
  record: bytes(32),
  // What the record has of the rider's word alone: times in unix ms, 0 = not yet.
  requestedAtMs: u64,
  acceptedAtMs: u64,
  arrivedAtMs: u64,
  startedAtMs: u64,
  finishedAtMs: u64,
  segments: u16, // of the trace
  placed: u8, // 1 = with the place in the shift
  signature: bytes(128),
})
/** The next segment of the trace, its number, and the session key's signature over the head of the chain after it. */
const way = { segment: u16, trace: blob(SEGMENT_BYTES), headSignature: bytes(64) } as const
export const PROGRESS = message(25, 'progress', {
  metres: u32,
  secs: u32,
  waitSecs: u32,
  toll: money,
  moving: u8,
  ...way,
})
export const STOP = message(26, 'stop', { atMs: u64 })
export const RESUME = message(27, 'resume', { atMs: u64 })
export const CHANGE = message(28, 'change', {
  ...place,
  destName: text(80),
  metres: u32,
  secs: u32,
  fare: money,
})
export const CHANGED = message(29, 'changed', { accepted: u8, fare: money })
export const FINISH = message(30, 'finish', {
  metres: u32,
  secs: u32,
  waitSecs: u32,
  toll: money,
  early: u8,
  ...way,
})
export const SETTLED = message(31, 'settled', { txHash: bytes(32) })
export const CANCEL = message(32, 'cancel', { reason: u8, fee: money })
export const CHAT = message(33, 'chat', { text: text(280) })
export const RATING = message(34, 'rating', { stars: u8 })
/** A word on the way to a straight connection of the two devices; the first says no address. */
export const DIRECT = message(36, 'direct', {
  step: u8, // 0 willing, 1 offer, 2 answer to it
  round: u32, // which offer
  ufrag: text(32), // ICE user name
  pwd: text(64), // ICE password
  fingerprint: bytes(32), // sha-256 of the DTLS certificate
  candidates: list(text(96), 6), // `host 2122260223 192.168.1.7 54321`: type, priority, address, UDP port
})
/** A piece of the driver's trip card (permits/trip-card.ts), the first one 0; sent when the rider has chosen. */
export const CARD = message(37, 'card', { part: u8, of: u8, bytes: blob(1792) })
/** The rider's concession for the terms of the select before it (permits/concession.ts), UTF-8. */
export const CONCESSION = message(38, 'concession', { presentation: blob(1792) })
/** A nearer driver has shown his card for terms that are to take over another driver's hold: all that is left is to yield. */
export const READY = message(41, 'ready', { trip: bytes(32) }) // digest of the terms
/** A rider's word to the driver he has: a nearer one takes over, by these terms of the next number in the lane. */
export const YIELD = message(42, 'yield', {
  ...terms,
  signature: bytes(65),
  key: bytes(64), // session key of the nearer driver, and his commit
  epoch: u64,
  promiseMs: u64,
  expiresAtMs: u64,
  moves: list(bytes(48), MOST_MOVES),
  commit: bytes(64), // its signature
})
/** Others ride in the same car: how many, and what the ride costs now; never more than before. */
export const SHARED = message(48, 'shared', { others: u8, fare: money })
export const TAKEN = message(35, 'taken', {}) // rider chose another offer

/** All messages by kind byte. */
export const MESSAGES = [
  REQUEST,
  MEET,
  FEED,
  HELLO,
  OFFER,
  REFINE,
  QUOTE,
  SELECT,
  DECLINE,
  HELD,
  PICKUP,
  CAR,
  POSITION,
  ARRIVED,
  PIN,
  PIN_WRONG,
  START,
  RECEIPT,
  PROGRESS,
  STOP,
  RESUME,
  CHANGE,
  CHANGED,
  FINISH,
  SETTLED,
  CANCEL,
  CHAT,
  RATING,
  TAKEN,
  DIRECT,
  CARD,
  CONCESSION,
  CALL,
  BIDS,
  CONFIRM,
  OVER,
  HINT,
  BID,
  COMMIT,
  READY,
  YIELD,
  SHARED,
] as const

export type Request = ValueOf<typeof REQUEST>
export type Feed = ValueOf<typeof FEED>
export type Offer = ValueOf<typeof OFFER>
export type Pickup = ValueOf<typeof PICKUP>
export type Car = ValueOf<typeof CAR>
export type Direct = ValueOf<typeof DIRECT>
/** A decoded private message: its name and its body. */
export type PrivateMessage = {
  [M in (typeof MESSAGES)[number] as M['name']]: { name: M['name']; body: ValueOf<M> }
}[(typeof MESSAGES)[number]['name']]
