import { waitOf } from '@hexhail/protocol/tariff.ts'
import { PinInput } from '@hexhail/ui/components/PinInput.tsx'
import { Places } from '@hexhail/ui/components/Places.tsx'
import { formatClock } from '@hexhail/ui/format/measure.ts'
import { useState } from 'preact/hooks'
import type { DriverModel } from '../model.ts'
import { money } from '../money.ts'
import { DrivePanel } from '../parts/DrivePanel.tsx'
import { NoShow } from '../parts/NoShow.tsx'
import { Release } from '../parts/Release.tsx'
import { SharedRide } from '../parts/SharedRide.tsx'
import { TripChat } from '../parts/TripChat.tsx'
import { TripNotice } from '../parts/TripNotice.tsx'
import { t } from '../text.ts'
import type { ScreenProps } from './Screen.tsx'

/** At the door: the wait, the PIN, and the way out when nobody comes. */
export function Door({ model, onCovered }: ScreenProps) {
  const { trip } = model.client.shift.value
  if (!trip) return null
  const waitS = Math.max(0, Math.floor((model.clock.value - trip.arrivedAtMs) / 1000))
  const freeS = model.rules.tariff.freeWaitS - waitS
  return (
    <DrivePanel
      label={t('waited')}
      title={t('atDoor', { name: trip.pickup?.rider ?? '' })}
      start="full"
      under={
        <p class="big-line">
          <span>{formatClock(waitS)}</span>
          <span class="muted small">
            {freeS > 0
              ? t('waitFree', { left: formatClock(freeS) })
              : t('waitPaid', { amount: money(waitOf(model.rules.tariff, waitS)) })}
          </span>
        </p>
      }
      onCovered={onCovered}
    >
      <Pin model={model} />
      <TripNotice model={model} />
      <SharedRide model={model} />
      <TripChat model={model} />
      {trip.pickup && <Places places={[{ kind: 'pickup', name: trip.pickup.pickupName }]} />}
      <NoShow model={model} />
      <Release model={model} />
    </DrivePanel>
  )
}

function Pin({ model }: { readonly model: DriverModel }) {
  const { trip } = model.client.shift.value
  const left = trip?.triesLeft ?? 0
  // Typed for one try: a wrong PIN is gone with the same stroke that says so, before anything new can be typed.
  const [typed, setTyped] = useState({ left, digits: '' })
  const digits = typed.left === left ? typed.digits : ''
  const wrong = trip?.notice === 'wrongPin' || trip?.notice === 'pinBlocked'
  if (!trip) return null
  const checking = digits.length === 4 && trip.pinSent === digits && !wrong
  const error = left === 0 ? t('pinBlocked') : wrong ? t('pinWrong', { n: left }) : undefined
  return (
    <div class="stack-tight" data-testid="pin">
      <PinInput
        label={t('pinAsk')}
        value={digits}
        onValue={next => setTyped({ left, digits: next })}
        onComplete={pin => void model.act({ type: 'pin', digits: pin })}
        error={error}
        disabled={left === 0}
      />
      <p class="muted small" role="status">
        {checking ? t('pinChecking') : t('pinNote')}
      </p>
    </div>
  )
}
