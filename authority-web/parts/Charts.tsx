import { Icon } from '@hexhail/ui/components/Icon.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { TimeChart } from '@hexhail/ui/components/TimeChart.tsx'
import { type VirtualColumn, VirtualTable } from '@hexhail/ui/components/VirtualTable.tsx'
import { formatClock, formatNumber } from '@hexhail/ui/format/measure.ts'
import { decimal, formatMoney } from '@hexhail/ui/format/money.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useMemo } from 'preact/hooks'
import { t } from '../text.ts'
import { STEP_MS, type Step, type Stretch, type TimeSeries } from '../time-series.ts'
import { SaveCsv } from './SaveCsv.tsx'

/** Trips, fares and waits over time, drawn, and under them in a table. */
export function Charts({ series }: { readonly series: TimeSeries }) {
  const { step, stretches } = series
  const tag = locale.value
  const lines = useMemo(
    () => ({
      fromS: stretches.map(each => each.fromMs / 1_000),
      trips: stretches.map(each => each.trips),
      fares: stretches.map(each => Number(each.fares) / 1e6),
      waits: stretches.map(each => (each.waits === 0 ? null : each.waitS / each.waits)),
    }),
    [stretches],
  )
  const xText = (atS: number, full = false): string => momentText(atS * 1_000, step, tag, full)
  const chart = (title: string, values: readonly (number | null)[], yText: (value: number) => string) => {
    const most = values.reduce<number>((top, value) => Math.max(top, value ?? 0), 0)
    const [what, how] = [title, t(`chartStep_${step}`)]
    const says =
      most === 0
        ? t('chartSaysNothing', { title: what, step: how })
        : t('chartSays', {
            ...{ title: what, step: how, most: yText(most) },
            when: xText(lines.fromS[values.indexOf(most)] as number, true),
          })
    return { title: `${what}, ${how}`, says, values, yText }
  }
  const charts = [
    { kind: 'bars' as const, ...chart(t('chartTrips'), lines.trips, value => formatNumber(value, tag)) },
    { kind: 'bars' as const, ...chart(t('chartFares'), lines.fares, value => shortMoney(value, tag)) },
    { kind: 'line' as const, ...chart(t('chartWait'), lines.waits, value => formatClock(value)) },
  ]
  return (
    <section class="stack-tight" aria-label={t('charts')}>
      <div class="charts">
        {charts.map(each => (
          <TimeChart
            key={each.kind + each.title}
            {...each}
            fromS={lines.fromS}
            stepS={STEP_MS[step] / 1_000}
            group="today"
            xText={xText}
          />
        ))}
      </div>
      <details class="more">
        <summary>
          {t('chartTable')}
          <span class="more-mark">
            <Icon name="chevron-down" size={20} />
          </span>
        </summary>
        <Table series={series} />
      </details>
    </section>
  )
}

function Table({ series: { step, stretches } }: { readonly series: TimeSeries }) {
  const tag = locale.value
  const newest = useMemo(() => stretches.toReversed(), [stretches])
  const columns: readonly VirtualColumn<Stretch>[] = [
    {
      key: 'from',
      title: t('chartFrom'),
      cell: each => momentText(each.fromMs, step, tag, true),
      plain: each => new Date(each.fromMs).toISOString(),
      sortBy: each => each.fromMs,
    },
    number('trips', t('trips'), each => each.trips),
    {
      ...number('fares', t('fares'), each => each.fares),
      cell: each => <Money amount={each.fares} />,
      plain: each => decimal(each.fares),
    },
    {
      ...number('levy', t('levy'), each => each.levy),
      cell: each => <Money amount={each.levy} />,
      plain: each => decimal(each.levy),
    },
    {
      key: 'wait_s',
      title: t('chartWait'),
      align: 'end',
      cell: each => (each.waits === 0 ? '–' : formatClock(each.waitS / each.waits)),
      plain: each => (each.waits === 0 ? null : each.waitS / each.waits),
      sortBy: each => (each.waits === 0 ? -1 : each.waitS / each.waits),
    },
    number('waits', t('chartWaits'), each => each.waits),
  ]
  return (
    <div class="stack-tight">
      <VirtualTable
        caption={t('charts')}
        rows={newest}
        rowKey={each => String(each.fromMs)}
        columns={columns}
      />
      <div class="row">
        <SaveCsv name="over-time" columns={columns} rows={newest} />
      </div>
    </div>
  )
}

const number = (
  key: string,
  title: string,
  of: (each: Stretch) => number | bigint,
): VirtualColumn<Stretch> => ({
  key,
  title,
  align: 'end',
  cell: each => formatNumber(Number(of(each)), locale.value),
  plain: of,
  sortBy: of,
})

const HOUR = { hour: 'numeric' } as const

/** A stretch by the time that it begins at. */
function momentText(atMs: number, step: Step, tag: string, full: boolean): string {
  const day = { day: 'numeric', month: 'short' } as const
  const time = step === 'minutes' ? ({ hour: 'numeric', minute: '2-digit' } as const) : HOUR
  const at = new Date(atMs)
  const isMidnight = at.getHours() === 0 && at.getMinutes() === 0
  const isDay = step === 'day' || step === 'week' || (!full && isMidnight)
  const asked = isDay ? day : full ? { ...day, ...time } : time
  return new Intl.DateTimeFormat(tag, asked).format(atMs)
}

/** Whole units of money beside an axis: `$1,250`. */
const shortMoney = (value: number, tag: string): string =>
  formatMoney(BigInt(Math.round(value * 1e6)), tag).replace(/[.,]00(?=\D|$)/, '')
