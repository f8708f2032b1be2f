import { receiptTotal } from '@hexhail/protocol/quote.ts'
import { fareAtEnd } from '@hexhail/protocol/ride-fare.ts'
import { DEADLINE_S } from '@hexhail/protocol/trip.ts'
import { tariffOf } from '@hexhail/protocol/trip-tariff.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Countdown } from '@hexhail/ui/components/Countdown.tsx'
import { Spinner } from '@hexhail/ui/components/Spinner.tsx'
import { money } from '../money.ts'
import { DrivePanel } from '../parts/DrivePanel.tsx'
import { TripChat } from '../parts/TripChat.tsx'
import { TripNotice } from '../parts/TripNotice.tsx'
import { t } from '../text.ts'
import type { ScreenProps } from './Screen.tsx'

/** How long a tip is waited for before the client settles by itself, seconds (protocol/driver-tick.ts). */
const TIP_S = 20
/** A transaction is waited for this long before the buttons come back, ms. */
const TRY_MS = 15_000

/** At the end: the final signature, a tip perhaps, then the settlement. */
export function Finished({ model, onCovered }: ScreenProps) {
  const { trip } = model.client.shift.value
  if (!trip) return null
  const due = fareAtEnd(tariffOf(model.rules, trip.byDocument, trip.concession), trip, trip.early)
  const signed = trip.receipt?.receipt ?? null
  const paid = signed !== null && signed.fare >= due
  const tried = trip.triedAtMs > 0 && model.clock.value - trip.triedAtMs < TRY_MS
  const settling = tried && trip.notice !== 'txFailed'
  const silent = !paid && trip.notice === 'riderSilent'
  const pastS = (model.clock.value - trip.finishedAtMs) / 1000
  const totalS = paid ? TIP_S : DEADLINE_S.finalReceipt
  const state = settling ? 'settling' : silent ? 'silent' : paid ? 'signed' : 'waiting'
  return (
    <DrivePanel
      key={state}
      label={t('finished')}
      title={silent ? t('silentTitle') : t('finished')}
      onCovered={onCovered}
      foot={
        settling ? null : silent ? (
          <>
            {signed && (
              <Button kind="primary" wide testId="settle" onClick={() => void model.act({ type: 'settle' })}>
                {t('settleHave', { fare: money(receiptTotal(signed)) })}
              </Button>
            )}
            <Button
              wide
              kind={signed ? 'plain' : 'primary'}
              testId="claim"
              onClick={() => void model.act({ type: 'claim' })}
            >
              {t('claimAll', { fare: money(due) })}
            </Button>
          </>
        ) : (
          paid && (
            <Button kind="primary" wide testId="settle" onClick={() => void model.act({ type: 'settle' })}>
              {t('settleNow')}
            </Button>
          )
        )
      }
    >
      <div class="stack" data-testid="settle-state" data-state={state}>
        <p class="big center" data-testid="final-fare">
          {money(signed && paid ? receiptTotal(signed) : due)}
        </p>
        {settling ? (
          <Spinner label={signed?.tip ? t('tipIn', { tip: money(signed.tip) }) : t('settling')} />
        ) : silent ? (
          <div class="stack-tight" role="status">
            {signed && <p>{t('silentHave', { fare: money(receiptTotal(signed)) })}</p>}
            <p>{t('silentClaim', { fare: money(due) })}</p>
          </div>
        ) : (
          <div class="row" role="status">
            <Countdown leftS={Math.max(0, totalS - pastS)} totalS={totalS} size={84} />
            <p class="grow">
              {paid
                ? t('signed', { fare: money(receiptTotal(signed)) })
                : t('finalWait', { fare: money(due) })}
            </p>
          </div>
        )}
        <TripNotice model={model} />
        <TripChat model={model} />
      </div>
    </DrivePanel>
  )
}
