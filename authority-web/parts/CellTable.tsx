import { type CellSums, K } from '@hexhail/audit/summary.ts'
import { Chip } from '@hexhail/ui/components/Chip.tsx'
import type { Column } from '@hexhail/ui/components/DataTable.tsx'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { decimal } from '@hexhail/ui/format/money.ts'
import { t } from '../text.ts'
import { cellName } from './names.ts'
import { SavedTable } from './SavedTable.tsx'

/** Properties of `CellTable`. */
export interface CellTableProps {
  readonly cells: readonly CellSums[]
  /** Looks at the trips of one area. */
  readonly onCell: (cell: string) => void
}

/** The areas of the map in words and numbers. */
export function CellTable({ cells, onCell }: CellTableProps) {
  const columns: readonly Column<CellSums>[] = [
    {
      key: 'area',
      title: t('area'),
      plain: each => each.cell,
      cell: ({ cell, small }) => (
        <span class="row">
          <button
            type="button"
            class="table-action num"
            title={cell}
            aria-label={t('lookAtCell', { cell: cellName(cell) })}
            onClick={() => onCell(cell)}
          >
            {cellName(cell)}
          </button>
          {small && (
            <Chip tone="warn" icon="eye">
              {t('few', { k: K })}
            </Chip>
          )}
        </span>
      ),
    },
    {
      key: 'pickups',
      title: t('pickups'),
      align: 'end',
      cell: each => each.pickups,
      plain: each => each.pickups,
    },
    {
      key: 'dropoffs',
      title: t('dropoffs'),
      align: 'end',
      cell: each => each.dropoffs,
      plain: each => each.dropoffs,
    },
    {
      key: 'fares',
      title: t('fares'),
      align: 'end',
      cell: each => <Money amount={each.fares} />,
      plain: each => decimal(each.fares),
    },
    {
      key: 'levy',
      title: t('levy'),
      align: 'end',
      cell: each => <Money amount={each.levy} />,
      plain: each => decimal(each.levy),
    },
    {
      key: 'wrong',
      title: t('wrongHere'),
      align: 'end',
      cell: each => each.wrong,
      plain: each => each.wrong,
    },
  ]
  return (
    <SavedTable
      file="trips-by-area"
      caption={t('cellsTable')}
      columns={columns}
      rows={cells}
      rowKey={each => each.cell}
      empty={
        <EmptyState icon="map" title={t('noCells')}>
          {t('noCellsText')}
        </EmptyState>
      }
    />
  )
}
