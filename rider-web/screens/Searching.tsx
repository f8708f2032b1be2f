import { Button } from '@hexhail/ui/components/Button.tsx'
import { Pulse } from '@hexhail/ui/components/Pulse.tsx'
import { RidePanel } from '../Panel.tsx'
import { t } from '../text.ts'
import { Notice } from './Notice.tsx'
import type { ScreenProps } from './Screen.tsx'

/** The request is out and nobody has answered yet. */
export function Searching({ model, map }: ScreenProps) {
  const trip = model.client.trip.value
  return (
    <RidePanel
      label={t('searching')}
      map={map}
      title={t('searching')}
      foot={
        <Button
          wide
          testId="withdraw-request"
          onClick={() => void model.client.dispatch({ type: 'withdraw' })}
        >
          {t('giveUp')}
        </Button>
      }
    >
      <div class="stack center">
        <Pulse />
        <p role="status">{(trip?.step ?? 0) > 0 ? t('wider') : t('searchingNote')}</p>
        <Notice model={model} />
      </div>
    </RidePanel>
  )
}
