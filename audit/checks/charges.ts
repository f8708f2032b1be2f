import { NO_ENTRY } from '@hexhail/protocol/record-fields.ts'
import { PROPULSIONS, type TripRecord } from '@hexhail/protocol/record-table.ts'
import { inWindow, tariffTime } from '@hexhail/protocol/tariff-clock.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { crossings } from '@hexhail/protocol/tariff-places.ts'
import { decodeTrace, placeOf, type Sample } from '@hexhail/protocol/trace.ts'
import { latLngToCell } from 'h3-js'
import { scaled, UNIT } from './fare-number.ts'
import type { ReadyTariff } from './ledger.ts'
import type { TripColumns } from './trip-columns.ts'
import type { ZoneBits } from './zone-finder.ts'

/** A document made ready for look-ups. */
type Ready = NonNullable<ReadyTariff['ready']>

/** What a tariff's charges look at: zones that a trip began in, ended in and named, its drive, class and time. */
interface Charged {
  readonly began: ZoneBits
  readonly ended: ZoneBits
  readonly crossed: ZoneBits
  readonly vehicleClass: number
  readonly propulsion: number
  readonly startedAtS: number
}

/** Cells that gantries are looked up in (protocol/tariff-places.ts `ZONE_RES`). */
const RES = 9

/**
 * What zones, tolls, levies on top and access come to, minor units: zones of pickup and drop-off by the trace, those
 * crossed by the record, gantries by the trace or as the record names them. Null where no trace says where it began.
 */
export function chargesOf(ready: Ready, record: TripRecord, gantries: 'driven' | 'named'): bigint | null {
  const trace = decodeTrace(record.trace)
  if (trace.verdict !== 'accept' || trace.value.samples.length === 0) return null
  const { samples } = trace.value
  const { document } = ready
  const { units, levies } = dueOf(ready, {
    began: ready.zones.at(samples[0]!.lngE5, samples[0]!.latE5),
    ended: ready.zones.at(samples.at(-1)!.lngE5, samples.at(-1)!.latE5),
    crossed: bitsOf(record.zones),
    vehicleClass: record.vehicleClass,
    propulsion: record.propulsion,
    startedAtS: record.startedAtMs / 1_000,
  })
  const tolls = gantries === 'named' ? namedTolls(record) : drivenTolls(document, samples)
  const whole = levies.reduce(
    (sum, levy) => sum + (record.fare * BigInt(levy.bp)) / 10_000n,
    BigInt(units) * BigInt(UNIT) + tolls,
  )
  const bound = BigInt(document.chargesMost) * BigInt(UNIT)
  return bound > 0n && whole > bound ? bound : whole
}

const namedTolls = ({ tolls }: TripRecord): bigint =>
  tolls.reduce((sum, { id, amount }) => (id === NO_ENTRY ? sum : sum + amount), 0n)

function drivenTolls({ tolls }: TariffDocument, samples: readonly Sample[]): bigint {
  const way = tolls.length > 0 ? samples.map(cellOf) : []
  return tolls.reduce((sum, toll) => sum + BigInt(toll.amount * crossings(toll, way) * UNIT), 0n)
}

/**
 * The same as a number for a look, with the tolls that the record names; NaN where no trace says where it began. It stands
 * in the row for who asks again.
 */
export function chargesNumber(ready: Ready, t: TripColumns, i: number): number {
  if (t.hasDue[i] === 0) {
    t.due[i] = dueNumber(ready, t, i)
    t.hasDue[i] = 1
  }
  return t.due[i]!
}

function dueNumber(ready: Ready, t: TripColumns, i: number): number {
  if (t.samples[i] === 0) return Number.NaN
  const { units, levies } = dueOf(ready, {
    began: ready.zones.at(t.ends[4 * i]!, t.ends[4 * i + 1]!),
    ended: ready.zones.at(t.ends[4 * i + 2]!, t.ends[4 * i + 3]!),
    crossed: [t.zones[2 * i]!, t.zones[2 * i + 1]!],
    vehicleClass: t.vehicleClass[i]!,
    propulsion: t.propulsion[i]!,
    startedAtS: t.startedAtS[i]!,
  })
  let sum = units * UNIT + t.gantries[i]!
  for (const { bp } of levies) sum += scaled(t.fare[i]!, bp)
  const bound = ready.document.chargesMost * UNIT
  return bound > 0 && sum > bound ? bound : sum
}

/** Amounts in hundredths, and the levies whose share of the fare comes on top. */
function dueOf(
  { document, holidays }: Ready,
  trip: Charged,
): { units: number; levies: readonly TariffDocument['levies'][number][] } {
  let units = 0
  document.zones.forEach((zone, z) => {
    const isPickup = has(trip.began, z)
    const isDropoff = has(trip.ended, z)
    if (isPickup) units += zone.pickup
    if (isDropoff) units += zone.dropoff
    if (!isPickup && !isDropoff && has(trip.crossed, z)) units += zone.through
  })
  const of = document.classes[trip.vehicleClass] ?? document.classes[0]!
  if (!of.isWav) units += document.access.perTrip
  const levies = document.levies.filter(
    levy => levy.payer === 'rider' && isDue(document, holidays, levy, trip),
  )
  for (const levy of levies) units += levy.amount
  return { units, levies }
}

function isDue(
  document: TariffDocument,
  holidays: ReadonlySet<number>,
  { when, where, propulsion }: TariffDocument['levies'][number],
  trip: Charged,
): boolean {
  if (when.length > 0) {
    const at = tariffTime(document, Math.floor(trip.startedAtS))
    if (!when.some(window => inWindow(window, at, holidays))) return false
  }
  const drive = PROPULSIONS[trip.propulsion]
  const isKnown = drive !== undefined && drive !== 'unknown' // one that is not known pays
  if (propulsion.length > 0 && isKnown && !propulsion.includes(drive)) return false
  if (where.zones.length === 0) return true
  return document.zones.some(({ id }, z) => {
    if (!where.zones.includes(id)) return false
    if (where.at !== 'dropoff' && has(trip.began, z)) return true
    if (where.at !== 'pickup' && has(trip.ended, z)) return true
    return where.at === 'touch' && has(trip.crossed, z)
  })
}

const has = (bits: ZoneBits, zone: number): boolean =>
  ((bits[(zone >>> 5) as 0 | 1] >>> (zone & 31)) & 1) === 1

function bitsOf(zones: readonly number[]): ZoneBits {
  const bits: [number, number] = [0, 0]
  for (const zone of zones) if (zone < 64) bits[(zone >>> 5) as 0 | 1] |= 1 << (zone & 31)
  return bits
}

const cellOf = (sample: Sample): string => {
  const [lng, lat] = placeOf(sample)
  return latLngToCell(lat, lng, RES)
}
