import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import type { RiderModel } from '../model.ts'
import { t } from '../text.ts'
import { lateMin, timeWords } from '../travel/way-words.ts'

/** Beside a ride that is a part of a way: what comes after it, and how the whole goes. */
export function NextLine({ model, onShow }: { readonly model: RiderModel; readonly onShow: () => void }) {
  const now = model.ways?.journey.followed.value
  if (!now || !model.client.trip.value) return null
  const { plan, broken, lateS } = now
  const next = plan.legs.find(leg => leg.kind === 'line' && leg.departMs > model.clock.value)
  const arrival = timeWords(plan.arriveMs)
  const late = lateMin(lateS)
  const lost = broken && plan.legs[broken.leg]
  return (
    <Banner
      tone={lost ? 'bad' : 'info'}
      icon={lost ? 'warning' : 'bus'}
      action={
        <Button kind="quiet" testId="show-way" onClick={onShow}>
          {t('showWay')}
        </Button>
      }
    >
      <span data-testid="next-line">
        {lost?.kind === 'line'
          ? t(broken!.why, { name: lost.name })
          : [
              next?.kind === 'line' &&
                t('thenLine', { name: next.name, at: timeWords(next.departMs), stop: next.from.name }),
              late > 0 ? t('arriveLate', { at: arrival, n: late }) : t('arrivePlanned', { at: arrival }),
            ]
              .filter(Boolean)
              .join(' · ')}
      </span>
    </Banner>
  )
}
