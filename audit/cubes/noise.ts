/** Random numbers in [0, 1). For what is published they come from a cryptographic source. */
export type Uniform = () => number

/**
 * Two-sided geometric noise, a whole number around 0: with `sensitivity` the most that one person changes a count, the
 * count is then `epsilon`-differentially private (Ghosh, Roughgarden, Sundararajan, STOC 2009).
 */
export function geometricNoise(epsilon: number, sensitivity: number, uniform: Uniform): number {
  const rate = -epsilon / sensitivity
  const oneSided = () => Math.floor(Math.log(1 - uniform()) / rate)
  return oneSided() - oneSided()
}
