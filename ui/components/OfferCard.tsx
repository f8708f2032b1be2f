import type { ComponentChildren } from 'preact'
import { formatDuration } from '../format/measure.ts'
import { locale } from '../locale.ts'
import { ui } from '../ui-text.ts'
import { Chip } from './Chip.tsx'
import { Icon } from './Icon.tsx'
import { Money } from './Money.tsx'
import { StarsShown } from './Stars.tsx'

/** Properties of `OfferCard`. */
export interface OfferCardProps {
  /** Null for a booked ride: the driver comes at its time. */
  readonly etaS: number | null
  readonly fare: bigint
  readonly currency?: string
  /** Car in words: «white Suzuki Swift». */
  readonly car: string
  readonly ratingHundredths: number | null
  readonly trips?: ComponentChildren
  readonly state?: 'open' | 'chosen' | 'held' | 'gone'
  readonly onChoose?: () => void
  readonly testId?: string
}

/** A driver's answer: minutes, all-in fare, car, record. The whole card is the button. */
export function OfferCard(props: OfferCardProps) {
  const { state = 'open', etaS } = props
  return (
    <button
      type="button"
      class="offer"
      data-testid={props.testId}
      aria-pressed={state === 'chosen' || state === 'held'}
      disabled={state === 'gone'}
      onClick={props.onChoose}
    >
      <span class="offer-eta" aria-hidden="true">
        {etaS === null ? (
          <Icon name="clock" />
        ) : (
          <>
            {Math.max(1, Math.ceil(etaS / 60))}
            <small>{ui('minAway')}</small>
          </>
        )}
      </span>
      <span class="offer-name truncate">{props.car}</span>
      <span class="offer-price">
        <Money amount={props.fare} {...(props.currency ? { currency: props.currency } : {})} />
      </span>
      <span class="offer-facts">
        {etaS !== null && (
          <span class="visually-hidden">{ui('etaAway', { eta: formatDuration(etaS, locale.value) })}</span>
        )}
        <StarsShown hundredths={props.ratingHundredths} />
        {props.trips !== undefined && <span>{props.trips}</span>}
        {state === 'held' && (
          <Chip tone="good" icon="lock">
            {ui('held')}
          </Chip>
        )}
        {state === 'chosen' && (
          <Chip tone="accent" icon="check">
            {ui('chosen')}
          </Chip>
        )}
        {state === 'gone' && <Chip tone="warn">{ui('gone')}</Chip>}
      </span>
    </button>
  )
}
