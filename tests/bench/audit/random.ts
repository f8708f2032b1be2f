import { createSeeded } from '@hexhail/sim/seeded.ts'

/** A number from 0 up to 1. */
export type Random = () => number

/** Seeded. */
export const createRandom = (seed: number): Random => createSeeded(seed).next
