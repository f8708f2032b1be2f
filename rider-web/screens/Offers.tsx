import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { OfferCard } from '@hexhail/ui/components/OfferCard.tsx'
import { useRef, useState } from 'preact/hooks'
import { RidePanel } from '../Panel.tsx'
import { t } from '../text.ts'
import { Notice } from './Notice.tsx'
import { Problem } from './Problem.tsx'
import type { ScreenProps } from './Screen.tsx'

/** The offers, best first. The order stands still while a pointer or the focus is inside: nobody shoots at moving targets. */
export function Offers({ model, map }: ScreenProps) {
  const ranked = model.client.ranked.value
  const [inside, setInside] = useState(false)
  const frozen = useRef<readonly string[]>([])
  if (!inside) frozen.current = ranked.map(o => o.tag)
  const known = frozen.current.flatMap(tag => ranked.find(o => o.tag === tag) ?? [])
  const shown = [...known, ...ranked.filter(o => !frozen.current.includes(o.tag))]
  const later = (model.client.trip.value?.plan.pickupAtMs ?? 0) > 0
  const busy = model.client.trip.value?.part != null
  const choosing = model.busy.value === 'choose'
  return (
    <RidePanel
      label={t('offers', { n: shown.length })}
      map={map}
      title={t('offers', { n: shown.length })}
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
      <div class="stack">
        <Notice model={model} />
        <Problem model={model} />
        {busy && (
          <Banner tone="info" icon="info">
            {t('offersBusy')}
          </Banner>
        )}
        <ul
          class="list stack"
          onPointerEnter={() => setInside(true)}
          onPointerLeave={() => setInside(false)}
          onFocusIn={() => setInside(true)}
          onFocusOut={() => setInside(false)}
        >
          {shown.map(offer => (
            <li key={offer.tag}>
              <OfferCard
                testId="offer"
                etaS={later ? null : offer.etaS}
                fare={offer.fare + offer.charges}
                car={offer.car}
                ratingHundredths={null}
                trips={[offer.trips > 0 && t('trips', { n: offer.trips }), !later && offer.firm && t('firm')]
                  .filter(Boolean)
                  .join(' · ')}
                state={choosing ? 'chosen' : 'open'}
                onChoose={() => void model.choose(offer.tag)}
              />
            </li>
          ))}
        </ul>
        <p class="small muted">{t('offersNote')}</p>
      </div>
    </RidePanel>
  )
}
