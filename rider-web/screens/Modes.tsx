import type { Mode } from '@hexhail/transit/door/pick-plans.ts'
import { Icon } from '@hexhail/ui/components/Icon.tsx'
import { formatDuration } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useId } from 'preact/hooks'
import { type TextKey, t } from '../text.ts'
import type { TravelOption, TravelOptions } from '../travel/travel-options.ts'
import { co2Words, priceWords, walkWords } from '../travel/way-words.ts'

const MODES = { ride: ['car'], transit: ['bus'], both: ['car', 'bus'] } as const

/** «Ride», «transit» and «both» side by side: price, time, walk and CO2 of the first way of each. */
export function Modes({ options, nowMs }: { readonly options: TravelOptions; readonly nowMs: number }) {
  const name = useId()
  const all = options.options.value
  return (
    <fieldset class="modes" data-testid="modes">
      <legend class="visually-hidden">{t('modes')}</legend>
      {(Object.keys(MODES) as Mode[]).map(mode => {
        const best = mode === options.mode.value ? options.shown.value : all.find(each => each.mode === mode)
        return (
          <label key={mode} class="mode" data-testid={`mode-${mode}`}>
            <input
              type="radio"
              class="visually-hidden"
              name={name}
              value={mode}
              checked={mode === options.mode.value}
              onChange={() => (options.mode.value = mode)}
            />
            <span class="mode-icons">
              {MODES[mode].map(icon => (
                <Icon key={icon} name={icon} size={20} />
              ))}
            </span>
            <span class="strong">{t(`mode_${mode}` as TextKey)}</span>
            {best ? (
              <Figures option={best} nowMs={nowMs} />
            ) : (
              <span class="small muted">
                {t(options.state.value === 'ready' ? 'noWayNow' : 'planningWays')}
              </span>
            )}
          </label>
        )
      })}
    </fieldset>
  )
}

function Figures({ option, nowMs }: { readonly option: TravelOption; readonly nowMs: number }) {
  const { plan } = option
  const fromMs = Math.min(plan.departMs, Math.max(nowMs, 0))
  const seconds = Math.max(60, (plan.arriveMs - fromMs) / 1000)
  return (
    <>
      <span class="mode-price num">{priceWords(option)}</span>
      <span class="num">{formatDuration(seconds, locale.value)}</span>
      <span class="small muted">{walkWords(plan.walkM)}</span>
      <span class="small muted">{co2Words(plan.co2G)}</span>
    </>
  )
}
