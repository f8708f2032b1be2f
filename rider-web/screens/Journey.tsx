import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { formatDayTime } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { RidePanel } from '../Panel.tsx'
import { t } from '../text.ts'
import { lateMin, timeWords } from '../travel/way-words.ts'
import type { Ways } from '../travel/ways.ts'
import { Problem } from './Problem.tsx'
import type { ScreenProps } from './Screen.tsx'
import { WayLegs } from './WayLegs.tsx'
import { WayNotes } from './WayNotes.tsx'

/** Properties of `Journey`. */
export interface JourneyProps extends Pick<ScreenProps, 'model' | 'map'> {
  readonly ways: Ways
  /** Back to the ride that is a part of it. */
  readonly onBack?: () => void
}

/** The way that the rider takes, as it goes now: its legs, what is late, which car is still to be asked for. */
export function Journey({ model, map, ways, onBack }: JourneyProps) {
  const { journey, followed } = ways.journey
  const now = followed.value
  if (!journey.value || !now) return null
  const { plan, broken } = now
  const late = lateMin(now.lateS)
  const at = timeWords(plan.arriveMs)
  return (
    <RidePanel
      label={t('journey')}
      map={map}
      title={t('journeyTo', { place: journey.value.toName })}
      foot={
        broken ? (
          <Button kind="primary" wide testId="plan-rest" onClick={() => void ways.planRest()}>
            {t('planRest')}
          </Button>
        ) : onBack ? (
          <Button wide icon="arrow-left" testId="back-to-ride" onClick={onBack}>
            {t('backToRide')}
          </Button>
        ) : (
          <Button wide testId="end-journey" onClick={() => void ways.journey.leave()}>
            {t('endJourney')}
          </Button>
        )
      }
    >
      <div class="stack" data-testid="journey">
        {broken ? (
          <Broken ways={ways} />
        ) : (
          <p class="big" role="status" data-testid="journey-arrival">
            {late > 0 ? t('arriveLate', { at, n: late }) : t('arrivePlanned', { at })}
          </p>
        )}
        <p class="muted">
          {t('leaveAt', { at: formatDayTime(plan.departMs, model.clock.value, locale.value) })}
        </p>
        <Problem model={model} />
        <WayLegs
          plan={plan}
          under={(leg, i) => leg.kind === 'ride' && <Car model={model} ways={ways} at={i} />}
        />
        <WayNotes
          plan={plan}
          isModelled={model.config.timetable?.modelled === true}
          wheelchair={(model.needs.value & 1) !== 0}
          bicycle={plan.legs.some(leg => leg.kind === 'cycle')}
        />
      </div>
    </RidePanel>
  )
}

function Broken({ ways }: { readonly ways: Ways }) {
  const now = ways.journey.followed.value
  const leg = now?.broken && now.plan.legs[now.broken.leg]
  if (!now?.broken || leg?.kind !== 'line') return null
  return (
    <Banner tone="bad" icon="warning">
      {t(now.broken.why, { name: leg.name })}
    </Banner>
  )
}

/** A ride of the way: asked for already, or to be asked for now or later. */
function Car({ model, ways, at }: Pick<ScreenProps, 'model'> & { readonly ways: Ways; readonly at: number }) {
  const left = ways.rides.value.find(each => each.at === at)
  if (!left) return <p class="small">{t('carAsked')}</p>
  // Read, so that the button changes with the clock.
  const nowMs = model.clock.value
  const time = ways.timeOf(left.leg)
  if (time.ask === 'later')
    return <p class="small">{t('carLater', { stop: left.leg.from.name, at: timeWords(time.fromMs) })}</p>
  const clashes = !model.client.mayAsk(time.ask === 'at' ? time.pickupAtMs : 0)
  return (
    <>
      <Button
        kind="quiet"
        icon="car"
        testId="ask-leg"
        disabled={clashes}
        busy={model.busy.value === 'way'}
        onClick={() => void ways.askFor(at)}
      >
        {time.ask === 'at'
          ? t('bookCar', { at: formatDayTime(time.pickupAtMs, nowMs, locale.value) })
          : t('askCar')}
      </Button>
      {clashes && <p class="small muted">{t('clashes')}</p>}
    </>
  )
}
