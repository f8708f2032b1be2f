/** How many drivers hear a request from a place, roughly: `near` around it, `all` with those further away. */
export interface Hearers {
  readonly near: number
  readonly all: number
}

/**
 * Reads the relays' counts of a request's three widening steps; null where none tells. The last step asks whole regions,
 * in which the drivers of the first two are counted again.
 */
export function hearersOf(steps: readonly (number | null)[] | null): Hearers | null {
  if (!steps || steps.every(count => count === null)) return null
  const [own = 0, ring = 0, region = 0] = steps
  const near = (own ?? 0) + (ring ?? 0)
  return { near, all: Math.max(near, region ?? 0) }
}
