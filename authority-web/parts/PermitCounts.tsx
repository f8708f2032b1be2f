import { Figures } from '@hexhail/ui/components/Figures.tsx'
import { formatNumber } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { endMonthOf, endsByMonth, type PermitBook, type PermitRow } from '../permit-book.ts'
import { t } from '../text.ts'
import { ProveRows } from './ProveRows.tsx'
import { SavedTable } from './SavedTable.tsx'

const count = (n: number): string => formatNumber(n, locale.value)

/** How many permits stand, each asked of the chain: no other act on them came after their grant. */
export function PermitCounts({ book }: { readonly book: PermitBook }) {
  const standing = (book.rows.value ?? []).filter(({ entry }) => entry.state === 'issued')
  return (
    <Figures
      figures={[
        {
          label: t('permitsStanding'),
          value: (
            <>
              <span data-testid="permits-standing">{count(standing.length)}</span>
              <Prove book={book} name={t('permitsStanding')} rule={t('provePermits')} rows={standing} />
            </>
          ),
        },
      ]}
    />
  )
}

/** When permits end, by month. */
export function PermitEnds({ book }: { readonly book: PermitBook }) {
  const rows = book.rows.value
  return (
    <SavedTable
      mayBeLong
      file="permits-ending"
      caption={t('permitsEnds')}
      rows={endsByMonth(rows ?? [])}
      rowKey={each => each.month}
      empty={<p class="muted">{t(rows === null ? 'permitsAsk' : 'permitsNoEnds')}</p>}
      columns={[
        { key: 'month', title: t('permitsMonth'), cell: each => each.month, plain: each => each.month },
        { key: 'n', title: t('permitsCount'), align: 'end', cell: each => each.n, plain: each => each.n },
        {
          key: 'prove',
          title: t('logProof'),
          align: 'end',
          cell: ({ month }) => (
            <Prove
              book={book}
              name={t('permitsEndsIn', { month })}
              rule={t('provePermitEnds')}
              rows={(rows ?? []).filter(row => endMonthOf(row) === month)}
            />
          ),
        },
      ]}
    />
  )
}

function Prove(props: {
  readonly book: PermitBook
  readonly name: string
  readonly rule: string
  readonly rows: readonly PermitRow[]
}) {
  const { book, ...rest } = props
  return <ProveRows {...rest} at="chain" prove={row => book.prove(row)} sum={some => count(some.length)} />
}
