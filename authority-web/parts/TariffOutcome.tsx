import type { AuditRow } from '@hexhail/audit/settled.ts'
import { K } from '@hexhail/audit/summary.ts'
import type { Simulated, SimulatedGroup } from '@hexhail/audit/tariff/simulate.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { DataTable } from '@hexhail/ui/components/DataTable.tsx'
import { formatMoney } from '@hexhail/ui/format/money.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useState } from 'preact/hooks'
import type { TariffDesk } from '../tariff-desk.ts'
import { t } from '../text.ts'

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
  readonly before: string
  readonly after: string
}

function Tables({ before, after }: NonNullable<Outcome>) {
  const money = (amount: bigint | undefined): string =>
    amount === undefined ? '–' : formatMoney(amount, locale.value)
  const total = (what: string, key: 'riders' | 'drivers' | 'levy' | 'charge'): Row => ({
    what,
    before: money(before?.[key]),
    after: money(after[key]),
  })
  const mean = (group: SimulatedGroup | undefined): string =>
    money(group && group.trips > 0 ? group.riders / BigInt(group.trips) : undefined)
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
    { what: t('simBelow'), before: belowOf(before), after: belowOf(after) },
  ]
  return (
    <>
      <p class="muted">{t('simWhy', { n: after.trips })}</p>
      <Sums caption={t('simTitle')} rows={totals} />
      <h3>{t('simHour')}</h3>
      <Sums caption={t('simHour')} rows={hours} means />
      {cells.length > 0 && <h3>{t('simCell')}</h3>}
      {cells.length > 0 && <Sums caption={t('simCell')} rows={cells} means />}
    </>
  )
}

const belowOf = (all: Simulated | null): string => (all === null ? '–' : String(all.belowFloor))

function Sums({ caption, rows, means = false }: { caption: string; rows: readonly Row[]; means?: boolean }) {
  const title = (which: string): string => (means ? `${t('simMean')}: ${which}` : which)
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={row => row.what}
      columns={[
        { key: 'what', title: caption, cell: row => row.what },
        ...(means
          ? [{ key: 'trips', title: t('simTrips'), align: 'end' as const, cell: (row: Row) => row.trips }]
          : []),
        { key: 'before', title: title(t('diffBefore')), align: 'end', cell: row => row.before },
        { key: 'after', title: title(t('diffAfter')), align: 'end', cell: row => row.after },
      ]}
    />
  )
}
