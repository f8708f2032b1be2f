/**
 * What a trip costs by a document, a second time and another way: exact fractions, the calendar of `Intl`, cells spread
 * out to one size. Written from the words of protocol/tariff-document.ts, shares no code with the meter.
 */
import type { MeterTrip } from '@hexhail/protocol/tariff-meter.ts'
import type { TariffDocument, TariffWindow } from '@hexhail/protocol/tariff-document.ts'
import { cellToChildren, cellToParent, getResolution } from 'h3-js'

/** Amounts by line, minor units. */
export type OracleLines = Readonly<Record<string, bigint>>

const U = 10_000n
const FINE = 9
const floor = (over: bigint, under: bigint): bigint => over / under

/** Amounts by `part/key/id`; lines of nothing are left out. */
export function oracle(document: TariffDocument, trip: MeterTrip): OracleLines {
  const of = document.classes.find(each => each.id === trip.class)!
  let metres = 0n
  let secs = 0n
  for (const { metres: m, secs: s } of trip.segments) {
    const slow = m * 3_600 < of.changeoverMh * s
    if (document.meter === 'D') {
      metres += BigInt(m)
      secs += BigInt(s)
    } else if (slow) secs += BigInt(s)
    else metres += BigInt(m)
  }
  const section = of.sectionM === 0 ? metres : BigInt(of.sectionM)
  const near = metres < section ? metres : section
  const far = metres - near
  // Sixty-thousandths of a unit: exact for metres and seconds alike.
  const kms = (BigInt(of.perKm) * near + BigInt(of.perKmBeyond) * far) * 60n
  const mins = BigInt(of.perMin) * secs * 1_000n
  let steps = 0n
  if (of.unit.metres > 0) {
    const [a, b] = [BigInt(of.unit.metres), BigInt(of.unit.secs || 1)]
    const filled = metres * b + (of.unit.secs > 0 ? secs * a : 0n)
    while (steps * a * b < filled) steps++
    if (of.unit.counts === 'full' && steps * a * b > filled) steps--
  }
  const base = BigInt(of.flag) * U
  const units = steps * BigInt(of.unit.amount) * U
  const way = floor((kms + mins) * U, 60_000n)
  const minimum = BigInt(of.minimum) * U
  const plain = base + way + units > minimum ? base + way + units : minimum
  const bp = BigInt(factor(document, trip))
  const due = floor(plain * bp, 10_000n)
  const step = BigInt(document.rounding.step) * U
  let fare = due
  if (step > 0n && document.rounding.mode !== 'none') {
    const rest = due % step
    const up = { 'half-up': rest * 2n >= step, up: rest > 0n, down: false }[document.rounding.mode]
    fare = due - rest + (up ? step : 0n)
  }
  const lines: Record<string, bigint> = {
    'fare/base/': base,
    'fare/distance/': floor(kms * U, 60_000n),
    'fare/time/': floor(mins * U, 60_000n),
    'fare/units/': units,
  }
  const sofar = Object.values(lines).reduce((a, b) => a + b, 0n)
  lines['fare/minimum/'] = plain - sofar > 1n ? plain - sofar : 0n
  lines['fare/factor/'] = due - plain
  lines['fare/rounding/'] = fare - Object.values(lines).reduce((a, b) => a + b, 0n)
  const last = trip.before?.last
  const change = document.transfers.find(
    ({ from, to, windowS, most }) =>
      last?.class === from &&
      trip.class === to &&
      trip.startedAtS - last.paidAtS >= 0 &&
      trip.startedAtS - last.paidAtS <= windowS &&
      last.transfers < most,
  )
  let left = fare
  const take = (key: string, off: bigint): void => {
    const taken = off > left ? left : off
    lines[key] = -taken
    left -= taken
  }
  take('fare/transfer/', BigInt(change?.discount ?? 0) * U)
  const concession = document.concessions.find(each => each.id === trip.concession)
  const off = concession ? floor(left * BigInt(concession.bp), 10_000n) : 0n
  const most = BigInt(concession?.most ?? 0) * U
  take(`fare/concession/${trip.concession ?? ''}`, most > 0n && off > most ? most : off)
  const rooms = [
    [document.caps.day, trip.before?.paidToday ?? 0n] as const,
    [document.caps.week, trip.before?.paidThisWeek ?? 0n] as const,
  ].flatMap(([cap, paid]) => (cap === 0 ? [] : [BigInt(cap) * U - paid]))
  const room = rooms.reduce((a, b) => (b < a ? b : a), left)
  take('fare/cap/', left - (room < 0n ? 0n : room))
  const late = trip.waitS > of.freeWaitS ? BigInt(trip.waitS - of.freeWaitS) : 0n
  lines['wait/wait/'] = floor(late * BigInt(of.waitPerMin) * U, 60n)
  charges(document, trip, left, of.isWav, lines)
  return Object.fromEntries(Object.entries(lines).filter(([, amount]) => amount !== 0n))
}

function factor(document: TariffDocument, trip: MeterTrip): number {
  const { isAllowed, minBp, maxBp } = document.upfront
  let bp = trip.bp
  if (bp === undefined || !isAllowed) {
    const clock = document.periods.find(period => falls(document, period, trip.startedAtS))?.multBp ?? 10_000
    const of = document.classes.find(each => each.id === trip.class)!
    const zone = document.zones.find(
      each => each.multBp !== 10_000 && spread(each.cells).has(fine(trip.path?.[0] ?? '')),
    )
    const all = BigInt(clock) * BigInt(trip.isPooled ? of.pooledBp : 10_000) * BigInt(zone?.multBp ?? 10_000)
    bp = Number(all / 100_000_000n)
  }
  return bp < minBp ? minBp : bp > maxBp ? maxBp : bp
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Minute, weekday and date of a moment by the tz database. */
function local(document: TariffDocument, unixS: number) {
  const { tz } = document.clock
  const format =
    formats.get(tz) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone: tz,
      hourCycle: 'h23',
      ...({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const),
    })
  formats.set(tz, format)
  const part = Object.fromEntries(format.formatToParts(unixS * 1_000).map(each => [each.type, each.value]))
  return {
    date: `${part.year}-${part.month}-${part.day}`,
    minute: Number(part.hour) * 60 + Number(part.minute),
  }
}

function falls(document: TariffDocument, window: TariffWindow, unixS: number): boolean {
  const { date, minute } = local(document, unixS)
  const overnight = window.toMin <= window.fromMin
  if (!overnight) return minute >= window.fromMin && minute < window.toMin && counts(document, window, date)
  if (minute >= window.fromMin) return counts(document, window, date)
  const eve = new Date(Date.parse(`${date}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  return minute < window.toMin && counts(document, window, eve)
}

function counts(document: TariffDocument, { days, holidays }: TariffWindow, date: string): boolean {
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay() || 7
  const isHoliday = document.holidays.includes(date)
  if (holidays === 'never' && isHoliday) return false
  if (holidays === 'only' && !isHoliday) return false
  return days.includes(weekday)
}

const spreads = new Map<readonly string[], Set<string>>()
function spread(cells: readonly string[]): Set<string> {
  const known = spreads.get(cells) ?? new Set(cells.flatMap(cell => cellToChildren(cell, FINE)))
  spreads.set(cells, known)
  return known
}
const fine = (cell: string): string => (cell === '' || getResolution(cell) < FINE ? '' : cellToParent(cell, FINE))

function charges(
  document: TariffDocument,
  trip: MeterTrip,
  fare: bigint,
  isWav: boolean,
  lines: Record<string, bigint>,
): void {
  const path = (trip.path ?? []).map(fine)
  const before = Object.values(lines).reduce((a, b) => a + b, 0n)
  const where = document.zones.map(zone => {
    const isIn = path.map(cell => spread(zone.cells).has(cell))
    const [from, to] = [isIn[0] === true, isIn.at(-1) === true]
    return { zone, from, to, past: !from && !to && isIn.includes(true) }
  })
  for (const { zone, from, to, past } of where)
    lines[`charge/zone/${zone.id}`] =
      BigInt((from ? zone.pickup : 0) + (to ? zone.dropoff : 0) + (past ? zone.through : 0)) * U
  for (const toll of document.tolls) {
    let passed = 0n
    path.forEach((cell, i) => {
      if (toll.gantries.some(({ from, to }) => from === path[i - 1] && to === cell)) passed++
    })
    lines[`charge/toll/${toll.id}`] = passed * BigInt(toll.amount) * U
  }
  for (const levy of document.levies) {
    if (levy.payer !== 'rider') continue
    if (levy.when.length > 0 && !levy.when.some(each => falls(document, each, trip.startedAtS))) continue
    if (levy.propulsion.length > 0 && trip.propulsion && !levy.propulsion.includes(trip.propulsion)) continue
    const hits = where.filter(({ zone, from, to, past }) => {
      const met = { pickup: from, dropoff: to, touch: from || to || past }[levy.where.at]
      return levy.where.zones.includes(zone.id) && met
    })
    if (levy.where.zones.length > 0 && hits.length === 0) continue
    lines[`charge/levy/${levy.id}`] = BigInt(levy.amount) * U + floor(fare * BigInt(levy.bp), 10_000n)
  }
  if (!isWav) lines['charge/access/'] = BigInt(document.access.perTrip) * U
  const all = Object.values(lines).reduce((a, b) => a + b, 0n) - before
  const most = BigInt(document.chargesMost) * U
  if (most > 0n && all > most) lines['charge/most/'] = most - all
}
