import type { ComponentChildren } from 'preact'
import { ui } from '../ui-text.ts'
import { Button } from './Button.tsx'
import { Countdown } from './Countdown.tsx'
import { Distance, Duration } from './Measure.tsx'
import { Money } from './Money.tsx'

/** Properties of `HailCard`. */
export interface HailCardProps {
  /** What the driver gets after the levy. */
  readonly earn: bigint
  readonly currency?: string
  readonly pickupS: number
  readonly pickupM?: number
  readonly tripS: number
  readonly tripM: number
  /** «towards Pocitos», «north-east». */
  readonly direction: string
  readonly leftS: number
  readonly totalS: number
  readonly busy?: boolean
  readonly onAnswer: () => void
  readonly onPass: () => void
  /** Bounds of the offer, a stepper. */
  readonly children?: ComponentChildren
}

/** A rider's request as the driver reads it at a glance; one tap answers. */
export function HailCard(props: HailCardProps) {
  return (
    <article class="hail">
      <div class="hail-top">
        <div>
          <p class="muted small">{ui('pays')}</p>
          <p class="hail-pay">
            <Money amount={props.earn} {...(props.currency ? { currency: props.currency } : {})} />
          </p>
        </div>
        <Countdown leftS={props.leftS} totalS={props.totalS} size={84} />
      </div>
      <dl class="hail-facts">
        <div class="fact">
          <dt>{ui('toPickup')}</dt>
          <dd>
            <Duration seconds={props.pickupS} />
            {props.pickupM !== undefined && (
              <span class="fact-more">
                <Distance metres={props.pickupM} />
              </span>
            )}
          </dd>
        </div>
        <div class="fact">
          <dt>{ui('trip')}</dt>
          <dd>
            <Duration seconds={props.tripS} />
            <span class="fact-more">
              <Distance metres={props.tripM} />
            </span>
          </dd>
        </div>
        <div class="fact">
          <dt>{ui('direction')}</dt>
          <dd>{props.direction}</dd>
        </div>
      </dl>
      {props.children}
      <Button kind="primary" wide icon="check" busy={props.busy ?? false} onClick={props.onAnswer}>
        {ui('answer')}
      </Button>
      <Button wide onClick={props.onPass}>
        {ui('pass')}
      </Button>
    </article>
  )
}
