import type { Mode } from '@hexhail/transit/door/pick-plans.ts'
import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { Switch } from '@hexhail/ui/components/Switch.tsx'
import { formatDayTime } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { Estimate } from '../estimate.ts'
import type { RiderModel } from '../model.ts'
import { t } from '../text.ts'
import type { TravelOption } from '../travel/travel-options.ts'
import { timeWords } from '../travel/way-words.ts'
import type { Ways } from '../travel/ways.ts'
import { Modes } from './Modes.tsx'
import { WayList } from './WayList.tsx'

interface Part {
  readonly model: RiderModel
  readonly ways: Ways
}

/** Of a ride its price, of a way by lines when it is there. */
export function Title({
  quote,
  mode,
  option,
}: {
  readonly quote: Estimate | null
  readonly mode: Mode
  readonly option: TravelOption | null
}) {
  if (mode === 'ride') return quote ? <Money amount={quote.total} /> : t('estimate')
  return option ? t('arriveBy', { at: timeWords(option.plan.arriveMs) }) : t('ways')
}

/** «Ride», «transit», «both», and the ways of what is chosen; where the timetable cannot be had, that. */
export function WaysPart({ model, ways }: Part) {
  const { options } = ways
  if (options.state.value === 'failed')
    return (
      <Banner
        tone="warn"
        icon="warning"
        action={
          <Button kind="quiet" testId="ways-again" onClick={() => void options.refresh()}>
            {t('tryAgain')}
          </Button>
        }
      >
        {t('travelFailed')}
      </Banner>
    )
  return (
    <>
      <Modes options={options} nowMs={model.clock.value} />
      {options.mode.value !== 'ride' && (
        <WayList
          options={options}
          wheelchair={(model.needs.value & 1) !== 0}
          hasCars={(model.around.value?.all ?? 0) > 0}
        />
      )}
    </>
  )
}

/** The one button of a way by lines: takes it, and asks for its car where it begins with one. */
export function TakeWay({ model, ways, option }: Part & { readonly option: TravelOption | null }) {
  const first = option?.plan.legs.find(leg => leg.kind === 'ride')
  const time = first && ways.timeOf(first)
  const label =
    !time || time.ask === 'later'
      ? t('takeIt')
      : time.ask === 'now'
        ? t('takeAndAsk')
        : t('takeAndBook', { at: formatDayTime(time.pickupAtMs, model.clock.value, locale.value) })
  return (
    <Button
      kind="primary"
      wide
      testId="take-way"
      disabled={!option}
      busy={model.busy.value === 'way'}
      onClick={() => void ways.take()}
    >
      {label}
    </Button>
  )
}

/** Takes the bicycle along on lines. */
export function Bicycle({ ways }: Pick<Part, 'ways'>) {
  const { bicycle } = ways.options
  return <Switch label={t('bicycle')} checked={bicycle.value} onChecked={on => (bicycle.value = on)} />
}
