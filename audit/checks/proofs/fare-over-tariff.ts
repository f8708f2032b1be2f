import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import {
  cancelCeiling,
  distancePart,
  fareOf,
  TARIFF_UNIT,
  type Tariff,
  timePart,
  waitOf,
} from '@hexhail/protocol/tariff.ts'
import { periodBp, tariffTime } from '@hexhail/protocol/tariff-clock.ts'
import type { TariffClass, TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { factorOf, meter } from '@hexhail/protocol/tariff-meter.ts'
import { money, most, number } from '../answer.ts'
import { chargesNumber, chargesOf } from '../charges.ts'
import { type Answer, LOOK, type TripCheck } from '../check.ts'
import { countedMost } from '../counted-way.ts'
import { cancelNumber, fareNumber, meterNumber, UNIT, waitNumber } from '../fare-number.ts'
import type { ReadyTariff } from '../ledger.ts'
import { FILED, type TripColumns } from '../trip-columns.ts'

/** A tariff's document, ready for look-ups. */
type Ready = NonNullable<ReadyTariff['ready']>

/** F1: what was charged, line by line and whole, against what the tariff gives for the trip's own figures. */
export const fareOverTariff: TripCheck = {
  id: 'F1',
  name: 'fare.over_tariff',
  kind: 'proof',
  scope: 'trip',
  says: 'The fare is above what the tariff gives for the metres, seconds, waiting and zones of the trip.',
  needs: [],
  look(t, i, ledger) {
    if (t.filed[i] !== FILED.opened) return LOOK.notAsked
    const entry = ledger.tariff(t.tariff[i]!)
    if (entry === undefined) return LOOK.notAsked
    return isUnder(entry, t, i) && (entry.ready === null || isUnderDocument(entry.ready, t, i))
      ? LOOK.clean
      : LOOK.suspect
  },
  ask({ settled, record }, ledger) {
    const entry = ledger.tariff(settled.tariff)
    if (record === null || entry === undefined) return []
    return [...askTariff(entry, record), ...(entry.ready ? askDocument(entry.ready, record) : [])]
  },
}

function isUnder({ tariff, document }: ReadyTariff, t: TripColumns, i: number): boolean {
  const bp = t.bp[i]!
  if (!(bp >= tariff.minBp && bp <= tariff.maxBp)) return false
  const metres = Math.max(t.metres[i]!, t.quoteMetres[i]!)
  const secs = Math.max(t.secs[i]!, t.quoteSecs[i]!)
  if (!(t.fare[i]! <= fareNumber(tariff, metres, secs, bp))) return false
  if (!(t.wait[i]! <= waitNumber(tariff.waitPerMin, tariff.freeWaitS, t.waitSecs[i]!))) return false
  if (tariff.tollMax > 0 && !(t.toll[i]! <= tariff.tollMax * UNIT)) return false
  if (t.startedAtS[i] === 0) return t.cancelFee[i]! <= cancelNumber(tariff, t.quote[i]!)
  if (!(t.quote[i]! <= fareNumber(tariff, t.quoteMetres[i]!, t.quoteSecs[i]!, bp))) return false
  if (hasSteps(document)) return true
  return (
    t.base[i]! <= tariff.base * UNIT &&
    t.distance[i]! <= distanceNumber(tariff, metres) &&
    t.time[i]! <= Math.floor((tariff.perMin * secs * UNIT) / 60)
  )
}

function distanceNumber({ perKm, perKmBeyond, sectionM }: Tariff, metres: number): number {
  const first = sectionM === 0 ? metres : Math.min(metres, sectionM)
  return (perKm * first + perKmBeyond * (metres - first)) * 10
}

function isUnderDocument(ready: Ready, t: TripColumns, i: number): boolean {
  const { document, classes } = ready
  if (t.startedAtS[i] === 0) return true
  const of = classes[t.vehicleClass[i]!]
  if (of === undefined || !(t.bp[i]! <= factorNumber(ready, of, t, i))) return false
  const most = countedMost(document, {
    metres: t.metres[i]!,
    secs: t.secs[i]!,
    slowSecs: t.slowSecs[i]!,
    quoteMetres: t.quoteMetres[i]!,
    quoteSecs: t.quoteSecs[i]!,
  })
  if (!(t.fare[i]! <= meterNumber(document, of, most.metres, most.secs, t.bp[i]!))) return false
  if (t.samples[i] === 0) return true
  return t.gantries[i] === 0 && t.toll[i]! <= chargesNumber(ready, t, i)
}

/** `factorOf`, as far as it does not hang on the zone that a trip begins in. */
function factorNumber({ document }: Ready, of: TariffClass, t: TripColumns, i: number): number {
  const { isAllowed, minBp, maxBp } = document.upfront
  if (isAllowed) return maxBp
  if (hasZoneFactor(document)) return Number.POSITIVE_INFINITY
  const clock = periodBp(document, tariffTime(document, Math.floor(t.startedAtS[i]!)))
  const bp = Math.floor((clock * ((t.pooled[i]! & 2) === 0 ? 10_000 : of.pooledBp)) / 10_000)
  return Math.min(maxBp, Math.max(minBp, bp))
}

const hasZoneFactor = ({ zones }: TariffDocument): boolean => zones.some(zone => zone.multBp !== 10_000)

function askTariff({ tariff, document }: ReadyTariff, record: TripRecord): Answer[] {
  const metres = Math.max(record.metres, record.quoteMetres)
  const secs = Math.max(record.secs, record.quoteSecs)
  const { bp } = record
  const always = [
    most('FACTOR', number(tariff.maxBp, 'bp'), number(bp, 'bp')),
    most('FARE_CAP', money(fareOf(tariff, metres, secs, bp)), money(record.fare)),
    most('WAIT', money(waitOf(tariff, record.waitSecs)), money(record.wait)),
    ...(tariff.tollMax > 0
      ? [most('TOLL_CAP', money(BigInt(tariff.tollMax) * TARIFF_UNIT), money(record.toll))]
      : []),
  ]
  if (record.startedAtMs === 0)
    return [
      ...always,
      most('CANCEL_FEE', money(cancelCeiling(tariff, record.quote)), money(record.cancelFee)),
    ]
  const quote = money(fareOf(tariff, record.quoteMetres, record.quoteSecs, bp))
  if (hasSteps(document)) return [...always, most('QUOTE', quote, money(record.quote))]
  return [
    ...always,
    most('QUOTE', quote, money(record.quote)),
    most('BASE', money(BigInt(tariff.base) * TARIFF_UNIT), money(record.base)),
    most('DISTANCE', money(distancePart(tariff, metres)), money(record.distance)),
    most('TIME', money(timePart(tariff, secs)), money(record.time)),
  ]
}

function askDocument(ready: Ready, record: TripRecord): Answer[] {
  const { document } = ready
  const of = document.classes[record.vehicleClass]
  if (record.startedAtMs === 0) return []
  if (of === undefined)
    return [most('CLASS', number(document.classes.length - 1), number(record.vehicleClass))]
  const way = countedMost(document, record)
  // In two pieces, so that an S meter counts the metres as quick and the seconds as slow.
  const trip = {
    class: of.id,
    startedAtS: Math.floor(record.startedAtMs / 1_000),
    segments: [
      { metres: way.metres, secs: 0 },
      { metres: 0, secs: way.secs },
    ],
    waitS: record.waitSecs,
    bp: record.bp,
    isPooled: (record.pooled & 2) !== 0,
  }
  const bp = factorOf(document, trip)
  const charges = chargesOf(ready, record, 'driven')
  return [
    ...(hasZoneFactor(document) ? [] : [most('FACTOR_NOW', number(bp, 'bp'), number(record.bp, 'bp'))]),
    most('METER', money(meter({ ...document, ...BOUNDLESS }, trip).fare), money(record.fare)),
    ...(charges === null ? [] : [most('CHARGES', money(charges), money(record.toll))]),
  ]
}

/** Steps of a meter are distance and time in one: they have no lines of their own in the chain's tariff. */
const hasSteps = (document: TariffDocument | null): boolean =>
  document?.classes.some(of => of.unit.metres > 0) ?? false

/** The factor and the caps are judged by themselves; here the signed factor counts, and each trip alone. */
const BOUNDLESS = {
  upfront: { isAllowed: true, toleranceBp: 0, minBp: 1, maxBp: 65_535 },
  caps: { day: 0, week: 0 },
}
