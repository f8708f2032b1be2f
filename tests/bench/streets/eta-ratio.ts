import { quantile } from '../quantile.ts'

/** Says how our times lie to another engine's, ours divided by theirs, and why. */
export function sayEtaRatio(ours: readonly number[], theirs: readonly (number | null)[]): void {
  const ratios = ours.flatMap((s, i) => (theirs[i] && s < Infinity ? [s / theirs[i]] : []))
  const at = (q: number): string => (quantile(ratios, q) ?? Number.NaN).toFixed(3)
  console.log(
    `ETA, ours / Valhalla’s, ${ratios.length} of ${ours.length} pairs that both can drive: ` +
      `median ${at(0.5)}, p5 ${at(0.05)}, p95 ${at(0.95)}.`,
  )
  console.log(
    '  Why not 1 (our reading, not measured): we take 80 % of a signed limit or the OSRM car profile’s speed of the class, and OSRM’s turn times; ' +
      'Valhalla takes limits whole, its own speeds by class, place and density, and other costs of turns; it also ' +
      'weighs comfort, so its way need not be the quickest. What is exact is the ratio to Dijkstra: 1.',
  )
}
