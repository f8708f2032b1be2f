/** What is seeded: each kind changes one honest trip so that one check has something to find. */

import { NO_ENTRY } from '@hexhail/protocol/record-fields.ts'
import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import { levyOf } from '@hexhail/protocol/tariff.ts'
import { type Sample, traceHead } from '@hexhail/protocol/trace.ts'
import { type MadeTrip, withTrace } from './honest-trip.ts'
import type { Random } from './random.ts'
import { hexOf, named } from './world.ts'

/** What becomes of a trip: what the chain pays, and what is filed. */
export interface Deed {
  /** The record that both signed. */
  readonly record: TripRecord
  /** Differs from the record's. */
  readonly paidFare?: bigint
  /** Filed in its place; null: nothing is. */
  readonly filed?: TripRecord | null
}

/** A kind of fraud on one trip: the check that must find it, and how it is done; null where this trip is not fit for it. */
export interface Fraud {
  readonly kind: string
  readonly check: string
  commit(trip: MadeTrip, random: Random): Deed | null
}

const some = (random: Random): bigint => 1n + BigInt(Math.floor(random() * 900_000))
const isCity = ({ town, record }: MadeTrip): boolean => town.name === 'city' && record.startedAtMs > 0
const isRide = ({ record }: MadeTrip): boolean => record.startedAtMs > 0

/** Another fare, with the treasury's share of it. */
export function withFare(trip: MadeTrip, record: TripRecord, fare: bigint): TripRecord {
  const { tariff } = trip.town.tariffAt(record.acceptedAtMs / 1_000)
  const levy = levyOf(tariff, fare)
  return { ...record, fare, tip: 0n, levies: levy === 0n ? [] : [{ id: NO_ENTRY, amount: levy }] }
}

function lessCharge(record: TripRecord, by: bigint): TripRecord {
  const [first, ...others] = record.surcharges
  const left = { ...first!, amount: first!.amount - by }
  return { ...record, toll: record.toll - by, surcharges: [left, ...others] }
}

export const FRAUDS: readonly Fraud[] = [
  {
    kind: 'a fare above the tariff',
    check: 'F1',
    commit(trip, random) {
      const { record } = trip
      const d = some(random)
      if (!isRide(trip) || trip.town.name === 'taxi' || record.fare !== record.quote) return null
      return {
        record: {
          ...withFare(trip, record, record.fare + d),
          quote: record.quote + d,
          rounding: record.rounding + d,
        },
      }
    },
  },
  {
    kind: 'a taxi fare above the meter',
    check: 'F1',
    commit(trip, random) {
      // Both begun steps and slow metres may hide something: what is above them shows.
      const d = some(random) + trip.record.fare / 2n + 20_000_000n
      if (!isRide(trip) || trip.town.name !== 'taxi') return null
      return {
        record: { ...withFare(trip, trip.record, trip.record.fare + d), rounding: trip.record.rounding + d },
      }
    },
  },
  {
    kind: 'waiting above the tariff',
    check: 'F1',
    commit: (trip, random) =>
      isRide(trip) ? { record: { ...trip.record, wait: trip.record.wait + some(random) } } : null,
  },
  {
    kind: 'one line above the tariff, another below',
    check: 'F1',
    commit(trip, random) {
      const { record } = trip
      const d = some(random)
      if (!isRide(trip) || trip.town.name === 'taxi' || record.distance < d || record.fare !== record.quote)
        return null
      if (record.base === 0n) return null
      return { record: { ...record, base: record.base + d, distance: record.distance - d } }
    },
  },
  {
    kind: 'a zone charge that is not due',
    check: 'F1',
    commit(trip, random) {
      const d = some(random)
      const { record } = trip
      if (!isCity(trip)) return null
      return {
        record: {
          ...record,
          toll: record.toll + d,
          surcharges: [...record.surcharges, { id: 1, amount: d }],
        },
      }
    },
  },
  {
    kind: 'a fare above the quote',
    check: 'F2',
    commit(trip, random) {
      const { record } = trip
      const d = some(random)
      if (!isRide(trip) || trip.town.name === 'taxi' || record.fare !== record.quote) return null
      return { record: { ...record, quote: record.quote - d } }
    },
  },
  {
    kind: 'lines that do not add up',
    check: 'F3',
    commit: (trip, random) => ({ record: { ...trip.record, minimum: trip.record.minimum + some(random) } }),
  },
  {
    kind: 'another fare paid than signed',
    check: 'F3',
    commit: (trip, random) => ({ record: trip.record, paidFare: trip.record.fare + some(random) }),
  },
  {
    kind: 'a concession denied',
    check: 'F4',
    commit(trip) {
      const { record } = trip
      if (!isCity(trip) || record.fare < 1_000_000n) return null
      return { record: { ...record, concessionProof: named('student'), concessionId: 0 } }
    },
  },
  {
    kind: 'a registered concession passed over',
    check: 'F4',
    commit(trip) {
      const { record } = trip
      if (!isCity(trip) || record.fare < 1_000_000n) return null
      return { record: { ...record, concessionProof: named('student') } }
    },
  },
  {
    kind: 'a levy below the rate',
    check: 'L1',
    commit(trip, random) {
      const [line] = trip.record.levies
      if (line === undefined || line.amount < 2n) return null
      const amount = line.amount - 1n - BigInt(Math.floor(random() * Number(line.amount - 1n)))
      return { record: { ...trip.record, levies: amount > 0n ? [{ ...line, amount }] : [] } }
    },
  },
  {
    kind: 'a zone charge kept from the treasury',
    check: 'L1',
    commit(trip, random) {
      const charge = trip.record.surcharges[0]?.amount ?? 0n
      if (!isRide(trip) || charge < 2n) return null
      return { record: lessCharge(trip.record, 1n + BigInt(Math.floor(random() * Number(charge - 1n)))) }
    },
  },
  { kind: 'a record not filed', check: 'C1', commit: trip => ({ record: trip.record, filed: null }) },
  {
    kind: 'another record filed',
    check: 'C2',
    commit: trip => ({ record: trip.record, filed: { ...trip.record, fare: trip.record.fare + 1_000n } }),
  },
  {
    kind: 'a permit that nobody granted',
    check: 'P1',
    commit: (trip, random) =>
      trip.town.name === 'city' ? { record: { ...trip.record, permit: named(`forged ${random()}`) } } : null,
  },
  {
    kind: 'a car whose inspection ran out',
    check: 'P2',
    commit: trip =>
      trip.town.name === 'city'
        ? { record: { ...trip.record, vehicle: named(`old car ${trip.driver}`) } }
        : null,
  },
  {
    kind: 'pay below the floor of a trip',
    check: 'W1',
    commit(trip) {
      const { record } = trip
      if (!isCity(trip) || record.fare !== record.quote || record.metres < 1_500) return null
      const fare = (BigInt(record.metres) * 500n) / 2n // half of the 50 hundredths a kilometre that the floor has
      return { record: { ...withFare(trip, record, fare), wait: 0n, waived: fare - record.fare } }
    },
  },
  {
    kind: 'more metres than were driven',
    check: 'T1',
    commit(trip) {
      const { record } = trip
      if (!isRide(trip) || trip.town.name === 'taxi' || record.metres < 500 || trip.samples.length < 20)
        return null
      const half = trip.samples.slice(0, Math.floor(trip.samples.length / 4)) // the rest was made up
      if (trip.town.name === 'city') return null // its charges hang on where the trace ends
      return { record: withTrace(record, half) }
    },
  },
  {
    kind: 'a leap of the car',
    check: 'T3',
    commit(trip, random) {
      if (!isRide(trip) || trip.samples.length < 10) return null
      const at = 2 + Math.floor(random() * (trip.samples.length - 5))
      const leap = (each: Sample, i: number): Sample =>
        i === at ? { ...each, latE5: each.latE5 + 4_000 } : each
      return { record: withTrace(trip.record, trip.samples.map(leap)) }
    },
  },
  {
    kind: 'a broken chain of segments',
    check: 'T3',
    commit(trip) {
      if (!isRide(trip)) return null
      return { record: { ...trip.record, head: traceHead(hexOf(named('another trip')), []) } }
    },
  },
  {
    kind: 'an end before the beginning',
    check: 'T3',
    commit: trip =>
      isRide(trip) ? { record: { ...trip.record, finishedAtMs: trip.record.startedAtMs - 90_000 } } : null,
  },
]
