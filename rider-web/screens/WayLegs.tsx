import type { LineLeg, RideLeg, TravelLeg, TravelPlan } from '@hexhail/transit/door/travel-plan.ts'
import { Icon } from '@hexhail/ui/components/Icon.tsx'
import { formatDistance, formatDuration } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { ComponentChildren } from 'preact'
import { type TextKey, t } from '../text.ts'
import { fareWords, lateMin, timeWords } from '../travel/way-words.ts'
import { iconOf, LineBadge } from './LineBadge.tsx'

/** A way step by step: times, lines, stops, walks. `under` puts something under a leg, by its place. */
export function WayLegs({
  plan,
  under = () => null,
}: {
  readonly plan: TravelPlan
  readonly under?: (leg: TravelLeg, at: number) => ComponentChildren
}) {
  return (
    <section aria-label={t('legs')}>
      <ol class="legs" data-testid="legs">
        {plan.legs.map((leg, at) => (
          <li key={at} class="leg" data-kind={leg.kind}>
            <span class="leg-time num">{timeWords(leg.departMs)}</span>
            <span class="leg-mark">
              <Icon name={iconOf(leg)} size={20} />
            </span>
            <div class="leg-body">
              {leg.kind === 'line' ? <Line leg={leg} /> : <Own leg={leg} />}
              {under(leg, at)}
            </div>
          </li>
        ))}
        <li class="leg" data-kind="end">
          <span class="leg-time num">{timeWords(plan.arriveMs)}</span>
          <span class="leg-mark">
            <Icon name="flag" size={20} />
          </span>
          <div class="leg-body strong">{t('arriveBy', { at: timeWords(plan.arriveMs) })}</div>
        </li>
      </ol>
    </section>
  )
}

function Own({ leg }: { readonly leg: Exclude<TravelLeg, LineLeg> }) {
  const seconds = (leg.arriveMs - leg.departMs) / 1000
  return (
    <>
      <span class="strong">
        {t(`leg_${leg.kind}` as TextKey, { distance: formatDistance(leg.metres, locale.value) })}
      </span>{' '}
      <span class="muted">
        {t('legTo', { place: leg.to.name || t('yourGoal') })} · {formatDuration(seconds, locale.value)}
      </span>
      {leg.kind === 'ride' && <Meeting leg={leg} />}
    </>
  )
}

function Meeting({ leg }: { readonly leg: RideLeg }) {
  if (leg.end === 'through') return null
  const n = Math.round(leg.bufferS / 60)
  return <p class="small muted">{t(leg.end === 'origin' ? 'carMeets' : 'carWaits', { n })}</p>
}

function Line({ leg }: { readonly leg: LineLeg }) {
  const late = lateMin((leg.departMs - leg.plannedDepartMs) / 1000)
  return (
    <>
      <span class="row-line">
        <LineBadge leg={leg} />
        {leg.headsign && <span>{t('towards', { place: leg.headsign })}</span>}
      </span>
      <p>{t('boardAt', { stop: leg.from.name })}</p>
      {leg.fare && (
        <p class="small muted" data-testid="line-fare">
          {fareWords(leg.fare)}
        </p>
      )}
      {late !== 0 && (
        <p class="small" data-testid="line-late">
          <span class={late > 0 ? 'late' : 'strong'}>
            {late > 0 ? t('lateBy', { n: late }) : t('earlyBy', { n: -late })}
          </span>{' '}
          <span class="muted">{t('planned', { at: timeWords(leg.plannedDepartMs) })}</span>
        </p>
      )}
      {leg.stops.length > 0 && (
        <details class="leg-stops">
          <summary class="small">{t('stopsBetween', { n: leg.stops.length })}</summary>
          <ul class="small muted">
            {leg.stops.map((stop, i) => (
              <li key={i}>
                <span class="num">{timeWords(stop.atMs)}</span> {stop.name}
              </li>
            ))}
          </ul>
        </details>
      )}
      <p>
        <span class="num">{timeWords(leg.arriveMs)}</span> {t('alightAt', { stop: leg.to.name })}
      </p>
    </>
  )
}
