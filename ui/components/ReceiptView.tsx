import type { ComponentChildren } from 'preact'
import { formatMoment } from '../format/measure.ts'
import { locale } from '../locale.ts'
import { ui } from '../ui-text.ts'
import { Card } from './Card.tsx'
import { CopyText } from './CopyText.tsx'
import { FareTable, type FareTableProps } from './FareTable.tsx'
import { Distance, Duration } from './Measure.tsx'

/** Properties of `ReceiptView`. */
export interface ReceiptViewProps {
  readonly atMs: number
  readonly distanceM: number
  readonly durationS: number
  readonly fare: Pick<FareTableProps, 'lines' | 'total' | 'currency'>
  /** What the chain says about it; absent while it is not settled. */
  readonly proof?: { readonly tripId: string; readonly txHash?: string; readonly block?: number }
  readonly children?: ComponentChildren
}

/** A receipt: when, how far, line by line, and where the chain proves it. */
export function ReceiptView({ atMs, distanceM, durationS, fare, proof, children }: ReceiptViewProps) {
  return (
    <Card label={ui('receipt')}>
      <p class="row-spread muted">
        <span>{formatMoment(atMs, locale.value)}</span>
        <span>
          <Distance metres={distanceM} />
          {' · '}
          <Duration seconds={durationS} />
        </span>
      </p>
      <FareTable {...fare} exact />
      {proof && (
        <dl class="proof" aria-label={ui('proof')}>
          <dt>{ui('tripId')}</dt>
          <dd>
            <CopyText text={proof.tripId} />
          </dd>
          {proof.txHash !== undefined && (
            <>
              <dt>{ui('transaction')}</dt>
              <dd>
                <CopyText text={proof.txHash} />
              </dd>
            </>
          )}
          {proof.block !== undefined && (
            <>
              <dt>{ui('block')}</dt>
              <dd class="num">{proof.block}</dd>
            </>
          )}
        </dl>
      )}
      {children}
    </Card>
  )
}
