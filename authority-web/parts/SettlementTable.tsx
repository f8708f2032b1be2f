import { type AuditRow, paidOf } from '@hexhail/audit/settled.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Icon } from '@hexhail/ui/components/Icon.tsx'
import { Distance, Moment } from '@hexhail/ui/components/Measure.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { type VirtualColumn, VirtualTable } from '@hexhail/ui/components/VirtualTable.tsx'
import { useState } from 'preact/hooks'
import { hrefOf } from '../route.ts'
import { t } from '../text.ts'
import { shortHex } from './names.ts'
import { useHeld } from './use-held.ts'
import { standingOf, VerdictChip } from './VerdictChip.tsx'

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
        <VirtualTable caption={t('settlements')} columns={columns()} rows={held.rows} rowKey={keyOf} />
      </div>
      <ul class="list phone-only" aria-label={t('settlements')}>
        {page.map(row => (
          <li key={keyOf(row)}>
            <Line row={row} />
          </li>
        ))}
      </ul>
      {held.rows.length > count && (
        <div class="row phone-only">
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
function columns(): readonly VirtualColumn<AuditRow>[] {
  return [
    {
      key: 'time',
      title: t('time'),
      cell: row => <Moment atMs={row.fact.timestampS * 1_000} day />,
      sortBy: row => row.fact.timestampS,
    },
    {
      key: 'trip',
      title: t('trip'),
      cell: row => (
        <a class="table-action num" href={hrefOf({ screen: 'trip', terms: row.fact.terms })}>
          {shortHex(row.fact.terms)}
        </a>
      ),
    },
    {
      key: 'driver',
      title: t('driver'),
      cell: row => <code>{shortHex(row.fact.driver)}</code>,
      sortBy: row => row.fact.driver,
    },
    {
      key: 'distance',
      title: t('distance'),
      align: 'end',
      width: 'narrow',
      cell: row => (row.record ? <Distance metres={row.record.metres} /> : '–'),
      sortBy: row => row.record?.metres ?? -1,
    },
    money('fare', t('fare'), row => row.fact.fare),
    money('paid', t('paid'), row => paidOf(row.fact)),
    money('levy', t('levy'), row => row.fact.levy),
    {
      key: 'verdict',
      title: t('verdict'),
      width: 'wide',
      cell: row => <VerdictChip row={row} />,
      sortBy: standingOf,
    },
  ]
}

const money = (key: string, title: string, of: (row: AuditRow) => bigint): VirtualColumn<AuditRow> => ({
  key,
  title,
  align: 'end',
  width: 'narrow',
  cell: row => <Money amount={of(row)} />,
  sortBy: of,
})

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
