import { type AuditRow, paidOf } from '@hexhail/audit/settled.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { type Column, DataTable } from '@hexhail/ui/components/DataTable.tsx'
import { Icon } from '@hexhail/ui/components/Icon.tsx'
import { Distance, Moment } from '@hexhail/ui/components/Measure.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { useState } from 'preact/hooks'
import { hrefOf } from '../route.ts'
import { t } from '../text.ts'
import { shortHex } from './names.ts'
import { useHeld } from './use-held.ts'
import { VerdictChip } from './VerdictChip.tsx'

const PAGE = 25
const keyOf = (row: AuditRow): string => row.fact.terms

/** Settlements, newest first: a table on a desk, a list on a phone. `about` names what is listed. */
export function SettlementTable({
  rows,
  about,
}: {
  readonly rows: readonly AuditRow[]
  readonly about: string
}) {
  const [count, setCount] = useState(PAGE)
  const held = useHeld(rows, keyOf, about)
  const page = held.rows.slice(0, count)
  return (
    <div class="stack" {...held.handlers}>
      {held.fresh > 0 && (
        <Button size="small" icon="refresh" onClick={held.release}>
          {t('fresh', { n: held.fresh })}
        </Button>
      )}
      <div class="desk-only" data-testid="settlements">
        <DataTable caption={t('settlements')} columns={columns()} rows={page} rowKey={keyOf} />
      </div>
      <ul class="list phone-only" aria-label={t('settlements')}>
        {page.map(row => (
          <li key={keyOf(row)}>
            <Line row={row} />
          </li>
        ))}
      </ul>
      {held.rows.length > count && (
        <div class="row">
          <Button size="small" onClick={() => setCount(count + PAGE)}>
            {t('more')}
          </Button>
          <span class="muted small">{t('showing', { shown: page.length, n: held.rows.length })}</span>
        </div>
      )}
    </div>
  )
}

/** Built anew at each drawing, so that the titles follow the language. */
function columns(): readonly Column<AuditRow>[] {
  return [
    { key: 'time', title: t('time'), cell: row => <Moment atMs={row.fact.timestampS * 1_000} day /> },
    {
      key: 'trip',
      title: t('trip'),
      cell: row => (
        <a class="table-action num" href={hrefOf({ screen: 'trip', terms: row.fact.terms })}>
          {shortHex(row.fact.terms)}
        </a>
      ),
    },
    { key: 'driver', title: t('driver'), cell: row => <code>{shortHex(row.fact.driver)}</code> },
    {
      key: 'distance',
      title: t('distance'),
      align: 'end',
      cell: row => (row.record ? <Distance metres={row.record.metres} /> : '–'),
    },
    { key: 'fare', title: t('fare'), align: 'end', cell: row => <Money amount={row.fact.fare} /> },
    { key: 'paid', title: t('paid'), align: 'end', cell: row => <Money amount={paidOf(row.fact)} /> },
    { key: 'levy', title: t('levy'), align: 'end', cell: row => <Money amount={row.fact.levy} /> },
    { key: 'verdict', title: t('verdict'), cell: row => <VerdictChip row={row} /> },
  ]
}

function Line({ row }: { readonly row: AuditRow }) {
  return (
    <a class="list-row plain-link" href={hrefOf({ screen: 'trip', terms: row.fact.terms })}>
      <span class="grow">
        <span class="strong">
          <Money amount={row.fact.fare} />
        </span>
        <span class="switch-hint">
          <Moment atMs={row.fact.timestampS * 1_000} day />
          {row.record && (
            <>
              {' · '}
              <Distance metres={row.record.metres} />
            </>
          )}
        </span>
      </span>
      <VerdictChip row={row} />
      <Icon name="chevron-right" size={20} />
    </a>
  )
}
