import { Button } from '@hexhail/ui/components/Button.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { StarsInput } from '@hexhail/ui/components/Stars.tsx'
import { money } from '../money.ts'
import { RidePanel } from '../Panel.tsx'
import { t } from '../text.ts'
import { tripLines } from '../trip-lines.ts'
import type { ScreenProps } from './Screen.tsx'
import { TripReceipt } from './TripReceipt.tsx'

/** Paid: the receipt with its proof, and how the ride was. */
export function Settled({ model, world, map }: ScreenProps) {
  const trip = model.client.trip.value
  if (!trip) return null
  const { total } = tripLines(trip, model.document)
  return (
    <RidePanel
      label={t('receipt')}
      map={map}
      start="full"
      title={
        <>
          {t('paid')} <Money amount={total} />
        </>
      }
      foot={
        <Button kind="primary" wide testId="new-ride" onClick={() => void model.client.close()}>
          {t('newRide')}
        </Button>
      }
    >
      <div class="stack" data-testid="settled">
        {trip.cancel && <p>{t('cancelledFee', { fee: money(total) })}</p>}
        {!trip.cancel && (
          <StarsInput
            label={t('rate')}
            value={trip.stars}
            onValue={stars => void model.client.dispatch({ type: 'rate', stars })}
          />
        )}
        <TripReceipt trip={trip} reader={world.reader} model={model} />
      </div>
    </RidePanel>
  )
}
