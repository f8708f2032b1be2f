import { Button } from '@hexhail/ui/components/Button.tsx'
import { Dialog } from '@hexhail/ui/components/Dialog.tsx'
import { formatTime } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useState } from 'preact/hooks'
import type { DriverModel } from '../model.ts'
import { money } from '../money.ts'
import { t } from '../text.ts'

/** Nobody comes: from when on, how much, and what a claim means. */
export function NoShow({ model }: { readonly model: DriverModel }) {
  const [asking, setAsking] = useState(false)
  const { trip } = model.client.shift.value
  if (!trip) return null
  const { pickupBy, noShowFee } = trip.terms.details
  const fee = money(noShowFee)
  const open = model.clock.value / 1000 > pickupBy
  if (!open)
    return (
      <p class="muted small">{t('noShowFrom', { time: formatTime(pickupBy * 1000, locale.value), fee })}</p>
    )
  return (
    <>
      <Button wide icon="clock" testId="no-show" onClick={() => setAsking(true)}>
        {t('noShow', { fee })}
      </Button>
      <Dialog
        open={asking}
        title={t('noShowTitle')}
        onClose={() => setAsking(false)}
        foot={
          <>
            <Button
              kind="primary"
              wide
              testId="no-show-yes"
              onClick={() => {
                setAsking(false)
                void model.act({ type: 'claim' })
              }}
            >
              {t('noShowYes', { fee })}
            </Button>
            <Button wide onClick={() => setAsking(false)}>
              {t('keep')}
            </Button>
          </>
        }
      >
        <p>{t('noShowWhy', { fee })}</p>
      </Dialog>
    </>
  )
}
