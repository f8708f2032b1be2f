import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { Spinner } from '@hexhail/ui/components/Spinner.tsx'
import { formatClock, formatNumber } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useEffect } from 'preact/hooks'
import type { AuditDesk } from '../audit-desk.ts'
import type { AuditNews } from '../audit-job.ts'
import { EVERYTHING } from '../filter.ts'
import type { AuthorityModel } from '../model.ts'
import { type AuditFigure, AuditFigures } from '../parts/AuditFigures.tsx'
import { Estimates } from '../parts/Estimates.tsx'
import { IntervalBar } from '../parts/IntervalBar.tsx'
import { Recompute } from '../parts/Recompute.tsx'
import { SavedTable } from '../parts/SavedTable.tsx'
import { t } from '../text.ts'

/** What this screen shows, by the ids of the statistics. */
const SHOWN = ['E1', 'E2', 'A1'] as const

const FIGURES: readonly AuditFigure[] = [
  {
    name: 'equityRides',
    rule: 'proveEquityRides',
    testId: 'equity-rides',
    of: ({ waits }) => formatNumber(sumOf(waits, 'count'), locale.value),
  },
  {
    name: 'equityAreas',
    rule: 'proveEquityAreas',
    of: ({ waits }) => formatNumber(sumOf(waits, 'zones'), locale.value),
  },
  { name: 'equityGap', rule: 'proveEquityGap', of: ({ waits }) => gapText(waits) },
]

const sumOf = (waits: AuditNews['waits'], of: 'count' | 'zones'): number =>
  waits.reduce((sum, each) => sum + each[of], 0)

/** The longest mean wait of a tenth less the shortest. */
function gapText(waits: AuditNews['waits']): string {
  const means = waits.filter(each => each.count > 0).map(each => each.mean)
  return means.length === 0 ? '–' : formatClock(Math.round(Math.max(...means) - Math.min(...means)))
}

/** Waits, prices and wheelchair service by area, with what each figure may truly be. */
export function Equity({ model, audit }: { readonly model: AuthorityModel; readonly audit: AuditDesk }) {
  const look = (cell: string): void => {
    model.filter.value = { ...EVERYTHING, cell }
    location.hash = '#/overview'
  }
  useEffect(() => audit.begin(), [audit])
  const news = audit.news.value
  return (
    <div class="stack">
      <h1>{t('equityTitle')}</h1>
      <p class="muted">{t('equityWhy')}</p>
      {news === null ? (
        <Banner icon="clock">
          <Spinner label={t('auditing')} />
        </Banner>
      ) : (
        <>
          {news.waits.some(each => each.count > 0) && (
            <AuditFigures
              figures={FIGURES}
              news={news}
              rows={audit.audited.value.filter(({ record }) => record !== null)}
              audit={audit}
              model={model}
            />
          )}
          <Areas news={news} onCell={look} />
        </>
      )}
    </div>
  )
}

function Areas({ news, onCell }: { readonly news: AuditNews; readonly onCell: (cell: string) => void }) {
  const statistics = SHOWN.flatMap(id => {
    const statistic = news.estimates.find(each => each.check === id)
    return statistic && statistic.estimates.length > 0 ? [{ id, statistic }] : []
  })
  const waits = news.waits.filter(each => each.count > 0)
  if (waits.length === 0 && statistics.length === 0)
    return (
      <EmptyState icon="people" title={t('equityNone')}>
        {t('equityNoneText')}
      </EmptyState>
    )
  return (
    <>
      {waits.length > 0 && (
        <section class="stack-tight" aria-labelledby="waits">
          <h2 id="waits">{t('waits')}</h2>
          <WaitTable waits={waits} />
        </section>
      )}
      {statistics.length === 0 && <p class="muted small">{t('equityNoneText')}</p>}
      {statistics.map(({ id, statistic }) => (
        <section class="stack-tight" key={id} aria-labelledby={id}>
          <h2 id={id}>{t(`unit_${id}`)}</h2>
          <Estimates
            statistic={statistic}
            rows={statistic.estimates.slice(0, 50)}
            caption={t(`unit_${id}`)}
            onCell={onCell}
          />
        </section>
      ))}
      <p class="muted small">{t('equityFrom')}</p>
      <Recompute command="hexhail audit sync && hexhail audit run --statistics" />
    </>
  )
}

function WaitTable({ waits }: { readonly waits: AuditNews['waits'] }) {
  const most = Math.max(...waits.map(each => each.high))
  const clock = (secs: number): string => formatClock(Math.max(0, Math.round(secs)))
  return (
    <SavedTable
      file="waits-by-decile"
      more={[
        { key: 'low_s', title: '', cell: () => null, plain: each => each.low },
        { key: 'high_s', title: '', cell: () => null, plain: each => each.high },
      ]}
      caption={t('waits')}
      rows={waits}
      rowKey={each => String(each.decile)}
      columns={[
        { key: 'decile', title: t('decile'), cell: each => each.decile, plain: each => each.decile },
        {
          key: 'wait',
          title: t('meanWait'),
          plain: each => each.mean,
          align: 'end',
          cell: each => (
            <span class="num">
              {clock(each.mean)}
              <span class="switch-hint">
                {clock(each.low)} – {clock(each.high)}
              </span>
            </span>
          ),
        },
        {
          key: 'bar',
          title: t('range'),
          cell: ({ mean, low, high }) => <IntervalBar value={mean} low={low} high={high} most={most} />,
        },
        {
          key: 'areas',
          title: t('areas'),
          align: 'end',
          cell: each => each.zones,
          plain: each => each.zones,
        },
        {
          key: 'rides',
          title: t('rides'),
          plain: each => each.count,
          align: 'end',
          cell: each => formatNumber(each.count, locale.value),
        },
      ]}
    />
  )
}
