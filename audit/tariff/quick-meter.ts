import { holidaysOf, inWindow, tariffTime } from '@hexhail/protocol/tariff-clock.ts'
import type { TariffDocument, TariffWindow } from '@hexhail/protocol/tariff-document.ts'
import { type MeterTrip, meter } from '@hexhail/protocol/tariff-meter.ts'
import { touchOf } from '@hexhail/protocol/tariff-places.ts'
import { classOf } from '@hexhail/protocol/tariff-way.ts'
import type { TripColumns } from './trip-columns.ts'

/** What one past trip costs, minor units as exact doubles. Written anew for each trip: read it at once. */
export interface QuickFare {
  fare: number
  wait: number
  charge: number
  /** Out of the fare. */
  levy: number
}

const UNIT = 10_000
/** Beyond these a product may leave the exact doubles: such a trip is metered the long way. */
const METRES = 1_000_000
const SECS = 100_000
const PLAIN = 2 ** 36
const WEEK = 10_080
const MONDAY = 4 // days since 1970 of the first Monday

/** `meter` for trips in columns, without the lines and without bigints; gives the same amounts. */
export function quickMeter(whole: TariffDocument, trips: TripColumns): (i: number) => QuickFare {
  const doc = { ...whole, tolls: [] } // only the ends of past trips are known
  const classes = trips.classes.map(id => classOf(doc, id === '' ? doc.classes[0]!.id : id))
  const clock = weekTables(
    windows => doc.periods.find(period => windows(period))?.multBp ?? 10_000,
    doc.periods.length,
  )
  const levies = doc.levies
    .filter(levy => levy.payer === 'rider')
    .map(levy => ({
      ...levy,
      due: weekTables(
        windows => (levy.when.length === 0 || levy.when.some(windows) ? 1 : 0),
        levy.when.length,
      ),
      zones: doc.zones.flatMap((zone, z) => (levy.where.zones.includes(zone.id) ? [z] : [])),
    }))
  const shares = doc.levies.filter(levy => levy.payer === 'fare')
  const shareBp = shares.reduce((all, levy) => all + levy.bp, 0)
  const shareFlat = shares.reduce((all, levy) => all + levy.amount, 0) * UNIT
  const inZone = doc.zones.map(zone =>
    Uint8Array.from(trips.cells, cell => (touchOf(zone, [cell]).pickup ? 1 : 0)),
  )
  const holidays = holidaysOf(doc)
  const { minBp, maxBp } = doc.upfront
  const step = doc.rounding.mode === 'none' ? 0 : doc.rounding.step * UNIT
  const up =
    doc.rounding.mode === 'up' ? step - 1 : doc.rounding.mode === 'half-up' ? Math.floor(step / 2) : 0
  const room = Math.min(doc.caps.day || 2 ** 30, doc.caps.week || 2 ** 30) * UNIT
  const out: QuickFare = { fare: 0, wait: 0, charge: 0, levy: 0 }

  const slow = (i: number): QuickFare => {
    const ends = [trips.pickup[i]!, trips.dropoff[i]!].map(index => trips.cells[index])
    const isKnown = ends.every(cell => cell !== undefined)
    const trip: MeterTrip = {
      class: classes[trips.class[i]!]!.id,
      startedAtS: trips.startedAtS[i]!,
      segments: [{ metres: trips.metres[i]!, secs: trips.secs[i]! }],
      waitS: trips.waitS[i]!,
      ...(isKnown && { path: ends as string[] }),
    }
    const metered = meter(doc, trip)
    out.fare = Number(metered.fare)
    out.wait = Number(metered.wait)
    out.charge = Number(metered.charge)
    out.levy = Number(metered.shares.reduce((all, share) => all + share.amount, 0n))
    return out
  }

  return i => {
    const of = classes[trips.class[i]!]!
    let metres = trips.metres[i]!
    let secs = trips.secs[i]!
    const late = trips.waitS[i]! - of.freeWaitS
    if (metres > METRES || secs > SECS || late > SECS) return slow(i)
    if (doc.meter === 'S') {
      if (metres * 3_600 >= of.changeoverMh * secs) secs = 0
      else metres = 0
    }
    const near = of.sectionM === 0 ? metres : Math.min(metres, of.sectionM)
    const km = of.perKm * near + of.perKmBeyond * (metres - near)
    let plain = of.flag * UNIT + whole6(km * 60 + of.perMin * secs * 1_000)
    if (of.unit.metres > 0) {
      const bySecs = of.unit.secs || 1
      const filled = metres * bySecs + (of.unit.secs > 0 ? secs * of.unit.metres : 0)
      const full = of.unit.metres * bySecs
      if (filled > 2 ** 52 || full > 2 ** 52) return slow(i)
      const begun = of.unit.counts === 'begun' && filled % full > 0 ? 1 : 0
      plain += ((filled - (filled % full)) / full + begun) * of.unit.amount * UNIT
    }
    plain = Math.max(plain, of.minimum * UNIT)
    if (plain > PLAIN) return slow(i)

    const at = tariffTime(doc, trips.startedAtS[i]!)
    const minute = (at.weekday - 1) * 1_440 + at.minute
    const kind = (holidays.has(at.day) ? 1 : 0) + (holidays.has(at.day - 1) ? 2 : 0)
    const [from, to] = [trips.pickup[i]!, trips.dropoff[i]!]
    const hasEnds = from >= 0 && to >= 0
    let zoneBp = 10_000
    let charge = of.isWav ? 0 : doc.access.perTrip
    for (let z = 0; hasEnds && z < doc.zones.length; z++) {
      const zone = doc.zones[z]!
      const starts = inZone[z]![from] === 1
      if (starts && zoneBp === 10_000) zoneBp = zone.multBp
      if (starts) charge += zone.pickup
      if (inZone[z]![to] === 1) charge += zone.dropoff
    }
    const usual = (clock[kind]![minute]! * zoneBp - ((clock[kind]![minute]! * zoneBp) % 10_000)) / 10_000
    const bp = Math.min(maxBp, Math.max(minBp, usual))
    let fare = (plain * bp - ((plain * bp) % 10_000)) / 10_000
    if (step > 0) fare = fare + up - ((fare + up) % step)
    fare = Math.min(fare, room)

    charge *= UNIT
    for (const levy of levies) {
      if (levy.due[kind]![minute] === 0) continue
      if (levy.where.zones.length > 0) {
        const { at: where } = levy.where
        const met =
          hasEnds &&
          levy.zones.some(
            z =>
              (where !== 'dropoff' && inZone[z]![from] === 1) || (where !== 'pickup' && inZone[z]![to] === 1),
          )
        if (!met) continue
      }
      charge += (fare * levy.bp - ((fare * levy.bp) % 10_000)) / 10_000 + levy.amount * UNIT
    }
    const most = doc.chargesMost * UNIT
    out.fare = fare
    out.wait = late <= 0 ? 0 : (late * of.waitPerMin * 500 - ((late * of.waitPerMin * 500) % 3)) / 3
    out.charge = most > 0 ? Math.min(charge, most) : charge
    out.levy = Math.min(fare, (fare * shareBp - ((fare * shareBp) % 10_000)) / 10_000 + shareFlat)
    return out
  }
}

/** A sixth, floored: tariff units of 1/60,000 into minor units. */
const whole6 = (sixths: number): number => (sixths - (sixths % 6)) / 6

/**
 * A number for each minute of the week, by kind of day: bit 0 the day is a holiday, bit 1 the one before was. `windows`
 * tells whether a window holds then.
 */
function weekTables(
  value: (windows: (window: TariffWindow) => boolean) => number,
  count: number,
): readonly Uint16Array[] {
  return [0, 1, 2, 3].map(kind => {
    const table = new Uint16Array(WEEK)
    for (let minute = 0; minute < WEEK; minute++) {
      const day = MONDAY + Math.floor(minute / 1_440)
      const at = { day, weekday: Math.floor(minute / 1_440) + 1, minute: minute % 1_440 }
      const holidays = new Set([...(kind & 1 ? [day] : []), ...(kind & 2 ? [day - 1] : [])])
      if (count > 0 || minute === 0) table[minute] = value(window => inWindow(window, at, holidays))
      else table[minute] = table[0]!
    }
    return table
  })
}
