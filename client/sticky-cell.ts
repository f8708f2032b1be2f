import { cellAt, distanceToCellM } from '@hexhail/protocol/cells.ts'
import { type LngLat, shifted } from '@hexhail/protocol/geo.ts'

/** Resolution of the cell that a driver's times are counted from, 0.6 to 0.9 km². */
const STICKY_RES = 8
/** The cell is that of a place up to so far from the car, metres. */
const BLUR_M = 250
/** It is kept until the car is so far outside, drawn anew each time, metres. */
const LEAST_M = 250
const MOST_M = 400

/**
 * The coarse cell of a moving car: of a place near it, drawn when the cell is chosen, so that the car may be outside.
 * It changes only well behind the border, at a distance that nobody else knows: else the moment of the change would
 * tell that the car was just then on the border. Asking again brings nothing new: nothing is drawn in between.
 */
export function createStickyCell(random: () => number): (place: LngLat) => string {
  let cell: string | null = null
  let marginM = 0
  return place => {
    if (cell === null || (cellAt(place, STICKY_RES) !== cell && distanceToCellM(place, cell) > marginM)) {
      const [farM, turn] = [BLUR_M * Math.sqrt(random()), 2 * Math.PI * random()]
      cell = cellAt(shifted(place, farM * Math.cos(turn), farM * Math.sin(turn)), STICKY_RES)
      marginM = LEAST_M + random() * (MOST_M - LEAST_M)
    }
    return cell
  }
}
