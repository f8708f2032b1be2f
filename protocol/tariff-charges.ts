import { TARIFF_UNIT } from './tariff.ts'
import { holidaysOf, inWindow, tariffTime } from './tariff-clock.ts'
import type { TariffDocument } from './tariff-document.ts'
import type { MeterLine, MeterTrip } from './tariff-meter.ts'
import { crossings, touchOf, type ZoneTouch } from './tariff-places.ts'
import { classOf } from './tariff-way.ts'

/** What comes on top of a fare: zones, tolls, levies that riders pay, access; bounded by `chargesMost`. */
export function chargeLines(doc: TariffDocument, trip: MeterTrip, fare: bigint): MeterLine[] {
  const touches = zoneTouches(doc, trip)
  const lines = [
    ...doc.zones.flatMap((zone, i) => zoneLines(zone, touches[i]!)),
    ...tollLines(doc, trip),
    ...doc.levies
      .filter(levy => levy.payer === 'rider' && isDue(doc, levy, trip, touches))
      .map(({ id, bp, amount }) => charge('levy', id, (fare * BigInt(bp)) / 10_000n + money(amount))),
    ...(classOf(doc, trip.class).isWav ? [] : [charge('access', '', money(doc.access.perTrip))]),
  ].filter(each => each.amount !== 0n)
  const most = money(doc.chargesMost)
  const whole = lines.reduce((all, each) => all + each.amount, 0n)
  return most > 0n && whole > most ? [...lines, charge('most', '', most - whole)] : lines
}

const zoneTouches = (doc: TariffDocument, trip: MeterTrip): ZoneTouch[] =>
  doc.zones.map(zone => touchOf(zone, trip.path ?? []))

function zoneLines(zone: TariffDocument['zones'][number], touch: ZoneTouch): MeterLine[] {
  const amount =
    (touch.pickup ? zone.pickup : 0) + (touch.dropoff ? zone.dropoff : 0) + (touch.through ? zone.through : 0)
  return [charge('zone', zone.id, money(amount))]
}

const tollLines = (doc: TariffDocument, trip: MeterTrip): MeterLine[] =>
  doc.tolls.map(toll =>
    charge('toll', toll.id, money(toll.amount) * BigInt(crossings(toll, trip.path ?? []))),
  )

/** Whether a levy's hours, places and drive are those of a trip. A drive that is not known pays. */
function isDue(
  doc: TariffDocument,
  { when, where, propulsion }: TariffDocument['levies'][number],
  trip: MeterTrip,
  touches: readonly ZoneTouch[],
): boolean {
  const at = tariffTime(doc, trip.startedAtS)
  const holidays = holidaysOf(doc)
  if (when.length > 0 && !when.some(window => inWindow(window, at, holidays))) return false
  if (propulsion.length > 0 && trip.propulsion !== undefined && !propulsion.includes(trip.propulsion))
    return false
  if (where.zones.length === 0) return true
  return doc.zones.some((zone, i) => {
    const { pickup, dropoff, through } = touches[i]!
    if (!where.zones.includes(zone.id)) return false
    return where.at === 'pickup' ? pickup : where.at === 'dropoff' ? dropoff : pickup || dropoff || through
  })
}

const charge = (key: MeterLine['key'], id: string, amount: bigint): MeterLine => ({
  part: 'charge',
  key,
  id,
  amount,
})
const money = (units: number): bigint => BigInt(units) * TARIFF_UNIT
