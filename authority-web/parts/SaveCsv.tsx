import { csvLine } from '@hexhail/audit/csv-line.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import type { Column } from '@hexhail/ui/components/DataTable.tsx'
import { saveText } from '@hexhail/ui/save-text.ts'
import { t } from '../text.ts'

/** Properties of `SaveCsv`. */
export interface SaveCsvProps<R> {
  /** Of the file, without its ending. */
  readonly name: string
  /** Those with `plain` are saved, under their keys. */
  readonly columns: readonly Column<R>[]
  readonly rows: readonly R[]
}

/** Saves a table as it stands, exact, in one press. */
export function SaveCsv<R>({ name, columns, rows }: SaveCsvProps<R>) {
  return (
    <Button
      size="small"
      icon="download"
      disabled={rows.length === 0}
      onClick={() => saveText(`hexhail-${name}.csv`, 'text/csv', tableCsv(columns, rows))}
    >
      {t('csv')}
    </Button>
  )
}

/** A table as RFC 4180 text: a column for each that has `plain`. */
export function tableCsv<R>(columns: readonly Column<R>[], rows: readonly R[]): string {
  const saved = columns.filter(each => each.plain)
  const lines = [csvLine(saved.map(each => each.key))]
  for (const row of rows) lines.push(csvLine(saved.map(each => each.plain?.(row))))
  return `${lines.join('\r\n')}\r\n`
}
