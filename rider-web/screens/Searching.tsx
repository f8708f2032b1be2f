import { Button } from '@hexhail/ui/components/Button.tsx'
import { Pulse } from '@hexhail/ui/components/Pulse.tsx'
import { formatDayTime } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { hearersOf } from '../hearers.ts'
import { RidePanel } from '../Panel.tsx'
import { t } from '../text.ts'
import { Notice } from './Notice.tsx'
import type { ScreenProps } from './Screen.tsx'

/** The request is out and nobody has answered yet. */
export function Searching({ model, map }: ScreenProps) {
  const trip = model.client.trip.value
  const later = trip?.plan.pickupAtMs ?? 0
  const wide = (trip?.step ?? 0) > 0 ? 'wider' : 'searchingNote'
  const note = later ? 'searchingLater' : trip?.part ? 'searchBusy' : wide
  const heard = hearersOf(trip?.heard ?? null)
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
        {later > 0 && (
          <p class="strong">{t('askedFor', { at: formatDayTime(later, model.clock.value, locale.value) })}</p>
        )}
        <p role="status">{t(note)}</p>
        {heard && (
          <p class="small muted" data-testid="heard">
            {t('heard', { n: heard.all })}
          </p>
        )}
        <Notice model={model} />
      </div>
    </RidePanel>
  )
}
