/** The `q`-quantile (0..1) of some figures, nearest rank; null of none. */
export function quantile(figures: readonly number[], q: number): number | null {
  const sorted = figures.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? null
}

/** Half of them are no greater, and 95 of 100: rounded, for a table. */
export const p50p95 = (figures: readonly number[]): string =>
  [0.5, 0.95].map(q => String(Math.round(quantile(figures, q) ?? Number.NaN)).padStart(6)).join(' / ')
