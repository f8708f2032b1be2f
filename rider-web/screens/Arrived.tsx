import { Button } from '@hexhail/ui/components/Button.tsx'
import { PinDisplay } from '@hexhail/ui/components/PinDisplay.tsx'
import { RidePanel } from '../Panel.tsx'
import { t } from '../text.ts'
import { CancelRide } from './CancelRide.tsx'
import { DriverCard } from './DriverCard.tsx'
import { Notice } from './Notice.tsx'
import type { ScreenProps } from './Screen.tsx'
import { TripChat } from './TripChat.tsx'

/** The car is at the door: check the plate, tell the PIN. */
export function Arrived({ model, map }: ScreenProps) {
  const trip = model.client.trip.value
  if (!trip) return null
  const renew = () => {
    const digits = String(crypto.getRandomValues(new Uint32Array(1))[0]! % 10_000).padStart(4, '0')
    void model.client.dispatch({ type: 'newPin', pin: digits })
  }
  return (
    <RidePanel
      label={t('atDoor')}
      map={map}
      start="full"
      title={t('atDoor')}
      foot={<CancelRide model={model} />}
    >
      <div class="stack">
        <DriverCard model={model} />
        <p>{t('checkPlate')}</p>
        <Notice model={model} />
        {trip.triesLeft > 0 ? (
          <>
            <PinDisplay pin={trip.pin} />
            <Button
              wide
              icon="chat"
              testId="send-pin"
              note={t('sendPinNote')}
              onClick={() => void model.client.dispatch({ type: 'chat', text: `PIN ${trip.pin}` })}
            >
              {t('sendPin')}
            </Button>
          </>
        ) : (
          <Button wide icon="refresh" testId="new-pin" onClick={renew}>
            {t('newPin')}
          </Button>
        )}
        <TripChat model={model} />
      </div>
    </RidePanel>
  )
}
