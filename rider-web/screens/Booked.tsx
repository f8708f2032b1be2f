import { LATER_S } from '@hexhail/protocol/later.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { CarLine } from '@hexhail/ui/components/CarLine.tsx'
import { Places } from '@hexhail/ui/components/Places.tsx'
import { capitalized, formatDayTime } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { RidePanel } from '../Panel.tsx'
import { t } from '../text.ts'
import { CancelRide } from './CancelRide.tsx'
import { Notice } from './Notice.tsx'
import type { ScreenProps } from './Screen.tsx'
import { TripChat } from './TripChat.tsx'

/** A driver has promised a ride for later, and the fare is held: nobody drives yet. */
export function Booked({ model, map }: ScreenProps) {
  const trip = model.client.trip.value
  if (!trip) return null
  const { pickupAtMs, pickupName, destName } = trip.plan
  const at = (moment: number): string => formatDayTime(moment, model.clock.value, locale.value)
  return (
    <RidePanel label={t('booked')} map={map} title={t('booked')} foot={<CancelRide model={model} />}>
      <div class="stack" data-testid="booked">
        <p class="big" role="status">
          {capitalized(at(pickupAtMs), locale.value)}
        </p>
        <p>{t('bookedNote', { from: at(pickupAtMs - LATER_S.lead * 1000) })}</p>
        <p class="muted">{t('bookedFree', { until: at(pickupAtMs - LATER_S.free * 1000) })}</p>
        <Notice model={model} />
        {trip.car ? (
          <CarLine name={trip.car.driver} car={trip.car.car} plate={trip.car.plate} />
        ) : (
          trip.chosen && <p class="strong">{trip.chosen.car}</p>
        )}
        <Places
          places={[
            { kind: 'pickup', name: pickupName },
            { kind: 'destination', name: destName },
          ]}
        />
        {model.client.free.value && (
          <Button wide icon="car" testId="another" onClick={model.another}>
            {t('another')}
          </Button>
        )}
        <TripChat model={model} />
      </div>
    </RidePanel>
  )
}
