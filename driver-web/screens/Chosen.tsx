import { Spinner } from '@hexhail/ui/components/Spinner.tsx'
import { money } from '../money.ts'
import { DrivePanel } from '../parts/DrivePanel.tsx'
import { TripNotice } from '../parts/TripNotice.tsx'
import { t } from '../text.ts'
import type { ScreenProps } from './Screen.tsx'

/** The rider has signed; the fare goes on hold. */
export function Chosen({ model, onCovered }: ScreenProps) {
  const { trip } = model.client.shift.value
  if (!trip) return null
  return (
    <DrivePanel label={t('chosen')} title={t('chosen')} onCovered={onCovered}>
      <div class="strong" data-testid="holding">
        <Spinner label={t('holding')} />
      </div>
      <p class="muted">{t('holdingNote', { fare: money(trip.terms.fare) })}</p>
      <TripNotice model={model} />
    </DrivePanel>
  )
}
