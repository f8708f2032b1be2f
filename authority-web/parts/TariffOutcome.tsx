import type { AuditRow } from '@hexhail/audit/settled.ts'
import { K } from '@hexhail/audit/summary.ts'
import type { SimulatedGroup } from '@hexhail/audit/tariff/simulate.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { decimal, formatMoney } from '@hexhail/ui/format/money.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useState } from 'preact/hooks'
import type { TariffDesk } from '../tariff-desk.ts'
import { t } from '../text.ts'
import { SavedTable } from './SavedTable.tsx'

type Outcome = ReturnType<TariffDesk['simulate']>

/** What the opened trips of this page would have brought by the draft, beside the tariff in force. */
export function TariffOutcome({
  desk,
  rows,
}: {
  readonly desk: TariffDesk
  readonly rows: readonly AuditRow[]
}) {
  const [outcome, setOutcome] = useState<Outcome | 'unasked'>('unasked')
  return (
    <Card>
      <h2>{t('simTitle')}</h2>
      <Button
        icon="chart"
        disabled={desk.document.value === null}
        onClick={() => setOutcome(desk.simulate(rows))}
      >
        {t('simRun')}
      </Button>
      <div aria-live="polite" class="stack">
        {outcome === null && <p class="muted">{t('simNone')}</p>}
        {outcome !== null && outcome !== 'unasked' && <Tables {...outcome} />}
      </div>
    </Card>
  )
}

interface Row {
  readonly what: string
  readonly trips?: number
  readonly before: Amount
  readonly after: Amount
}

/** Money in minor units, a count of trips, or nothing known. */
type Amount = bigint | number | null

const textOf = (amount: Amount): string =>
  typeof amount === 'bigint' ? formatMoney(amount, locale.value) : (amount?.toString() ?? '–')
const plainOf = (amount: Amount): string | null =>
  typeof amount === 'bigint' ? decimal(amount) : (amount?.toString() ?? null)

function Tables({ before, after }: NonNullable<Outcome>) {
  const total = (what: string, key: 'riders' | 'drivers' | 'levy' | 'charge'): Row => ({
    what,
    before: before?.[key] ?? null,
    after: after[key],
  })
  const mean = (group: SimulatedGroup | undefined): bigint | null =>
    group && group.trips > 0 ? group.riders / BigInt(group.trips) : null
  const hours = after.byHour.flatMap((group, hour) =>
    group.trips === 0
      ? []
      : [{ what: `${hour}:00`, trips: group.trips, before: mean(before?.byHour[hour]), after: mean(group) }],
  )
  // Areas with few trips point at people, here as on the map.
  const cells = [...after.byCell]
    .filter(([, group]) => group.trips >= K)
    .sort(([, a], [, b]) => b.trips - a.trips)
    .map(([cell, group]) => ({
      what: cell,
      trips: group.trips,
      before: mean(before?.byCell.get(cell)),
      after: mean(group),
    }))
  const totals: Row[] = [
    total(t('simRiders'), 'riders'),
    total(t('simDrivers'), 'drivers'),
    total(t('simLevy'), 'levy'),
    total(t('simCharge'), 'charge'),
    { what: t('simBelow'), before: before?.belowFloor ?? null, after: after.belowFloor },
  ]
  return (
    <>
      <p class="muted">{t('simWhy', { n: after.trips })}</p>
      <Sums file="draft-totals" caption={t('simTitle')} rows={totals} />
      <h3>{t('simHour')}</h3>
      <Sums file="draft-by-hour" caption={t('simHour')} rows={hours} means />
      {cells.length > 0 && <h3>{t('simCell')}</h3>}
      {cells.length > 0 && <Sums file="draft-by-area" caption={t('simCell')} rows={cells} means />}
    </>
  )
}

function Sums({
  file,
  caption,
  rows,
  means = false,
}: {
  file: string
  caption: string
  rows: readonly Row[]
  means?: boolean
}) {
  const title = (which: string): string => (means ? `${t('simMean')}: ${which}` : which)
  return (
    <SavedTable
      file={file}
      caption={caption}
      rows={rows}
      rowKey={row => row.what}
      columns={[
        { key: 'what', title: caption, cell: row => row.what, plain: row => row.what },
        ...(means
          ? [
              {
                key: 'trips',
                title: t('simTrips'),
                align: 'end' as const,
                cell: (row: Row) => row.trips,
                plain: (row: Row) => row.trips ?? null,
              },
            ]
          : []),
        {
          key: 'before',
          title: title(t('diffBefore')),
          align: 'end',
          cell: row => textOf(row.before),
          plain: row => plainOf(row.before),
        },
        {
          key: 'after',
          title: title(t('diffAfter')),
          align: 'end',
          cell: row => textOf(row.after),
          plain: row => plainOf(row.after),
        },
      ]}
    />
  )
}
