import { least, number } from '../answer.ts'
import { isZero } from '../byte-read.ts'
import { LOOK, type TripCheck } from '../check.ts'
import { hexOrNull } from '../trip-case.ts'
import { FILED } from '../trip-columns.ts'

/** P2: the car that the record names was inspected, insured and of a class that its plate allows. */
export const permitVehicle: TripCheck = {
  id: 'P2',
  name: 'permit.vehicle',
  kind: 'proof',
  scope: 'trip',
  says: "The car's inspection, insurance or plate class was not valid when the trip was agreed on.",
  needs: ['vehicles'],
  look(t, i, { tariff, vehicles }) {
    if (vehicles === null || t.filed[i] !== FILED.opened || t.acceptedAtS[i] === 0) return LOOK.notAsked
    const authority = tariff(t.tariff[i]!)?.tariff.authority
    if (authority === undefined || isZero(t.vehicle, 32 * i, 32)) return LOOK.notAsked
    const atS = t.acceptedAtS[i]!
    for (const { span } of vehicles.of(t.vehicle, 32 * i)) {
      if (atS < span.fromS || atS >= span.untilS || !isSame(span.authority, authority)) continue
      if (span.classes === null || span.classes.includes(t.vehicleClass[i]!)) return LOOK.clean
    }
    return LOOK.suspect
  },
  ask({ settled, record }, { books, tariff }) {
    const authority = tariff(settled.tariff)?.tariff.authority
    const named = record && hexOrNull(record.vehicle)
    if (
      books.vehicles === null ||
      record === null ||
      record.acceptedAtMs === 0 ||
      named === null ||
      authority === undefined
    )
      return []
    const atS = record.acceptedAtMs / 1_000
    const valid = books.vehicles.filter(
      span =>
        isSame(span.credential, named) &&
        isSame(span.authority, authority) &&
        (span.classes === null || span.classes.includes(record.vehicleClass)) &&
        atS >= span.fromS &&
        atS < span.untilS,
    )
    return [least('VEHICLE', number(1), number(valid.length))]
  },
}

const isSame = (a: string, b: string): boolean => a === b || a.toLowerCase() === b.toLowerCase()
