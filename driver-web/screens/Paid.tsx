import { Button } from '@hexhail/ui/components/Button.tsx'
import { StarsShown } from '@hexhail/ui/components/Stars.tsx'
import { money } from '../money.ts'
import { DrivePanel } from '../parts/DrivePanel.tsx'
import { Problem } from '../parts/Problem.tsx'
import { SettledReceipt } from '../parts/SettledReceipt.tsx'
import { t } from '../text.ts'
import type { ScreenProps } from './Screen.tsx'

/** The city's audit node is waited for this long before the next ride is free all the same, ms. */
const FILE_MS = 15_000

/** The fare is in the vault balance: the receipt and its proof. */
export function Paid({ model, world, onCovered }: ScreenProps) {
  const { trip } = model.client.shift.value
  const fact = trip?.facts.findLast(each => each.fact.fact === 'settled')?.fact
  if (!trip || fact?.fact !== 'settled') return null
  const net = fact.fare - fact.levy + fact.wait + fact.toll + fact.tip
  const late = model.clock.value > fact.timestampS * 1000 + FILE_MS
  const done = trip.filed || trip.pickup === null || late
  return (
    <DrivePanel
      label={t('settled')}
      title={t('settled')}
      start="full"
      onCovered={onCovered}
      foot={
        <Button kind="primary" wide testId="next" busy={!done} onClick={() => void model.next()}>
          {t('next')}
        </Button>
      }
    >
      <div class="stack" data-testid="settle-state" data-state="settled">
        <div class="center">
          <p class="big" data-testid="net">
            {money(net)}
          </p>
          <p class="muted">{t('settledNote')}</p>
        </div>
        {trip.stars > 0 && (
          <p class="row-spread">
            <span>{t('stars')}</span>
            <StarsShown hundredths={trip.stars * 100} />
          </p>
        )}
        <SettledReceipt fact={fact} trip={trip} reader={world.reader} model={model} />
        <p class="muted small" role="status">
          {trip.filed ? t('filed') : late ? t('filedLater') : t('filing')}
        </p>
        <Problem model={model} />
      </div>
    </DrivePanel>
  )
}
