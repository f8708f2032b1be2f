import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { Spinner } from '@hexhail/ui/components/Spinner.tsx'
import { formatMoney } from '@hexhail/ui/format/money.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useMemo } from 'preact/hooks'
import { EVERYTHING, spanOf } from '../filter.ts'
import type { AuthorityModel } from '../model.ts'
import { Charts } from '../parts/Charts.tsx'
import { FilterBar } from '../parts/FilterBar.tsx'
import { HourMap, useCellsOfHour } from '../parts/HourMap.tsx'
import { SettlementTable } from '../parts/SettlementTable.tsx'
import { TodayFigures } from '../parts/TodayFigures.tsx'
import type { CityMap } from '../parts/TripMap.tsx'
import { t } from '../text.ts'
import { timeSeries } from '../time-series.ts'

/** Settlements as they come: totals, how they go over time, the table, and the map under it. */
export function Overview({ model, city }: { readonly model: AuthorityModel; readonly city: CityMap }) {
  const pay = model.otherPay.value
  const rows = model.shown.value
  const filter = model.filter.value
  const offsetMin = model.offsetMin()
  const of = useCellsOfHour(rows, model.cells.value, offsetMin)
  const series = useMemo(
    () => timeSeries(rows, spanOf(filter, model.nowMs()), offsetMin),
    [rows, filter, offsetMin],
  )
  return (
    <div class="stack">
      <h1>{t('overview')}</h1>
      <FilterBar model={model} />
      <TodayFigures model={model} />
      {pay.count > 0 && (
        <p class="muted small">
          {t('otherPay', { n: pay.count, levy: formatMoney(pay.levy, locale.value) })}
        </p>
      )}
      {rows.length > 0 && <Charts series={series} />}
      <Settlements model={model} />
      {of.all.length > 0 && (
        <section class="stack" aria-labelledby="where">
          <div class="row-spread">
            <h2 id="where">{t('mapTitle')}</h2>
            <a href="#/map">{t('cellsTable')}</a>
          </div>
          <HourMap of={of} city={city} />
        </section>
      )}
    </div>
  )
}

function Settlements({ model }: { readonly model: AuthorityModel }) {
  const rows = model.shown.value
  if (rows.length > 0) return <SettlementTable rows={rows} about={JSON.stringify(model.filter.value)} />
  if (model.rows.value.length > 0) {
    return (
      <EmptyState
        icon="search"
        title={t('noMatch')}
        actions={
          <Button
            onClick={() => {
              model.filter.value = EVERYTHING
            }}
          >
            {t('lookAtAll')}
          </Button>
        }
      >
        {t('noMatchHint')}
      </EmptyState>
    )
  }
  if (!model.caughtUp.value && model.chain.value !== 'down') {
    return (
      <Banner icon="clock">
        <Spinner label={t('catchingUp')} />
      </Banner>
    )
  }
  return (
    <EmptyState icon="receipt" title={t('noSettlements')}>
      {t('noSettlementsHint')}
    </EmptyState>
  )
}
