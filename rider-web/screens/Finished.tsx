import { Button } from '@hexhail/ui/components/Button.tsx'
import { FareTable } from '@hexhail/ui/components/FareTable.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { Segmented } from '@hexhail/ui/components/Segmented.tsx'
import { useState } from 'preact/hooks'
import { money } from '../money.ts'
import { RidePanel } from '../Panel.tsx'
import { t } from '../text.ts'
import { tripLines } from '../trip-lines.ts'
import { Notice } from './Notice.tsx'
import type { ScreenProps } from './Screen.tsx'

/** Tips offered, percent of the fare. */
const TIPS = [0, 5, 10, 15] as const

/** At the destination: the fare as signed, a tip if the rider likes, then the driver settles. */
export function Finished({ model, map }: ScreenProps) {
  const [percent, setPercent] = useState<string>('0')
  const trip = model.client.trip.value
  if (!trip) return null
  const fare = trip.receipt?.fare ?? trip.agreed?.fare ?? 0n
  const tip = (fare * BigInt(percent)) / 100n
  const { lines, total } = tripLines(trip, model.document)
  return (
    <RidePanel
      label={t('finished')}
      map={map}
      start="full"
      title={t('finished')}
      foot={
        trip.tip === 0n && (
          <Button
            kind="primary"
            wide
            testId="tip"
            disabled={tip === 0n}
            onClick={() => void model.client.dispatch({ type: 'tip', amount: tip })}
          >
            {t('addTip')} {tip > 0n && money(tip)}
          </Button>
        )
      }
    >
      <div class="stack">
        <p class="big">
          <Money amount={total} />
        </p>
        <p role="status" class="muted">
          {t('settling')}
        </p>
        <Notice model={model} />
        {trip.tip === 0n && (
          <Segmented
            label={t('addTip')}
            value={percent}
            options={TIPS.map(n => ({ value: String(n), label: n ? `${n} %` : t('noTip') }))}
            onValue={setPercent}
          />
        )}
        <FareTable lines={lines} total={total} />
      </div>
    </RidePanel>
  )
}
