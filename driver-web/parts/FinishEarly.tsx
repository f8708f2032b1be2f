import { fareAtEnd } from '@hexhail/protocol/ride-fare.ts'
import { tariffOf } from '@hexhail/protocol/trip-tariff.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Dialog } from '@hexhail/ui/components/Dialog.tsx'
import { formatDistance } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useState } from 'preact/hooks'
import type { DriverModel } from '../model.ts'
import { money } from '../money.ts'
import { t } from '../text.ts'

/** Ending a ride away from its destination: what the fare is then, or that the map is wrong. */
export function FinishEarly({ model }: { readonly model: DriverModel }) {
  const [asking, setAsking] = useState(false)
  const { trip } = model.client.shift.value
  if (!trip) return null
  const { metres } = trip.meter
  const fare = money(fareAtEnd(tariffOf(model.rules, trip.byDocument, trip.concession), trip, true))
  const finish = (early: boolean) => {
    setAsking(false)
    void model.act({ type: 'finish', early })
  }
  return (
    <>
      <Button wide icon="flag" testId="finish-early" onClick={() => setAsking(true)}>
        {t('finishEarly')}
      </Button>
      <Dialog
        open={asking}
        title={t('finishEarlyTitle')}
        onClose={() => setAsking(false)}
        foot={
          <>
            <Button kind="danger" wide testId="finish-early-yes" onClick={() => finish(true)}>
              {t('finishEarlyYes')}
            </Button>
            <Button wide testId="finish-there" onClick={() => finish(false)}>
              {t('notThere')}
            </Button>
            <Button kind="quiet" wide onClick={() => setAsking(false)}>
              {t('keep')}
            </Button>
          </>
        }
      >
        <p>{t('finishEarlyWhy', { fare, distance: formatDistance(metres, locale.value) })}</p>
      </Dialog>
    </>
  )
}
