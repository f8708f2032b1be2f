import { CopyText } from '@hexhail/ui/components/CopyText.tsx'
import { type Column, DataTable } from '@hexhail/ui/components/DataTable.tsx'
import { Moment } from '@hexhail/ui/components/Measure.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { type VirtualColumn, VirtualTable } from '@hexhail/ui/components/VirtualTable.tsx'
import { decimal } from '@hexhail/ui/format/money.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { ComponentChildren } from 'preact'
import { t } from '../text.ts'
import type { LeviedPayout, LevyPot, LevyWeek } from '../treasury.ts'
import { shortHex, weekName } from './names.ts'
import { SaveCsv } from './SaveCsv.tsx'

/** The levy due by week and tariff; each week leads to the settlements behind it. */
export function WeekTable({
  weeks,
  onProve,
}: {
  readonly weeks: readonly LevyWeek[]
  readonly onProve: (week: LevyWeek) => void
}) {
  const columns: readonly Column<LevyWeek>[] = [
    {
      key: 'week',
      title: t('levyWeek'),
      cell: each => weekName(each.fromMs, locale.value),
      plain: each => new Date(each.fromMs).toISOString().slice(0, 10),
    },
    {
      key: 'tariff',
      title: t('tariff'),
      align: 'end',
      cell: each => each.tariff,
      plain: each => each.tariff,
    },
    { key: 'trips', title: t('trips'), align: 'end', cell: each => each.trips, plain: each => each.trips },
    money('fares', t('fares'), each => each.fares),
    money('levy', t('levyOfTrips'), each => each.levy),
    {
      key: 'others',
      title: t('otherPays'),
      align: 'end',
      cell: each => each.others,
      plain: each => each.others,
    },
    money('others_levy', t('levyOfOthers'), each => each.othersLevy),
    money('due', t('levyDue'), each => each.levy + each.othersLevy),
    {
      key: 'prove',
      title: t('logProof'),
      cell: each => (
        <button
          type="button"
          class="table-action"
          aria-label={t('levyProveWeek', { week: weekName(each.fromMs, locale.value), n: each.tariff })}
          onClick={() => onProve(each)}
        >
          {t('logProve')}
        </button>
      ),
    },
  ]
  return (
    <Part title={t('levyByWeek')} save={<SaveCsv name="levy-by-week" columns={columns} rows={weeks} />}>
      <DataTable
        caption={t('levyByWeek')}
        rows={weeks}
        rowKey={each => `${each.tariff} ${each.fromMs}`}
        columns={columns}
      />
    </Part>
  )
}

/** What the chain keeps for each tariff; each pot is asked for again at a press. */
export function PotTable({
  pots,
  onAsk,
}: {
  readonly pots: readonly LevyPot[]
  readonly onAsk: (tariff: number) => void
}) {
  const columns: readonly Column<LevyPot>[] = [
    { key: 'tariff', title: t('tariff'), cell: each => each.tariff, plain: each => each.tariff },
    money('due', t('levyDue'), each => each.due),
    money('waiting', t('levyWaiting'), each => each.waiting),
    money('collected', t('levyCollected'), each => each.collected),
    {
      key: 'prove',
      title: t('logProof'),
      cell: each => (
        <button
          type="button"
          class="table-action"
          aria-label={t('levyProvePot', { n: each.tariff })}
          onClick={() => onAsk(each.tariff)}
        >
          {t('prove')}
        </button>
      ),
    },
  ]
  return (
    <Part title={t('levyPots')} save={<SaveCsv name="levy-by-tariff" columns={columns} rows={pots} />}>
      <p class="muted small">{t('levyPotsWhy')}</p>
      <DataTable caption={t('levyPots')} rows={pots} rowKey={each => String(each.tariff)} columns={columns} />
      {pots.some(each => each.collected !== null && each.collected < 0n) && (
        <p class="bad">{t('levyUnexplained')}</p>
      )}
    </Part>
  )
}

/** Payments without a receipt, each with its transaction. */
export function PayoutTable({ payouts }: { readonly payouts: readonly LeviedPayout[] }) {
  const columns: readonly VirtualColumn<LeviedPayout>[] = [
    {
      key: 'time',
      title: t('time'),
      cell: each => <Moment atMs={each.fact.timestampS * 1_000} day />,
      plain: each => new Date(each.fact.timestampS * 1_000).toISOString(),
      sortBy: each => each.fact.timestampS,
    },
    {
      key: 'trip',
      title: t('trip'),
      cell: each => <span class="num">{shortHex(each.fact.terms)}</span>,
      plain: each => each.fact.terms,
    },
    {
      key: 'tariff',
      title: t('tariff'),
      align: 'end',
      cell: each => each.tariff,
      plain: each => each.tariff,
    },
    { ...money('paid', t('paid'), (each: LeviedPayout) => each.amount), sortBy: each => each.amount },
    { ...money('levy', t('levy'), (each: LeviedPayout) => each.levy), sortBy: each => each.levy },
    {
      key: 'transaction',
      title: t('transaction'),
      width: 'wide',
      cell: each => <CopyText text={each.fact.txHash} />,
      plain: each => each.fact.txHash,
    },
    {
      key: 'block',
      title: t('block'),
      align: 'end',
      cell: each => each.fact.blockNumber,
      plain: each => each.fact.blockNumber,
    },
  ]
  return (
    <Part title={t('levyOthers')} save={<SaveCsv name="other-payments" columns={columns} rows={payouts} />}>
      <VirtualTable
        caption={t('levyOthers')}
        rows={payouts}
        rowKey={each => `${each.fact.txHash} ${each.fact.logIndex}`}
        columns={columns}
      />
    </Part>
  )
}

const money = <R,>(key: string, title: string, of: (row: R) => bigint | null): Column<R> => ({
  key,
  title,
  align: 'end',
  cell: row => {
    const amount = of(row)
    return amount === null ? '–' : <Money amount={amount} />
  },
  plain: row => {
    const amount = of(row)
    return amount === null ? null : decimal(amount)
  },
})

function Part({
  title,
  save,
  children,
}: {
  readonly title: string
  readonly save: ComponentChildren
  readonly children: ComponentChildren
}) {
  return (
    <section class="stack-tight">
      <div class="row-spread">
        <h2>{title}</h2>
        {save}
      </div>
      {children}
    </section>
  )
}
