import type { AuditRow } from '@hexhail/audit/settled.ts'
import { summarize } from '@hexhail/audit/summary.ts'
import { Figures } from '@hexhail/ui/components/Figures.tsx'
import { formatClock, formatNumber } from '@hexhail/ui/format/measure.ts'
import { formatMoney } from '@hexhail/ui/format/money.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { ComponentChildren } from 'preact'
import type { AuthorityModel } from '../model.ts'
import { type AuthorityText, t } from '../text.ts'
import { waitOf } from '../time-series.ts'
import { ProveFigure } from './ProveFigure.tsx'
import { ProveRows } from './ProveRows.tsx'

/** How each figure is worked out of the settlements, and how it is told. */
const FIGURES: readonly {
  readonly name: AuthorityText
  readonly rule: AuthorityText
  readonly testId?: string
  readonly sum: (rows: readonly AuditRow[]) => string
}[] = [
  { name: 'trips', rule: 'proveTrips', testId: 'trips', sum: rows => count(rows.length) },
  { name: 'fares', rule: 'proveFares', sum: rows => money(summarize(rows).fares) },
  { name: 'levy', rule: 'proveLevy', testId: 'levy', sum: rows => money(summarize(rows).levy) },
  { name: 'checked', rule: 'proveChecked', sum: rows => count(summarize(rows).opened) },
  {
    name: 'driversActive',
    rule: 'proveDrivers',
    sum: rows => count(new Set(rows.map(row => row.fact.driver)).size),
  },
  { name: 'waitMean', rule: 'proveWait', sum: meanWait },
]

/** The figures of the settlements in view, each with what it is made of. */
export function TodayFigures({ model }: { readonly model: AuthorityModel }) {
  const rows = model.shown.value
  const wrong = model.sums.value.wrong
  const notes: Readonly<Partial<Record<AuthorityText, ComponentChildren>>> = {
    checked: (
      <span class={wrong > 0 ? 'figure-note bad' : 'figure-note'}>{t('wrongCount', { n: wrong })}</span>
    ),
  }
  return (
    <Figures
      figures={[
        ...FIGURES.map(({ name, rule, testId, sum }) => ({
          label: t(name),
          value: (
            <>
              <span data-testid={testId}>{sum(rows)}</span>
              {notes[name]}
              <ProveFigure name={t(name)} rule={t(rule)} rows={rows} sum={sum} model={model} />
            </>
          ),
        })),
        {
          label: t('running'),
          value: (
            <>
              <span data-testid="running">{count(model.running.value.length)}</span>
              <ProveRows
                name={t('running')}
                rule={t('proveRunning')}
                rows={model.running.value}
                at="state"
                prove={model.proveRunning}
                sum={rows => count(rows.length)}
              />
            </>
          ),
        },
      ]}
    />
  )
}

const count = (n: number): string => formatNumber(n, locale.value)
const money = (amount: bigint): string => formatMoney(amount, locale.value)

function meanWait(rows: readonly AuditRow[]): string {
  const waits = rows.flatMap(row => waitOf(row) ?? [])
  return waits.length === 0 ? '–' : formatClock(waits.reduce((sum, each) => sum + each, 0) / waits.length)
}
