/** The width of a degree of longitude is kept in parts of this, so that every machine rounds to the same. */
const SHRINK_STEPS = 65_536

/** How wide a degree of longitude is, as a share of one of latitude. */
export function shrinkAt(latDeg: number): number {
  return Math.round(Math.cos((latDeg * Math.PI) / 180) * SHRINK_STEPS) / SHRINK_STEPS
}
