import type { TariffChange } from '@hexhail/audit/tariff/diff.ts'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { formatMoment } from '@hexhail/ui/format/measure.ts'
import { formatMoney } from '@hexhail/ui/format/money.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { TariffDesk } from '../tariff-desk.ts'
import { t } from '../text.ts'
import { exactKm } from './fare-text.ts'
import { SavedTable } from './SavedTable.tsx'

interface Row {
  readonly key: string
  readonly what: string
  readonly before: string
  readonly after: string
}

/** What the draft changes: three rides in each class, then field by field. */
export function TariffChanges({ desk }: { readonly desk: TariffDesk }) {
  const diff = desk.diff.value
  const money = (amount: bigint): string =>
    formatMoney(amount, locale.value, { currency: desk.document.value?.currency ?? 'USD' })
  const rows: readonly Row[] = diff
    ? [
        ...diff.rides.map(ride => ({
          key: `${ride.class} ${ride.metres}`,
          what: t('diffRide', {
            class: ride.class,
            km: exactKm(ride.metres),
            min: Math.round(ride.secs / 60),
          }),
          before: money(ride.before),
          after: `${money(ride.after)}${share(Number(ride.before), Number(ride.after))}`,
        })),
        ...diff.changes.map(({ path, before, after }) => ({
          key: path,
          what: path,
          before: shown(before, path),
          after: shown(after, path) + shareOf(path, before, after),
        })),
      ]
    : []
  const cell = (key: 'what' | 'before' | 'after', title: string) => ({
    key,
    title,
    cell: (row: Row) => row[key],
    plain: (row: Row) => row[key],
  })
  return (
    <Card>
      <h2>{t('diffTitle')}</h2>
      {diff === null && <p class="muted">{t('diffNoBase')}</p>}
      {diff?.changes.length === 0 && <p>{t('diffNone')}</p>}
      {diff !== null && (
        <SavedTable
          file="tariff-changes"
          caption={t('diffTitle')}
          rows={rows}
          rowKey={row => row.key}
          columns={[
            cell('what', t('diffField')),
            cell('before', t('diffBefore')),
            cell('after', t('diffAfter')),
          ]}
        />
      )}
    </Card>
  )
}

const MOMENT = /(validFrom|validTo)$/

const shareOf = (path: string, before: TariffChange['before'], after: TariffChange['after']): string =>
  typeof before === 'number' && typeof after === 'number' && !MOMENT.test(path) ? share(before, after) : ''

function shown(value: TariffChange['before'], path: string): string {
  if (value === null) return t('diffGone')
  if (typeof value === 'number' && MOMENT.test(path))
    return value === 0 ? t('fieldNoEnd') : formatMoment(value * 1_000, locale.value)
  const text = String(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function share(before: number, after: number): string {
  if (before === 0 || before === after) return ''
  const percent = new Intl.NumberFormat(locale.value, {
    style: 'percent',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  })
  return ` (${percent.format((after - before) / Math.abs(before))})`
}
