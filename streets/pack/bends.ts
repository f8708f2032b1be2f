import { packColumn, unpackColumn } from '../columns.ts'
import { GRAIN } from '../grain.ts'
import type { StreetTable } from '../street-table.ts'

/** What must be known of streets before their bends are. */
type Straight = Pick<StreetTable, 'junctionXy' | 'tail' | 'head' | 'geomFirst'>

/**
 * Packs the points between tail and head of all segments: what is stored of a point is how far it lies from where one
 * would look for it. That is the first of as many equal steps as are left on the straight way to the head; after the
 * first point, the middle between there and one more step like the last.
 */
export function packBends(streets: Straight, geomXy: Int32Array): Uint8Array {
  return packColumn(besideGuess(streets, geomXy, false), 'signed')
}

/** The points as they were. @throws {RangeError} where the bytes hold no such points */
export function unpackBends(streets: Straight, bytes: Uint8Array): Int32Array {
  const aside = unpackColumn(bytes, 'signed')
  if (streets.geomFirst.at(-1)! * 2 !== aside.length)
    throw new RangeError(`${streets.geomFirst.at(-1)} points have ${aside.length} coordinates.`)
  return besideGuess(streets, aside, true)
}

/** Coordinates to what they lie aside of the guess in steps of the grid, or back (`isBack`). 32-bit arithmetic only. */
function besideGuess(
  { junctionXy, tail, head, geomFirst }: Straight,
  given: Int32Array,
  isBack: boolean,
): Int32Array {
  const made = new Int32Array(given.length)
  for (let s = 0; s < tail.length; s++) {
    const first = 2 * geomFirst[s]!
    const end = 2 * geomFirst[s + 1]!
    if (first === end) continue
    for (let axis = 0; axis < 2; axis++) {
      const goal = (junctionXy[2 * head[s]! + axis]! / GRAIN) | 0
      let here = (junctionXy[2 * tail[s]! + axis]! / GRAIN) | 0
      let step = 0
      let left = ((end - first) >> 1) + 1
      for (let k = first + axis; k < end; k += 2, left--) {
        const toGoal = (here + (((goal - here) / left) | 0)) | 0
        const guess = k < first + 2 ? toGoal : (toGoal + here + step) >> 1
        const next = isBack ? (guess + given[k]!) | 0 : (given[k]! / GRAIN) | 0
        made[k] = isBack ? next * GRAIN : next - guess
        step = (next - here) | 0
        here = next
      }
    }
  }
  return made
}
