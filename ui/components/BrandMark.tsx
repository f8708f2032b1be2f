/** The mark: a hexagon (a cell) with a raised hand's stroke (a hail). */
export function BrandMark({ size = 28 }: { size?: number }) {
  return (
    <svg class="brand-mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path d="M16 1.5 28.6 8.750v14.5L16 30.5 3.4 23.250V8.750z" fill="currentColor" />
      <path
        d="M11 23V9m10 14V9M11 16h10"
        fill="none"
        stroke="#1b1503"
        stroke-width="3.6"
        stroke-linecap="round"
      />
    </svg>
  )
}
