import { Button } from '@hexhail/ui/components/Button.tsx'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { RidePanel } from '../Panel.tsx'
import { t } from '../text.ts'
import type { ScreenProps } from './Screen.tsx'

/** A request that came to nothing, or a ride that was called off: what it means, and the way on. */
export function Ended({ model, map }: ScreenProps) {
  const trip = model.client.trip.value
  const phase = trip?.phase
  const title = phase === 'expired' ? t('noOffers') : phase === 'withdrawn' ? t('withdrawn') : t('released')
  const note = phase === 'expired' ? t('noOffersNote') : phase === 'released' ? t('releasedNote') : null
  return (
    <RidePanel
      label={title}
      map={map}
      title={title}
      foot={
        <div class="stack-tight">
          {phase === 'expired' && (
            <Button
              kind="primary"
              wide
              testId="again"
              busy={model.busy.value === 'ask'}
              onClick={() => void model.ask()}
            >
              {t('again')}
            </Button>
          )}
          <Button
            wide
            kind={phase === 'expired' ? 'plain' : 'primary'}
            testId="new-ride"
            onClick={() => void model.client.close()}
          >
            {t('newRide')}
          </Button>
        </div>
      }
    >
      <div data-testid={`ended-${phase}`}>
        <EmptyState icon="car">{note && <p>{note}</p>}</EmptyState>
      </div>
    </RidePanel>
  )
}
