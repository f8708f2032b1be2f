import type { Estimate } from '@hexhail/audit/checks/check.ts'
import type { Column } from '@hexhail/ui/components/DataTable.tsx'
import { formatClock, formatNumber } from '@hexhail/ui/format/measure.ts'
import { formatMoney } from '@hexhail/ui/format/money.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { AuditNews } from '../audit-job.ts'
import { t } from '../text.ts'
import { IntervalBar } from './IntervalBar.tsx'
import { cellName, shortHex } from './names.ts'
import { SavedTable } from './SavedTable.tsx'

/** A statistic of an audit. */
type Statistic = AuditNews['estimates'][number]

/** The estimates of a statistic as a table: value, interval and what all others have. */
export function Estimates({
  statistic,
  rows,
  caption,
  onCell,
}: {
  readonly statistic: Statistic
  readonly rows: readonly Estimate[]
  readonly caption: string
  /** Looks at the trips behind a row, whose subject is an area. */
  readonly onCell?: (cell: string) => void
}) {
  const text = (value: number): string => valueText(statistic.measure, value)
  const most = Math.max(...rows.flatMap(each => [each.high, each.baseline]), 0)
  const columns: readonly Column<Estimate>[] = [
    {
      key: 'subject',
      title: t('subject'),
      plain: each => each.subject,
      cell: each =>
        onCell ? (
          <button
            type="button"
            class="table-action num"
            aria-label={t('lookAtCell', { cell: cellName(each.subject) })}
            onClick={() => onCell(each.subject)}
          >
            {cellName(each.subject)}
          </button>
        ) : (
          <code>{subjectText(each.subject)}</code>
        ),
    },
    {
      key: 'measured',
      title: t('measured'),
      plain: each => each.value,
      align: 'end',
      cell: each => (
        <span class="num">
          {text(each.value)}
          <span class="switch-hint">
            {text(each.low)} – {text(each.high)}
          </span>
        </span>
      ),
    },
    { key: 'bar', title: t('range'), cell: each => <IntervalBar {...each} most={most} /> },
    {
      key: 'others',
      title: t('others'),
      align: 'end',
      cell: each => text(each.baseline),
      plain: each => each.baseline,
    },
    {
      key: 'rides',
      title: t('rides'),
      align: 'end',
      cell: each => formatNumber(each.count, locale.value),
      plain: each => each.count,
    },
  ]
  return (
    <SavedTable
      file={`statistic-${statistic.check}`}
      more={[
        { key: 'low', title: '', cell: () => null, plain: each => each.low },
        { key: 'high', title: '', cell: () => null, plain: each => each.high },
      ]}
      all={statistic.estimates}
      caption={caption}
      columns={columns}
      rows={rows}
      rowKey={each => each.subject}
    />
  )
}

const subjectText = (subject: string): string =>
  subject
    .split(' ')
    .map(word => (word.startsWith('0x') ? shortHex(word as `0x${string}`) : word))
    .join(' ')

/** A value by what a statistic measures. */
function valueText(measure: string, value: number): string {
  if (measure === 'seconds') return formatClock(Math.max(0, Math.round(value)))
  if (measure.startsWith('minor units')) return formatMoney(BigInt(Math.round(value)), locale.value)
  if (measure.startsWith('share')) return `${formatNumber(100 * value, locale.value, 1)} %`
  return formatNumber(value, locale.value, 2)
}
