import type { Assignment, AssignProblem } from './problem.ts'

/**
 * Whether prices that prove an assignment are the least that do. A price is held up where it is 0, or where a rider likes
 * the driver just as well as what he has, and that is nothing, or a driver whose price is held up.
 */
export function isLeast(
  { from, driver, weight }: AssignProblem,
  { driverOf, priceOf }: Pick<Assignment, 'driverOf' | 'priceOf'>,
  dualOf: Float64Array,
): boolean {
  const drivers = priceOf.length
  const isHeld = new Uint8Array(drivers)
  const held: number[] = []
  const hold = (d: number): void => {
    if (isHeld[d] === 0) held.push(d)
    isHeld[d] = 1
  }
  for (let d = 0; d < drivers; d++) if (priceOf[d] === 0) hold(d)
  /** Drivers whose price is held up if that of `d` is: a list from `first[d]` on. */
  const first = new Int32Array(drivers).fill(-1)
  const next: number[] = []
  const wanted: number[] = []
  for (let r = 0; r < dualOf.length; r++) {
    const own = driverOf[r]!
    const dual = dualOf[r]!
    for (let e = from[r]!; e < from[r + 1]! && weight[e]! <= dual; e++) {
      const d = driver[e]!
      if (d === own || weight[e]! + priceOf[d]! !== dual) continue
      if (own === -1) hold(d)
      else {
        next.push(first[own]!)
        first[own] = wanted.push(d) - 1
      }
    }
  }
  let count = 0
  for (let d = held.pop(); d !== undefined; d = held.pop(), count++)
    for (let link = first[d]!; link !== -1; link = next[link]!) hold(wanted[link]!)
  return count === drivers
}
