import { needed, SHARES } from '@hexhail/protocol/sharing.ts'
import { tariffNumber } from '@hexhail/protocol/tariff.ts'
import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { FareTable } from '@hexhail/ui/components/FareTable.tsx'
import { Distance, Duration } from '@hexhail/ui/components/Measure.tsx'
import { Places } from '@hexhail/ui/components/Places.tsx'
import { Spinner } from '@hexhail/ui/components/Spinner.tsx'
import { Stepper } from '@hexhail/ui/components/Stepper.tsx'
import { Switch } from '@hexhail/ui/components/Switch.tsx'
import { TextField } from '@hexhail/ui/components/TextField.tsx'
import { priceRows } from '@hexhail/ui/price-rows.ts'
import { useState } from 'preact/hooks'
import { money } from '../money.ts'
import { RidePanel } from '../Panel.tsx'
import { t } from '../text.ts'
import { Around } from './Around.tsx'
import { FillVault } from './FillVault.tsx'
import { PlaceSearch } from './PlaceSearch.tsx'
import { Bicycle, TakeWay, Title, WaysPart } from './PlanWays.tsx'
import { Problem } from './Problem.tsx'
import type { ScreenProps } from './Screen.tsx'
import { When } from './When.tsx'

/** Where from, where to, what it costs: the first screen of a ride. */
export function Plan({ model, world, map }: ScreenProps) {
  const { pickup, destination, editing, estimate, routing, funds, busy } = model
  const [settings, setSettings] = useState(false)
  const missing = pickup.value ? (destination.value ? null : 'destination') : 'pickup'
  const end = editing.value ?? missing
  if (end) return <PlaceSearch end={end} model={model} world={world} map={map} />

  const quote = estimate.value
  const { trips, mayAsk } = model.client
  const clashes = trips.value.length > 0 && !mayAsk(model.pickupAt.value)
  const ways = model.ways
  const mode = ways?.options.mode.value ?? 'ride'
  const option = mode === 'ride' ? null : (ways?.options.shown.value ?? null)
  const hold = mode === 'ride' ? quote?.hold : option?.estimates[0]?.hold
  const short = hold !== undefined && funds.value && funds.value.free < hold
  return (
    <RidePanel
      label={t('estimate')}
      map={map}
      title={<Title quote={quote} mode={mode} option={option} />}
      foot={
        short ? (
          <FillVault model={model} />
        ) : mode !== 'ride' && ways ? (
          <TakeWay model={model} ways={ways} option={option} />
        ) : (
          <Button
            kind="primary"
            wide
            testId="ask"
            disabled={!quote || clashes}
            busy={busy.value === 'ask'}
            onClick={() => void model.ask()}
          >
            {t(model.pickupAt.value ? 'book' : 'ask')}
          </Button>
        )
      }
    >
      <div class="stack">
        <Places
          places={[
            {
              kind: 'pickup',
              name: pickup.value?.name ?? null,
              prompt: t('from'),
              onEdit: () => (editing.value = 'pickup'),
            },
            {
              kind: 'destination',
              name: destination.value?.name ?? null,
              prompt: t('to'),
              onEdit: () => (editing.value = 'destination'),
            },
          ]}
        />
        <When model={model} />
        <Around hearers={model.around.value} />
        {clashes && (
          <Banner tone="warn" icon="clock">
            {t('clashes')}
          </Banner>
        )}
        <Problem model={model} />
        {routing.value && (
          <p role="status">
            <Spinner />
          </p>
        )}
        {short && funds.value && (
          <Banner tone="warn" icon="wallet">
            {t('needMoney', { need: money(hold), free: money(funds.value.free) })}
          </Banner>
        )}
        {ways && <WaysPart model={model} ways={ways} />}
        {quote && mode === 'ride' && (
          <>
            <p class="row-spread muted">
              <span>
                <Distance metres={quote.metres} /> · <Duration seconds={quote.secs} />
              </span>
              {quote.bp !== 10_000 && <span>{t('night')}</span>}
            </p>
            <FareTable
              lines={priceRows(quote.lines, model.document)}
              total={quote.total}
              caption={t('more')}
            />
            <p class="small muted">
              {t('estimateNote', {
                id: tariffNumber(model.config.tariffId),
                low: world.rules.tariff.minBp / 100,
                high: world.rules.tariff.maxBp / 100,
              })}{' '}
              {t('setAside', { hold: money(quote.hold) })}
            </p>
          </>
        )}
        <Reduced model={model} />
        {mode === 'ride' && model.pickupAt.value === 0 && <Share model={model} />}
        <Stepper
          label={t('seats')}
          value={model.seats.value}
          min={1}
          max={6}
          onValue={n => (model.seats.value = n)}
        />
        <Button kind="quiet" icon="people" pressed={settings} onClick={() => setSettings(!settings)}>
          {t('needs')}
        </Button>
        {settings && <Needs model={model} />}
        {settings && mode === 'ride' && model.pickupAt.value === 0 && <Nearer model={model} />}
        {settings && ways && <Bicycle ways={ways} />}
        <TextField
          label={t('yourName')}
          value={model.name.value}
          onValue={text => (model.name.value = text)}
          autocomplete="given-name"
        />
      </div>
    </RidePanel>
  )
}

/** The ride at the reduced fare, where this device has one to show. */
function Reduced({ model: { reduced } }: Pick<ScreenProps, 'model'>) {
  const held = reduced.held.value
  if (!held || held.left === 0) return null
  return (
    <Switch
      label={t('reducedUse', { class: t(`concession_${held.category}`) })}
      hint={t('reducedShown', { n: held.left })}
      checked={reduced.wanted.value}
      onChecked={on => (reduced.wanted.value = on)}
    />
  )
}

/** Whether the car may take up somebody else on the way: what is agreed before can then only fall. */
function Share({ model: { needs } }: Pick<ScreenProps, 'model'>) {
  return (
    <Switch
      label={t('shareCar')}
      hint={t('shareCarNote')}
      checked={(needs.value & SHARES) !== 0}
      onChecked={on => (needs.value = on ? needs.value | SHARES : needed(needs.value))}
    />
  )
}

/** Whether another driver may take over before pickup. */
function Nearer({ model: { takesNearer } }: Pick<ScreenProps, 'model'>) {
  return (
    <Switch
      label={t('takesNearer')}
      hint={t('takesNearerNote')}
      checked={takesNearer.value}
      onChecked={on => (takesNearer.value = on)}
    />
  )
}

const NEEDS = ['wheelchair', 'childSeat', 'pet', 'luggage'] as const

function Needs({ model }: Pick<ScreenProps, 'model'>) {
  return (
    <div class="stack-tight">
      {NEEDS.map((need, bit) => (
        <Switch
          key={need}
          label={t(need)}
          checked={(model.needs.value & (1 << bit)) !== 0}
          onChecked={on =>
            (model.needs.value = on ? model.needs.value | (1 << bit) : model.needs.value & ~(1 << bit))
          }
        />
      ))}
    </div>
  )
}
