import type { Seeded } from '../seeded.ts'

/** A normal number by the sum of twelve uniform ones: the same on every machine. */
export function normalOf(rng: Pick<Seeded, 'next'>): number {
  let sum = -6
  for (let i = 0; i < 12; i++) sum += rng.next()
  return sum
}
