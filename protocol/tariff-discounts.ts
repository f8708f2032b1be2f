import { TARIFF_UNIT } from './tariff.ts'
import type { TariffDocument } from './tariff-document.ts'
import type { MeterLine, MeterTrip } from './tariff-meter.ts'

/** What one pass has paid before a trip: minor units of the local day and week, and the ride before. */
export interface Before {
  readonly paidToday: bigint
  readonly paidThisWeek: bigint
  /** `transfers`: how many in a row had a discount already. */
  readonly last: { readonly class: string; readonly paidAtS: number; readonly transfers: number } | null
}

/** What is taken off a fare: for changing, for a concession, and by the caps of a day and a week; never below nothing. */
export function discountLines(doc: TariffDocument, trip: MeterTrip, fare: bigint): MeterLine[] {
  const change = min(fare, transferOff(doc, trip))
  const afterChange = fare - change
  const concession = min(afterChange, concessionOff(doc, trip, afterChange))
  const afterConcession = afterChange - concession
  const cap = afterConcession - min(afterConcession, roomUnderCaps(doc, trip.before))
  return [
    { part: 'fare', key: 'transfer', id: '', amount: -change },
    { part: 'fare', key: 'concession', id: trip.concession ?? '', amount: -concession },
    { part: 'fare', key: 'cap', id: '', amount: -cap },
  ]
}

function transferOff({ transfers }: TariffDocument, trip: MeterTrip): bigint {
  const last = trip.before?.last
  if (!last) return 0n
  const rule = transfers.find(
    each =>
      each.from === last.class &&
      each.to === trip.class &&
      trip.startedAtS >= last.paidAtS &&
      trip.startedAtS - last.paidAtS <= each.windowS &&
      last.transfers < each.most,
  )
  return money(rule?.discount ?? 0)
}

function concessionOff({ concessions }: TariffDocument, trip: MeterTrip, fare: bigint): bigint {
  const rule = concessions.find(each => each.id === trip.concession)
  if (!rule) return 0n
  const off = (fare * BigInt(rule.bp)) / 10_000n
  return rule.most === 0 ? off : min(off, money(rule.most))
}

/** What one pass may still pay today and this week. */
function roomUnderCaps({ caps }: TariffDocument, before: Before | undefined): bigint {
  const room = (cap: number, paid: bigint) => (paid >= money(cap) ? 0n : money(cap) - paid)
  const rooms = [
    ...(caps.day > 0 ? [room(caps.day, before?.paidToday ?? 0n)] : []),
    ...(caps.week > 0 ? [room(caps.week, before?.paidThisWeek ?? 0n)] : []),
  ]
  return rooms.reduce(min, BigInt(Number.MAX_SAFE_INTEGER) * TARIFF_UNIT)
}

const money = (units: number): bigint => BigInt(units) * TARIFF_UNIT
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b)
