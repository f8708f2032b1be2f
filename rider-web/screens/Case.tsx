import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import { ENDED } from '@hexhail/protocol/trip.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Slider } from '@hexhail/ui/components/Slider.tsx'
import { formatMoment } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useState } from 'preact/hooks'
import { money } from '../money.ts'
import { RidePanel } from '../Panel.tsx'
import { t } from '../text.ts'
import { Notice } from './Notice.tsx'
import type { ScreenProps } from './Screen.tsx'
import { TripReceipt } from './TripReceipt.tsx'

/** The fare is being settled by the vault's own rules: what is claimed, until when, and what the rider may do. */
export function Case({ model, world, map }: ScreenProps) {
  const [share, setShare] = useState(50)
  const trip = model.client.trip.value
  const fact = trip?.facts.at(-1)?.fact
  if (!trip || !fact) return null
  const ended = ENDED.has(trip.phase)
  const claimed = fact.fact === 'claimed' ? fact.amount : 0n
  const admitted = (claimed * BigInt(share)) / 100n
  const due = 'deadlineS' in fact && model.clock.value > fact.deadlineS * 1000
  return (
    <RidePanel
      label={t('caseOpen')}
      map={map}
      start="full"
      title={ended ? t('closed') : t('caseOpen')}
      foot={
        ended ? (
          <Button kind="primary" wide testId="new-ride" onClick={() => void model.client.close()}>
            {t('newRide')}
          </Button>
        ) : due ? (
          <Button
            kind="primary"
            wide
            testId="finalize"
            onClick={() => void model.client.dispatch({ type: 'finalize' })}
          >
            {t('finalize')}
          </Button>
        ) : (
          <Button wide testId="new-ride" onClick={() => void model.client.close()}>
            {t('newRide')}
          </Button>
        )
      }
    >
      <div class="stack" data-testid={`case-${trip.phase}`}>
        <p>{wordsOf(fact)}</p>
        <Notice model={model} />
        {fact.fact === 'claimed' && !due && (
          <>
            <p class="muted">{t('contestNote')}</p>
            <Slider
              label={t('accepted')}
              value={share}
              min={0}
              max={99}
              onValue={setShare}
              format={() => money(admitted)}
            />
            <Button
              wide
              testId="contest"
              onClick={() => void model.client.dispatch({ type: 'contest', admitted })}
            >
              {t('contest')}
            </Button>
          </>
        )}
        <TripReceipt trip={trip} reader={world.reader} model={model} />
      </div>
    </RidePanel>
  )
}

function wordsOf(fact: ChainFact): string {
  const until = 'deadlineS' in fact ? formatMoment(fact.deadlineS * 1000, locale.value) : ''
  switch (fact.fact) {
    case 'claimed':
      return t(fact.boarded ? 'caseClaimed' : 'caseNoShow', { amount: money(fact.amount), until })
    case 'cancelled':
      return t('caseCancelled', { until })
    case 'contested':
      return t('caseContested', { amount: money(fact.disputed), until })
    case 'closed':
      return `${t('toDriver')}: ${money(fact.toDriver)}. ${t('toYou')}: ${money(fact.toRider)}.`
    default:
      return ''
  }
}
