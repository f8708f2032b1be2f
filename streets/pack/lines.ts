import { packColumn, unpackColumn } from '../columns.ts'
import { GRAIN } from '../grain.ts'

/** Packs places (interleaved, millionths of a degree, on the grid): each as the step from the one before. */
export function packPlaces(xy: Int32Array): Uint8Array {
  return packColumn(
    xy.map(v => v / GRAIN),
    'delta2',
  )
}

/** Places as they were. @throws {RangeError} where the bytes hold none */
export function unpackPlaces(bytes: Uint8Array): Int32Array {
  return spread(unpackColumn(bytes, 'delta2'))
}

/**
 * Packs lines of `points` points each: what is stored of a point is how far it lies from where one would look for it.
 * A line begins near where the one before began; then it goes on half as far as it just went; a ring (`closed`) ends
 * where it began.
 */
export function packLines(points: Int32Array, xy: Int32Array, closed: boolean): Uint8Array {
  return packColumn(
    besideGuess(
      points,
      xy.map(v => v / GRAIN),
      closed,
      false,
    ),
    'signed',
  )
}

/** Lines as they were. @throws {RangeError} where the bytes hold no such lines */
export function unpackLines(points: Int32Array, bytes: Uint8Array, closed: boolean): Int32Array {
  const aside = unpackColumn(bytes, 'signed')
  let count = 0
  for (let i = 0; i < points.length; i++) count += points[i]!
  if (count * 2 !== aside.length) throw new RangeError(`${count} points have ${aside.length} coordinates.`)
  return spread(besideGuess(points, aside, closed, true))
}

/** Steps of the grid to millionths of a degree, in place. */
function spread(xy: Int32Array): Int32Array {
  for (let i = 0; i < xy.length; i++) xy[i]! *= GRAIN
  return xy
}

/** Coordinates to what they lie aside of the guess, or back (`isBack`). */
function besideGuess(points: Int32Array, given: Int32Array, closed: boolean, isBack: boolean): Int32Array {
  const made = new Int32Array(given.length)
  const known = isBack ? made : given
  let before = 0
  let at = 0
  for (let i = 0; i < points.length; i++) {
    const count = points[i]!
    const start = at
    const last = closed && count > 3 ? at + 2 * count - 2 : -1
    for (const end = at + 2 * count; at < end; at += 2) {
      for (let k = at; k < at + 2; k++) {
        const axis = k - at
        let guess = 0
        if (at === start) guess = at === 0 ? 0 : known[before + axis]!
        else if (at === last) guess = known[start + axis]!
        else if (at === start + 2) guess = known[k - 2]!
        else guess = known[k - 2]! + ((known[k - 2]! - known[k - 4]!) >> 1)
        made[k] = isBack ? guess + given[k]! : given[k]! - guess
      }
    }
    if (count > 0) before = start
  }
  return made
}
