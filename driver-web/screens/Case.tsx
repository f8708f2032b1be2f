import { Button } from '@hexhail/ui/components/Button.tsx'
import { CaseCard } from '../parts/CaseCard.tsx'
import { DrivePanel } from '../parts/DrivePanel.tsx'
import { TripNotice } from '../parts/TripNotice.tsx'
import { t } from '../text.ts'
import type { ScreenProps } from './Screen.tsx'

/** The vault decides: what is claimed, until when, and what the driver may do. */
export function Case({ model, onCovered, onPage }: ScreenProps) {
  const { trip } = model.client.shift.value
  if (!trip) return null
  const open = model.purse.trips.value.find(each => each.terms === trip.digest)
  const key =
    trip.phase === 'cancelled' || trip.phase === 'noShow' || trip.phase === 'contested'
      ? trip.phase
      : 'claimed'
  return (
    <DrivePanel
      label={t('trip')}
      title={t(`case_${key}`)}
      start="full"
      onCovered={onCovered}
      foot={
        <Button kind="primary" wide testId="next" onClick={() => void model.next()}>
          {t('next')}
        </Button>
      }
    >
      <div class="stack" data-testid="case" data-state={trip.phase}>
        {open && <CaseCard model={model} open={open} />}
        <TripNotice model={model} />
        <Button wide icon="chart" testId="earnings" onClick={() => onPage('earnings')}>
          {t('earnings')}
        </Button>
      </div>
    </DrivePanel>
  )
}
