import { sha256 } from '@noble/hashes/sha2.js'
import { cellAt } from './cells.ts'
import { type DecodeCode, merkleRoot } from './codec.ts'
import { type AuditLine, recompute } from './fare-basis.ts'
import type { LngLat } from './geo.ts'
import { concat, fromHex, toHex } from './hex.ts'
import type { Agreed } from './quote.ts'
import { recordCharges } from './record-charges.ts'
import { NO_ENTRY, type RecordLine } from './record-fields.ts'
import {
  FARE_PART,
  METERS,
  RECORD,
  RECORD_VERSION,
  RIDE_PART,
  type TripRecord,
  WAY_PART,
  WHO_PART,
} from './record-table.ts'
import { levyOf, type Tariff } from './tariff.ts'
import type { TariffDocument } from './tariff-document.ts'
import type { Hex, Receipt, Terms } from './terms.ts'
import { rideCharges, zonesOn } from './trip-charges.ts'
import { type ClassDocument, ridingBp, type TripTariff } from './trip-tariff.ts'
import { countedOf, type DrivenWay, drivenWay } from './trip-way.ts'
import { accept, ignore, type Verdict } from './verdict.ts'

/** When the steps of a trip were, unix ms; 0 = not (yet). The rider says them, the driver checks them: record-times.ts. */
export interface TripTimes {
  readonly requestedAtMs: number
  readonly acceptedAtMs: number
  readonly arrivedAtMs: number
  readonly startedAtMs: number
  readonly finishedAtMs: number
}

/** What the car is, as the driver's offer said it. Zeros in a hash: no such credential. */
export interface CarFacts {
  /** What the car can do, bits of REQUEST.needs. */
  readonly served: number
  readonly propulsion: number
  readonly vehicleClass: number
  readonly permit: Hex
  readonly vehicle: Hex
}

/** Place of a trip in the driver's shift. */
export interface ShiftPlace {
  /** 16 random bytes. */
  readonly shift: Hex
  readonly shiftSeq: number
}

/** A concession that was proven: its id in the document, and the hash of the credential that was shown. */
export interface ShownConcession {
  readonly id: string
  readonly proof: Hex
}

/** The concession is named and not yet shown. */
export const NO_PROOF: Hex = `0x${'00'.repeat(32)}`

/** What both sides know of a trip when a receipt is signed. */
export interface RecordInput {
  readonly terms: Terms
  readonly tariff: Tariff
  readonly agreed: Agreed
  readonly pickup: LngLat
  readonly dest: LngLat
  readonly salt: Hex
  readonly times: TripTimes
  readonly asked: { readonly needs: number; readonly passengers: number; readonly bookedForMs: number }
  readonly car: CarFacts
  /** Null where the rider was not told it before he signed. */
  readonly place: ShiftPlace | null
  /** The document behind the tariff; none: by the chain's numbers alone. */
  readonly by?: ClassDocument | null
  /** As in the rules of the app; none: 1. */
  readonly timeScale?: number
  /** What the rider has proven to the driver; `proof`: hash of the credential. */
  readonly concession?: ShownConcession | null
  readonly way: {
    /** x‖y of the driver's session key. */
    readonly driverKey: Hex
    readonly segments: readonly Uint8Array[]
    readonly head: Uint8Array
  }
}

/** Zones that a record's list holds. */
const ZONES_MOST = 16
const NO_BYTES = new Uint8Array(0)
const NONE_16 = new Uint8Array(16)
const NONE_32 = new Uint8Array(32)

/** What a record says where neither side has told the other more than the start. */
export function plainRecord(startedAtMs: number) {
  const zeros: Hex = `0x${'00'.repeat(32)}`
  return {
    times: { requestedAtMs: 0, acceptedAtMs: 0, arrivedAtMs: 0, startedAtMs, finishedAtMs: 0 },
    asked: { needs: 0, passengers: 0, bookedForMs: 0 },
    car: { served: 0, propulsion: 0, vehicleClass: 0, permit: zeros, vehicle: zeros },
    place: null,
    way: { driverKey: `0x${'00'.repeat(64)}` as Hex, segments: [], head: NONE_32 },
  }
}

/** The trip record behind a receipt: its figures and what they came from. Both sides make the same one. */
export function tripRecord(input: RecordInput, receipt: Omit<Receipt, 'record'>): TripRecord {
  const { terms, tariff, agreed, times, asked, car, place, way, by = null, concession = null } = input
  const { startedAtMs, ...coarse } = times
  const quoted = { quote: agreed.fare, quoteMetres: agreed.metres, quoteSecs: agreed.secs }
  const { fare, wait, tip, metres, secs, waitSecs } = receipt
  const of = tripTariff(input)
  const figures = { bp: ridingBp(of, terms.bp, startedAtMs), startedAtMs, ...quoted, fare, metres, secs }
  const salts = saltsOf(input.salt)
  const trace = concat(...way.segments)
  const driven = drivenWay(by === null ? NO_BYTES : trace)
  const counted = countedOf(of, driven, { metres, secs })
  const isMetered = by?.document.meter === 'S'
  return {
    ...figures,
    ...coarse,
    ...salts,
    version: RECORD_VERSION,
    terms: fromHex(receipt.terms),
    authority: tariff.authority,
    tariff: terms.tariff,
    document: fromHex(tariff.document),
    meter: isMetered ? METERS.S : METERS.D,
    vehicleClass: by ? by.document.classes.findIndex(each => each.id === by.class) : car.vehicleClass,
    propulsion: car.propulsion,
    needs: asked.needs,
    served: asked.needs & car.served,
    booked: asked.bookedForMs === 0 ? 0 : 1,
    pooled: 0,
    passengers: asked.passengers,
    waitSecs,
    slowSecs: isMetered ? counted.secs : 0,
    wait,
    tip,
    ...componentsOf(recompute(of, figures, counted).lines),
    concessionId: by && concession ? concessionIndex(by.document, concession.id) : NO_ENTRY,
    ...chargesOf(input, driven, receipt),
    levies: whole(levyOf(tariff, fare)),
    pickupCell: cellAt(input.pickup, 7),
    destCell: cellAt(input.dest, 7),
    bookedForMs: asked.bookedForMs,
    journey: NONE_16,
    zones: by && startedAtMs ? zonesOn(by.document, driven.path).slice(0, ZONES_MOST) : [],
    permit: fromHex(car.permit),
    vehicle: fromHex(car.vehicle),
    concessionProof: concession ? fromHex(concession.proof) : NONE_32,
    pass: NONE_32,
    shift: place ? fromHex(place.shift) : NONE_16,
    shiftSeq: place?.shiftSeq ?? 0,
    driverKey: fromHex(way.driverKey),
    segments: way.segments.length,
    head: way.head,
    trace,
  }
}

const tripTariff = ({ tariff, by = null, timeScale = 1, concession }: RecordInput): TripTariff => ({
  tariff,
  by,
  timeScale,
  ...(concession && { concession: concession.id }),
})

const concessionIndex = ({ concessions }: TariffDocument, id: string): number => {
  const found = concessions.findIndex(each => each.id === id)
  return found < 0 ? NO_ENTRY : found
}

/** What zones, tolls and levies add to a fare, by the way that both know; without a document what the receipt says. */
export function chargesOf(
  input: {
    readonly by?: ClassDocument | null
    readonly terms: Terms
    readonly times: Pick<TripTimes, 'startedAtMs' | 'finishedAtMs'>
    readonly car: Pick<CarFacts, 'propulsion'>
  },
  { path }: DrivenWay,
  { fare, toll }: Pick<Receipt, 'fare' | 'toll'>,
): Pick<TripRecord, 'toll' | 'surcharges' | 'tolls'> {
  const { by, terms, times, car } = input
  if (!by || times.startedAtMs === 0) return { toll, surcharges: [], tolls: whole(toll) }
  const ride = {
    path,
    startedAtS: Math.floor(times.startedAtMs / 1_000),
    propulsion: car.propulsion,
    fare,
    room: terms.hold - fare,
    isOver: times.finishedAtMs !== 0,
  }
  return recordCharges(by.document, rideCharges(by, ride))
}

/** A sum that is not split over the entries of a document. */
const whole = (amount: bigint): RecordLine[] => (amount === 0n ? [] : [{ id: NO_ENTRY, amount }])

/** The lines of a fare as fields of a record. */
export function componentsOf(lines: readonly AuditLine[]) {
  const of = (key: AuditLine['key']): bigint =>
    lines.reduce((sum, line) => (line.key === key ? sum + line.amount : sum), 0n)
  return {
    base: of('base'),
    distance: of('distance') + of('units'),
    time: of('time'),
    minimum: of('minimum'),
    factor: of('factor'),
    rounding: of('rounding'),
    cancelFee: of('cancel'),
    waived: of('less'),
    concession: -of('concession'),
  }
}

/** The sum of a record's components: its fare, when it is in order. */
export const componentSum = (r: TripRecord): bigint =>
  r.base + r.distance + r.time + r.minimum + r.factor + r.rounding + r.cancelFee + r.waived - r.concession

/** The sum of a record's charges on top of the fare: its toll, when it is in order. */
export const chargeSum = ({ surcharges, tolls }: Pick<TripRecord, 'surcharges' | 'tolls'>): bigint =>
  [...surcharges, ...tolls].reduce((sum, { amount }) => sum + amount, 0n)

/** One salt a part, so that showing one part says nothing of another. */
function saltsOf(salt: Hex) {
  const [fareSalt, rideSalt, whoSalt, waySalt] = [0, 1, 2, 3].map(i =>
    sha256(concat(fromHex(salt, 32), Uint8Array.of(i))).slice(0, 16),
  ) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
  return { fareSalt, rideSalt, whoSalt, waySalt }
}

const partsOf = (record: TripRecord): readonly Uint8Array[] => [
  FARE_PART.encode(record),
  RIDE_PART.encode(record),
  WHO_PART.encode(record),
  WAY_PART.encode(record),
]

/** The bytes of a record: what is sealed. */
export function encodeRecord(record: TripRecord): Uint8Array {
  const [fare, ride, who, way] = partsOf(record) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
  return RECORD.encode({ fare, ride, who, way })
}

/** Reads a record; `version`: of a later one, which says nothing against the sender. Never throws. */
export function decodeRecord(bytes: Uint8Array): Verdict<TripRecord, DecodeCode | 'version'> {
  const whole = RECORD.decode(bytes)
  if (whole.verdict !== 'accept') return whole
  const version = whole.value.fare[16]
  if (version !== undefined && version > RECORD_VERSION) return ignore('version')
  const fare = FARE_PART.decode(whole.value.fare)
  if (fare.verdict !== 'accept') return fare
  const ride = RIDE_PART.decode(whole.value.ride)
  if (ride.verdict !== 'accept') return ride
  const who = WHO_PART.decode(whole.value.who)
  if (who.verdict !== 'accept') return who
  const way = WAY_PART.decode(whole.value.way)
  if (way.verdict !== 'accept') return way
  return accept({ ...fare.value, ...ride.value, ...who.value, ...way.value })
}

/**
 * The root that the receipt and the settlement carry: the SSZ root of the vector of the parts' sha256. Seven hashes in
 * all, where the tree over every field takes some hundred and fifty: an auditor recomputes a million of these.
 */
export const recordRoot = (record: TripRecord): Hex => rootOf(partsOf(record).map(sha256))

/** Root over the sha256 of the four parts, in wire order: for who has some parts and of the others just the hash. */
export const rootOf = (partHashes: readonly Uint8Array[]): Hex => toHex(merkleRoot(partHashes))
