import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { CarLine } from '@hexhail/ui/components/CarLine.tsx'
import { Meter } from '@hexhail/ui/components/Meter.tsx'
import { useState } from 'preact/hooks'
import { arrivalWords } from '../arrival.ts'
import { money } from '../money.ts'
import { RidePanel } from '../Panel.tsx'
import { t } from '../text.ts'
import { ChangeDestination } from './ChangeDestination.tsx'
import { Notice } from './Notice.tsx'
import type { ScreenProps } from './Screen.tsx'
import { TripChat } from './TripChat.tsx'

/** Under way: what is signed so far, where the car is, and the wish to stop. */
export function Riding({ model, map }: ScreenProps) {
  const [asked, setAsked] = useState(false)
  const trip = model.client.trip.value
  if (!trip?.agreed) return null
  const signed = trip.receipt ? trip.receipt.fare + trip.receipt.wait + trip.receipt.toll : 0n
  const title = trip.phase === 'stopped' ? t('stopped') : t('riding', { place: trip.plan.destName })
  return (
    <RidePanel
      label={title}
      map={map}
      title={title}
      foot={
        <Button
          wide
          testId="stop-here"
          disabled={asked}
          onClick={() => {
            setAsked(true)
            void model.client.dispatch({ type: 'stopHere' })
          }}
        >
          {t('stopHere')}
        </Button>
      }
    >
      <div class="stack">
        {trip.seen && <p class="big">{arrivalWords(trip.seen.etaS)}</p>}
        <Meter
          fare={signed}
          label={`${t('paidSoFar')} ${t('ofQuote', { fare: money((trip.shared ?? trip.agreed).fare + (trip.chosen?.charges ?? 0n)) })}`}
          distanceM={trip.meter.metres}
          durationS={trip.meter.secs}
        />
        {trip.shared && (
          <Banner icon="people">
            {t('sharedNow', { fare: money(trip.shared.fare), quote: money(trip.agreed.fare) })}
          </Banner>
        )}
        {trip.phase === 'riding' && <ChangeDestination model={model} />}
        {asked && <Banner>{t('stopAsked')}</Banner>}
        {trip.phase === 'changed' && <Banner>{t('changing')}</Banner>}
        <Notice model={model} />
        {trip.car && <CarLine name={trip.car.driver} car={trip.car.car} plate={trip.car.plate} />}
        <TripChat model={model} />
      </div>
    </RidePanel>
  )
}
