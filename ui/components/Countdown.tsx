import { formatClock } from '../format/measure.ts'
import { ui } from '../ui-text.ts'

/** Properties of `Countdown`. */
export interface CountdownProps {
  /** Seconds left; the page's clock drives it. */
  readonly leftS: number
  readonly totalS: number
  readonly size?: number
}

/** Time left as a ring and as text. */
export function Countdown({ leftS, totalS, size = 72 }: CountdownProps) {
  const radius = size / 2 - 4
  const round = 2 * Math.PI * radius
  const left = Math.max(0, leftS)
  const share = totalS > 0 ? Math.min(1, left / totalS) : 0
  const label = ui('seconds', { n: Math.ceil(left) })
  return (
    <span class="countdown" role="timer" aria-label={label} data-low={left <= 5 ? '' : undefined}>
      <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`} aria-hidden="true">
        <circle cx={size / 2} cy={size / 2} r={radius} />
        <circle
          class="countdown-rest"
          cx={size / 2}
          cy={size / 2}
          r={radius}
          stroke-dasharray={round}
          stroke-dashoffset={round * (1 - share)}
          transform={`rotate(-90 ${size / 2} ${size / 2})`}
        />
      </svg>
      <span class="countdown-text" aria-hidden="true">
        {left >= 60 ? formatClock(left) : Math.ceil(left)}
      </span>
    </span>
  )
}
