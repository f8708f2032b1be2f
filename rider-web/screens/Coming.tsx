import { isAhead } from '@hexhail/protocol/later.ts'
import { Places } from '@hexhail/ui/components/Places.tsx'
import { arrivalWords } from '../arrival.ts'
import { RidePanel } from '../Panel.tsx'
import { t } from '../text.ts'
import { Booked } from './Booked.tsx'
import { CancelRide } from './CancelRide.tsx'
import { DriverCard } from './DriverCard.tsx'
import { Notice } from './Notice.tsx'
import type { ScreenProps } from './Screen.tsx'
import { TripChat } from './TripChat.tsx'

/** The fare is held and the car is on its way. */
export function Coming({ model, map, world }: ScreenProps) {
  const trip = model.client.trip.value
  if (!trip) return null
  if (isAhead(trip.plan.pickupAtMs, model.clock.value))
    return <Booked model={model} map={map} world={world} />
  const etaS = trip.seen?.etaS ?? trip.chosen?.etaS ?? 0
  return (
    <RidePanel
      label={t('driverComing')}
      map={map}
      title={trip.car ? t('coming', { name: trip.car.driver }) : t('driverComing')}
      foot={<CancelRide model={model} />}
    >
      <div class="stack">
        <p class="big" role="status" data-testid="eta">
          {arrivalWords(etaS)}
        </p>
        <Notice model={model} />
        <DriverCard model={model} />
        <Places
          places={[
            { kind: 'pickup', name: trip.plan.pickupName },
            { kind: 'destination', name: trip.plan.destName },
          ]}
        />
        <TripChat model={model} />
      </div>
    </RidePanel>
  )
}
