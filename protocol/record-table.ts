/**
 * The trip record, version 2: what the figures of a receipt came from. It is an SSZ container of four parts, so that an
 * evidence file can show one part and keep the others closed; record.ts has its root. Places are res-7 cells everywhere
 * but in the way, and the whole record travels sealed only. Zeros in a hash field: nothing of the kind. Money is in minor
 * units, times are unix milliseconds, 0 = did not happen.
 */
import {
  address,
  blob,
  bytes,
  cell,
  list,
  message,
  money,
  u8,
  u16,
  u32,
  u64,
  type ValueOf,
} from './fields.ts'
import { line, signedMoney } from './record-fields.ts'
import { TRACE_MAX } from './trace.ts'

/** Version byte of the records that are made now. */
export const RECORD_VERSION = 2

/** How a tariff counts: D = metres and seconds both, S = metres or seconds by a changeover speed (OIML R 21). */
export const METERS = { D: 0, S: 1 } as const
/** What moves the car, as MDS 2.0 names it; 0 = not told. */
export const PROPULSIONS = ['unknown', 'combustion', 'hybrid', 'plug_in_hybrid', 'electric', 'human'] as const

/** What was paid, and all that a tariff looks at. */
export const FARE_PART = message(65, 'recordFare', {
  fareSalt: bytes(16),
  version: u8,
  terms: bytes(32),
  authority: address, // of the tariff: whose key the record is sealed to
  tariff: u32,
  document: bytes(32), // sha256 of the tariff's published document
  bp: u16, // price factor agreed, basis points
  meter: u8, // METERS
  vehicleClass: u8, // place of the class in the document; 0 = the plain one
  propulsion: u8, // PROPULSIONS
  needs: u8, // asked for, bits of REQUEST.needs: 1 = wheelchair
  served: u8, // what of it the car has, same bits
  booked: u8, // 1 = ordered for later
  pooled: u8, // bit 0 the rider agreed to share, bit 1 it was shared
  passengers: u8,
  startedAtMs: u64, // 0 = never began, only a cancel fee was paid
  metres: u32,
  secs: u32,
  waitSecs: u32,
  slowSecs: u32, // S meter: seconds below the changeover speed
  quote: money, // agreed fare
  quoteMetres: u32,
  quoteSecs: u32,
  fare: money, // = base + distance + time + minimum + factor + rounding + cancelFee + waived - concession
  wait: money,
  toll: money, // what the vault calls toll: all that comes on top of the fare, = sum of surcharges and tolls
  tip: money,
  base: money,
  distance: money,
  time: money,
  minimum: money, // top-up to the minimum fare
  factor: signedMoney, // what bp adds or takes
  rounding: signedMoney,
  cancelFee: money,
  waived: signedMoney, // below zero: less than the basis gives, and both accepted it
  concession: money, // discount
  concessionId: u16, // place in the document's list; NO_ENTRY = none
  surcharges: list(line, 8), // of zones, by their place in the document; NO_ENTRY = levies on top and access
  tolls: list(line, 8), // by their place in the document
  levies: list(line, 8), // what of the fare is the treasury's
})

/** When and where, coarsely. */
export const RIDE_PART = message(66, 'recordRide', {
  rideSalt: bytes(16),
  pickupCell: cell, // res 7
  destCell: cell, // res 7
  bookedForMs: u64, // wanted pickup; 0 = now
  requestedAtMs: u64,
  acceptedAtMs: u64, // the money was held: the driver is bound from here
  arrivedAtMs: u64,
  finishedAtMs: u64,
  journey: bytes(16), // the same for all who shared the car; zeros = alone
  zones: list(u16, 16), // zones of the document that were crossed, in order
})

/** Who, as hashes: credentials and the place in the driver's shift. */
export const WHO_PART = message(67, 'recordWho', {
  whoSalt: bytes(16),
  permit: bytes(32), // driver's permit credential
  vehicle: bytes(32), // vehicle credential
  concessionProof: bytes(32),
  pass: bytes(32), // nullifier of a capped pass
  shift: bytes(16), // random, new each shift; zeros = the rider was not told
  shiftSeq: u32, // place of the trip in the shift, from 0, no gaps
})

/** The way driven, exactly: trace.ts. */
export const WAY_PART = message(68, 'recordWay', {
  waySalt: bytes(16),
  driverKey: bytes(64), // x‖y of the session key that signs the chain of segments
  segments: u16,
  head: bytes(32), // last link of the chain
  trace: blob(TRACE_MAX),
})

/** The parts in wire order, each as its own bytes. */
export const RECORD = message(64, 'record', {
  fare: blob(FARE_PART.maxBytes),
  ride: blob(RIDE_PART.maxBytes),
  who: blob(WHO_PART.maxBytes),
  way: blob(WAY_PART.maxBytes),
})

/** All tables of records: for vectors and documents. */
export const RECORD_TABLES = [RECORD, FARE_PART, RIDE_PART, WHO_PART, WAY_PART] as const

/** A trip record as one flat value. */
export type TripRecord = ValueOf<typeof FARE_PART> &
  ValueOf<typeof RIDE_PART> &
  ValueOf<typeof WHO_PART> &
  ValueOf<typeof WAY_PART>
