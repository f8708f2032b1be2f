import { PROPULSIONS } from './record-table.ts'
import { chargeLines } from './tariff-charges.ts'
import type { TariffDocument } from './tariff-document.ts'
import type { MeterLine, MeterTrip } from './tariff-meter.ts'
import { touchOf } from './tariff-places.ts'
import type { ClassDocument } from './trip-tariff.ts'

/** What zones, tolls and levies on top of a fare look at. */
export interface ChargedRide {
  readonly path: readonly string[]
  readonly startedAtS: number
  /** Place in `PROPULSIONS`. */
  readonly propulsion: number
  /** Minor units, after any concession. */
  readonly fare: bigint
  /** The most that the charges can be: what the hold has left. */
  readonly room: bigint
  /** False while it drives: then the tolls passed alone are due, since where it ends is not known. */
  readonly isOver: boolean
}

/** What a ride pays on top of its fare by the document, line by line; a line `most` below zero where a bound cuts it. */
export function rideCharges({ document, class: id }: ClassDocument, ride: ChargedRide): MeterLine[] {
  const { path, startedAtS, propulsion, fare, room, isOver } = ride
  const drive = PROPULSIONS[propulsion]
  const trip: MeterTrip = {
    class: id,
    startedAtS,
    segments: [],
    waitS: 0,
    path,
    ...(drive !== undefined && drive !== 'unknown' && { propulsion: drive }),
  }
  const lines = chargeLines(isOver ? document : tollsOf(document), trip, fare)
  const over = lines.reduce((sum, { amount }) => sum + amount, 0n) - (room > 0n ? room : 0n)
  return over > 0n ? [...lines, { part: 'charge', key: 'most', id: '', amount: -over }] : lines
}

const tollsOf = (document: TariffDocument): TariffDocument => ({
  ...document,
  zones: [],
  levies: [],
  access: { ...document.access, perTrip: 0 },
})

/** Places in the document of the zones that a way touches, in the order of the document. */
export const zonesOn = ({ zones }: TariffDocument, path: readonly string[]): number[] =>
  zones.flatMap((zone, z) => {
    const { pickup, dropoff, through } = touchOf(zone, path)
    return pickup || dropoff || through ? [z] : []
  })
