import { Button } from '@hexhail/ui/components/Button.tsx'
import { Spinner } from '@hexhail/ui/components/Spinner.tsx'
import { RidePanel } from '../Panel.tsx'
import { t } from '../text.ts'
import { DriverCard } from './DriverCard.tsx'
import type { ScreenProps } from './Screen.tsx'

/** The rider has signed; the driver puts the hold on the chain. */
export function Selected({ model, map }: ScreenProps) {
  const leaving = model.client.trip.value?.leaving
  return (
    <RidePanel
      label={t('holding')}
      map={map}
      title={leaving ? t('cancelling') : t('holding')}
      foot={
        <Button
          wide
          disabled={leaving === true}
          onClick={() => void model.client.dispatch({ type: 'withdraw' })}
        >
          {t('cancel')}
        </Button>
      }
    >
      {model.client.trip.value?.card && <DriverCard model={model} />}
      <p role="status" class="stack center">
        <Spinner /> {t('holdingNote')}
      </p>
    </RidePanel>
  )
}
