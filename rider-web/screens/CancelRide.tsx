import { Button } from '@hexhail/ui/components/Button.tsx'
import { Dialog } from '@hexhail/ui/components/Dialog.tsx'
import { formatTime } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useState } from 'preact/hooks'
import type { RiderModel } from '../model.ts'
import { money } from '../money.ts'
import { t } from '../text.ts'

/** Reason code of a rider's change of mind (ONDC 005). */
const BY_CHOICE = 5

/** Always visible with its cost; asks once more, with the reason for the cost. */
export function CancelRide({ model }: { readonly model: RiderModel }) {
  const [open, setOpen] = useState(false)
  const trip = model.client.trip.value
  const { fee, free } = model.client.cancelPreview(model.clock.value)
  if (trip?.cancel) return <CancelAsked model={model} leaveFee={fee} />
  const why =
    free === 'early'
      ? t('cancelWhyEarly')
      : free === 'late'
        ? t('cancelWhyLate')
        : free === 'notCloser'
          ? t('cancelWhyNotCloser')
          : t('cancelWhyFee', { fee: money(fee) })
  return (
    <>
      <Button
        wide
        testId="cancel"
        note={fee ? t('cancelCosts', { fee: money(fee) }) : t('cancelFree')}
        onClick={() => setOpen(true)}
      >
        {t('cancel')}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('cancelTitle')}
        foot={
          <>
            <Button onClick={() => setOpen(false)}>{t('keep')}</Button>
            <Button
              kind="danger"
              testId="cancel-sure"
              onClick={() => {
                setOpen(false)
                void model.client.dispatch({ type: 'cancel', reason: BY_CHOICE, shownFee: fee })
              }}
            >
              {t('cancel')}
            </Button>
          </>
        }
      >
        <p>{why}</p>
      </Dialog>
    </>
  )
}

/** The driver was asked to free the hold. Who does not want to wait for him may leave at the vault's price, which is shown. */
function CancelAsked({ model, leaveFee }: { readonly model: RiderModel; readonly leaveFee: bigint }) {
  const trip = model.client.trip.value
  if (!trip?.cancel || !trip.terms) return null
  const dearer = trip.notice === 'cancelUnanswered' && leaveFee > trip.cancel.fee
  const until = formatTime(trip.terms.details.lateAt * 1000, locale.value)
  return (
    <div class="stack">
      <p role="status">
        {dearer ? t('cancelWaits', { fee: money(trip.cancel.fee), until }) : t('cancelAsked')}
      </p>
      {dearer && (
        <Button
          wide
          testId="cancel-now"
          note={t('cancelCosts', { fee: money(leaveFee) })}
          onClick={() =>
            void model.client.dispatch({ type: 'cancel', reason: BY_CHOICE, shownFee: leaveFee })
          }
        >
          {t('cancelNow')}
        </Button>
      )}
    </div>
  )
}
