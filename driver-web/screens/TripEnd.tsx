import { Button } from '@hexhail/ui/components/Button.tsx'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { money } from '../money.ts'
import { DrivePanel } from '../parts/DrivePanel.tsx'
import { Problem } from '../parts/Problem.tsx'
import { t } from '../text.ts'
import type { ScreenProps } from './Screen.tsx'

/** A trip that ended without a settlement: called off, or its case closed. */
export function TripEnd({ model, onCovered }: ScreenProps) {
  const { trip } = model.client.shift.value
  if (!trip) return null
  const fact = trip.facts.at(-1)?.fact
  const closed = fact?.fact === 'closed'
  const released = trip.phase === 'released'
  const isHanded = trip.notice === 'handedOver'
  const title = closed ? t('closed') : isHanded ? t('handedOver') : released ? t('released') : t('lapsed')
  const words = closed
    ? t('closedNote', { driver: money(fact.toDriver), rider: money(fact.toRider) })
    : t(isHanded ? 'handedOverNote' : trip.cancel?.byRider ? 'releasedByRider' : 'releasedByYou')
  return (
    <DrivePanel
      label={title}
      title={title}
      onCovered={onCovered}
      foot={
        <Button kind="primary" wide testId="next" onClick={() => void model.next()}>
          {t('next')}
        </Button>
      }
    >
      <div data-testid="trip-end" data-state={trip.phase}>
        <EmptyState icon={closed ? 'receipt' : 'flag'} title={words} />
        <Problem model={model} />
      </div>
    </DrivePanel>
  )
}
