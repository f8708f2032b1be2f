/** A figure with what it may truly be, beside others' figure. Drawn only: the numbers stand in the row as text. */
export function IntervalBar({
  value,
  low,
  high,
  baseline,
  most,
}: {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly baseline?: number
  /** What fills the width. */
  readonly most: number
}) {
  const x = (figure: number): number => (most > 0 ? Math.min(100, Math.max(0, (100 * figure) / most)) : 0)
  return (
    <svg class="interval" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
      <rect class="interval-value" x="0" y="3" width={x(value)} height="6" />
      <rect class="interval-span" x={x(low)} y="5.25" width={Math.max(0.4, x(high) - x(low))} height="1.5" />
      {baseline !== undefined && (
        <rect class="interval-others" x={x(baseline)} y="0" width="0.6" height="12" />
      )}
    </svg>
  )
}
