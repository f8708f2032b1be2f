import { hexDigits } from '@hexhail/protocol/hex.ts'
import { FILED, type TripColumns } from '../trip-columns.ts'

/** H3 index of the cell in which a trip began, as h3-js writes it. */
export const pickupOf = (t: TripColumns, row: number): string =>
  t.pickupCell[2 * row + 1]!.toString(16) + t.pickupCell[2 * row]!.toString(16).padStart(8, '0')

/** Account of a driver. */
export const driverOf = (t: TripColumns, row: number): string =>
  `0x${hexDigits(t.driver.subarray(20 * row, 20 * row + 20))}`

/** Account of a rider. */
export const riderOf = (t: TripColumns, row: number): string =>
  `0x${hexDigits(t.rider.subarray(20 * row, 20 * row + 20))}`

/** Rows of trips that were driven and whose record was opened. */
export function* drivenRows(t: TripColumns): Generator<number> {
  for (let row = 0; row < t.rows; row++)
    if (t.filed[row] === FILED.opened && t.startedAtS[row]! > 0) yield row
}
