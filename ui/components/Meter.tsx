import { formatClock } from '../format/measure.ts'
import { Distance } from './Measure.tsx'
import { Money } from './Money.tsx'

/** Properties of `Meter`. */
export interface MeterProps {
  readonly label: string
  readonly fare: bigint
  readonly currency?: string
  readonly distanceM: number
  readonly durationS: number
}

/** The running fare, as rider and driver both see it. */
export function Meter({ label, fare, currency, distanceM, durationS }: MeterProps) {
  return (
    <section class="meter" aria-label={label}>
      <p class="muted small">{label}</p>
      <p class="meter-amount">
        <Money amount={fare} {...(currency ? { currency } : {})} />
      </p>
      <p class="meter-facts">
        <Distance metres={distanceM} />
        <span>{formatClock(durationS)}</span>
      </p>
    </section>
  )
}
