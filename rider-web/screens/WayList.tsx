import { FareTable } from '@hexhail/ui/components/FareTable.tsx'
import { Icon } from '@hexhail/ui/components/Icon.tsx'
import { Spinner } from '@hexhail/ui/components/Spinner.tsx'
import { useId } from 'preact/hooks'
import { t } from '../text.ts'
import type { TravelOption, TravelOptions } from '../travel/travel-options.ts'
import { wayFareLines } from '../travel/way-fare.ts'
import { co2Words, priceWords, timeWords, walkWords } from '../travel/way-words.ts'
import { iconOf, LineBadge } from './LineBadge.tsx'
import { WayLegs } from './WayLegs.tsx'
import { WayNotes } from './WayNotes.tsx'

/** Properties of `WayList`. */
export interface WayListProps {
  readonly options: TravelOptions
  readonly wheelchair: boolean
  /** Whether any driver hears the rider now. */
  readonly hasCars: boolean
}

/** The ways of the mode that is looked at, one of them step by step. */
export function WayList({ options, wheelchair, hasCars }: WayListProps) {
  const name = useId()
  const { mode, shown, state } = options
  const ways = options.options.value.filter(option => option.mode === mode.value)
  if (state.value === 'none' || state.value === 'asking')
    return (
      <p role="status">
        <Spinner /> {t('planningWays')}
      </p>
    )
  if (ways.length === 0)
    return <p role="status">{t(mode.value === 'transit' ? 'noTransit' : hasCars ? 'noBoth' : 'noCars')}</p>
  return (
    <>
      <fieldset class="choices" data-testid="ways">
        <legend class="field-label">{t('ways')}</legend>
        {ways.map((option, i) => (
          <label key={i} class="choice" data-testid="way">
            <input
              type="radio"
              name={name}
              checked={option === shown.value}
              onChange={() => options.pick(option)}
            />
            <Way option={option} />
          </label>
        ))}
      </fieldset>
      {shown.value && (
        <>
          <WayLegs plan={shown.value.plan} />
          {shown.value.fare !== null && (
            <div data-testid="way-fare">
              <FareTable
                lines={wayFareLines(shown.value.plan, shown.value.rides)}
                total={shown.value.total}
                caption={t('more')}
              />
            </div>
          )}
          <WayNotes
            plan={shown.value.plan}
            isModelled={options.info.value?.modelled === true}
            wheelchair={wheelchair}
            bicycle={options.bicycle.value}
          />
        </>
      )}
    </>
  )
}

function Way({ option }: { readonly option: TravelOption }) {
  const { plan } = option
  const lines = plan.legs.filter(leg => leg.kind === 'line').length
  return (
    <span class="grow">
      <span class="row-spread">
        <span class="strong num">
          {t('leaveArrive', { leave: timeWords(plan.departMs), arrive: timeWords(plan.arriveMs) })}
        </span>
        <span class="num">{priceWords(option)}</span>
      </span>
      <span class="way-means">
        {plan.legs.map((leg, i) =>
          leg.kind === 'line' ? (
            <LineBadge key={i} leg={leg} />
          ) : leg.kind === 'ride' || plan.kind === 'walk' ? (
            <Icon key={i} name={iconOf(leg)} size={20} />
          ) : null,
        )}
      </span>
      <span class="small muted">
        {lines === 0 ? t('onFoot') : t('changes', { n: lines - 1 })} · {walkWords(plan.walkM)} ·{' '}
        {co2Words(plan.co2G)}
      </span>
    </span>
  )
}
