import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Chip } from '@hexhail/ui/components/Chip.tsx'
import { Places } from '@hexhail/ui/components/Places.tsx'
import { money } from '../money.ts'
import { DrivePanel } from '../parts/DrivePanel.tsx'
import { NextTurn } from '../parts/NextTurn.tsx'
import { Release } from '../parts/Release.tsx'
import { SharedRide } from '../parts/SharedRide.tsx'
import { TripChat } from '../parts/TripChat.tsx'
import { TripNotice } from '../parts/TripNotice.tsx'
import { t } from '../text.ts'
import type { ScreenProps } from './Screen.tsx'

/** The fare is held: to the rider. */
export function Approach({ model, onCovered }: ScreenProps) {
  const { trip } = model.client.shift.value
  if (!trip) return null
  const near = model.near.value
  return (
    <DrivePanel
      label={t('pickupAt')}
      title={trip.pickup ? t('toRider', { name: trip.pickup.rider }) : t('chosen')}
      under={
        !trip.pickup ? (
          <p role="status">{t('waitPickup')}</p>
        ) : near ? (
          <p class="strong" role="status">
            {t('there')}
          </p>
        ) : (
          <NextTurn model={model} />
        )
      }
      onCovered={onCovered}
      foot={
        <Button
          kind={near ? 'primary' : 'plain'}
          wide
          icon="check"
          testId="arrived"
          disabled={!trip.pickup || Boolean(trip.handing)}
          note={near || !trip.pickup ? undefined : t('arrivedFar')}
          onClick={() => void model.act({ type: 'arrive' })}
        >
          {t('arrived')}
        </Button>
      }
    >
      <TripNotice model={model} />
      {trip.handing && (
        <Banner tone="info" icon="info">
          {t('handing')}
        </Banner>
      )}
      <SharedRide model={model} />
      <div class="cluster">
        <Chip tone="good" icon="lock">
          {t('held', { fare: money(trip.terms.hold) })}
        </Chip>
      </div>
      {trip.pickup && (
        <Places
          places={[
            { kind: 'pickup', name: trip.pickup.pickupName },
            { kind: 'destination', name: trip.pickup.destName },
          ]}
        />
      )}
      <TripChat model={model} />
      <Release model={model} />
    </DrivePanel>
  )
}
