import { Button } from '@hexhail/ui/components/Button.tsx'
import { Meter } from '@hexhail/ui/components/Meter.tsx'
import { Places } from '@hexhail/ui/components/Places.tsx'
import { money } from '../money.ts'
import { ChangeAsked } from '../parts/ChangeAsked.tsx'
import { DrivePanel } from '../parts/DrivePanel.tsx'
import { FinishEarly } from '../parts/FinishEarly.tsx'
import { NextTurn } from '../parts/NextTurn.tsx'
import { SharedRide } from '../parts/SharedRide.tsx'
import { TripChat } from '../parts/TripChat.tsx'
import { TripNotice } from '../parts/TripNotice.tsx'
import { t } from '../text.ts'
import type { ScreenProps } from './Screen.tsx'

/** On the way with the rider: the meter, the next turn, stops and changes. */
export function Riding({ model, onCovered }: ScreenProps) {
  const { trip } = model.client.shift.value
  if (!trip) return null
  const stopped = trip.phase === 'stopped'
  const near = model.near.value
  const place = trip.dest?.name ?? ''
  const { receipt } = trip.receipt ?? {}
  const secs = Math.max(trip.meter.secs, Math.floor((model.clock.value - trip.startedAtMs) / 1000))
  return (
    <DrivePanel
      key={trip.phase}
      label={t('trip')}
      title={
        trip.phase === 'changed'
          ? t('changeTitle')
          : stopped
            ? t('stopped')
            : near
              ? t('finishThere')
              : t('riding', { place })
      }
      start={trip.phase === 'changed' ? 'full' : 'half'}
      under={
        trip.phase === 'changed' ? null : stopped ? (
          <p class="muted">{t('stoppedNote')}</p>
        ) : (
          !near && <NextTurn model={model} />
        )
      }
      onCovered={onCovered}
      foot={
        trip.phase === 'changed' ? null : stopped ? (
          <>
            <Button kind="primary" wide testId="resume" onClick={() => void model.act({ type: 'resume' })}>
              {t('resume')}
            </Button>
            <FinishEarly model={model} />
          </>
        ) : near ? (
          <Button
            kind="primary"
            wide
            icon="flag"
            testId="finish"
            onClick={() => void model.act({ type: 'finish', early: false })}
          >
            {t('finish')}
          </Button>
        ) : (
          <FinishEarly model={model} />
        )
      }
    >
      {trip.phase === 'changed' && <ChangeAsked model={model} />}
      <TripNotice model={model} />
      <SharedRide model={model} />
      <Meter
        label={t('meter')}
        fare={(receipt?.fare ?? 0n) + (receipt?.wait ?? 0n)}
        distanceM={trip.meter.metres}
        durationS={secs}
      />
      <p class="muted center" data-testid="quote">
        {t('ofQuote', { fare: money((trip.shared ?? trip.agreed).fare) })}
      </p>
      <Places places={[{ kind: 'destination', name: place }]} />
      <TripChat model={model} />
      {trip.phase === 'riding' && (
        <Button wide icon="pause" testId="stop" onClick={() => void model.act({ type: 'stop' })}>
          {t('stop')}
        </Button>
      )}
    </DrivePanel>
  )
}
