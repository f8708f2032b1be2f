import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { Figures } from '@hexhail/ui/components/Figures.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { Spinner } from '@hexhail/ui/components/Spinner.tsx'
import { formatNumber } from '@hexhail/ui/format/measure.ts'
import { formatMoney } from '@hexhail/ui/format/money.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { EVERYTHING } from '../filter.ts'
import type { AuthorityModel } from '../model.ts'
import { FilterBar } from '../parts/FilterBar.tsx'
import { SettlementTable } from '../parts/SettlementTable.tsx'
import { type CityMap, TripMap } from '../parts/TripMap.tsx'
import { t } from '../text.ts'

/** Settlements as they come: totals, the table, and the map under it. */
export function Overview({ model, city }: { readonly model: AuthorityModel; readonly city: CityMap }) {
  const sums = model.sums.value
  const pay = model.otherPay.value
  const cells = model.cells.value
  const count = (n: number): string => formatNumber(n, locale.value)
  return (
    <div class="stack">
      <h1>{t('overview')}</h1>
      <Figures
        figures={[
          { label: t('trips'), value: <span data-testid="trips">{count(sums.trips)}</span> },
          { label: t('fares'), value: <Money amount={sums.fares} /> },
          {
            label: t('levy'),
            value: (
              <span data-testid="levy">
                <Money amount={sums.levy} />
              </span>
            ),
          },
          {
            label: t('checked'),
            value: (
              <>
                {count(sums.opened)}
                <span class={sums.wrong > 0 ? 'figure-note bad' : 'figure-note'}>
                  {t('wrongCount', { n: sums.wrong })}
                </span>
              </>
            ),
          },
          { label: t('running'), value: count(model.running.value) },
        ]}
      />
      {pay.count > 0 && (
        <p class="muted small">
          {t('otherPay', { n: pay.count, levy: formatMoney(pay.levy, locale.value) })}
        </p>
      )}
      <FilterBar model={model} />
      <Settlements model={model} />
      {cells.length > 0 && (
        <section class="stack" aria-labelledby="where">
          <div class="row-spread">
            <h2 id="where">{t('mapTitle')}</h2>
            <a href="#/map">{t('cellsTable')}</a>
          </div>
          <TripMap cells={cells} city={city} />
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
