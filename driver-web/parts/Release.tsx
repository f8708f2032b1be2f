import { Button } from '@hexhail/ui/components/Button.tsx'
import { Dialog } from '@hexhail/ui/components/Dialog.tsx'
import { useState } from 'preact/hooks'
import type { DriverModel } from '../model.ts'
import { money } from '../money.ts'
import { t } from '../text.ts'

/** Calling the ride off before it began: what it means first, then the deed. */
export function Release({ model }: { readonly model: DriverModel }) {
  const [asking, setAsking] = useState(false)
  const { trip } = model.client.shift.value
  if (!trip) return null
  if (trip.cancel && !trip.cancel.byRider)
    return (
      <p class="center muted" role="status">
        {t('releaseAsked')}
      </p>
    )
  return (
    <>
      <Button kind="quiet" wide testId="release" onClick={() => setAsking(true)}>
        {t('release')}
      </Button>
      <Dialog
        open={asking}
        title={t('releaseTitle')}
        onClose={() => setAsking(false)}
        foot={
          <>
            <Button
              kind="danger"
              wide
              testId="release-yes"
              onClick={() => {
                setAsking(false)
                void model.act({ type: 'release', reason: 1 })
              }}
            >
              {t('releaseYes')}
            </Button>
            <Button wide onClick={() => setAsking(false)}>
              {t('keep')}
            </Button>
          </>
        }
      >
        <p>{t('releaseWhy', { hold: money(trip.terms.hold) })}</p>
        <p class="muted">{t('releaseRecord')}</p>
      </Dialog>
    </>
  )
}
