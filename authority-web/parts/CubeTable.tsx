import type { VirtualColumn } from '@hexhail/ui/components/VirtualTable.tsx'
import { VirtualTable } from '@hexhail/ui/components/VirtualTable.tsx'
import type { CubePreview, PreviewRow } from '../cube-preview.ts'
import { t } from '../text.ts'
import { cellName } from './names.ts'
import { SaveCsv } from './SaveCsv.tsx'

/** The rows of a release as they would be, without the noise. */
export function CubeTable({ preview, period }: { readonly preview: CubePreview; readonly period: string }) {
  const keyed = preview.columns.map(
    (name, at): VirtualColumn<PreviewRow> => ({
      key: name,
      title: titleOf(name),
      cell: row => <span class="num">{nameOf(name, row.key[at] ?? '')}</span>,
      plain: row => row.key[at] ?? '',
      sortBy: row => row.key[at] ?? '',
    }),
  )
  const columns: readonly VirtualColumn<PreviewRow>[] = [
    ...keyed,
    {
      key: 'level',
      title: t('publishLevel'),
      width: 'narrow',
      align: 'end',
      cell: row => row.level + 1,
      plain: row => row.level,
      sortBy: row => row.level,
    },
    {
      key: 'trips',
      title: t('trips'),
      width: 'narrow',
      align: 'end',
      cell: row => row.trips,
      plain: row => row.trips,
      sortBy: row => row.trips,
    },
  ]
  return (
    <div class="stack-tight">
      <VirtualTable
        caption={t('publishPreview')}
        rows={preview.rows}
        rowKey={row => `${row.level} ${row.key.join('|')}`}
        columns={columns}
      />
      <div class="row">
        <SaveCsv name={`preview-${preview.name}-${period}`} columns={columns} rows={preview.rows} />
      </div>
    </div>
  )
}

function titleOf(column: string): string {
  if (column === 'pickup_cell') return t('from')
  return column === 'dropoff_cell' ? t('to') : t('publishHour')
}

function nameOf(column: string, value: string): string {
  if (value === '') return t('publishWhole')
  return column.endsWith('_cell') ? cellName(value) : value
}
