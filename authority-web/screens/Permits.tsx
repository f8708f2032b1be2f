import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Chip } from '@hexhail/ui/components/Chip.tsx'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { Moment } from '@hexhail/ui/components/Measure.tsx'
import { Select } from '@hexhail/ui/components/Select.tsx'
import { TextField } from '@hexhail/ui/components/TextField.tsx'
import { locale } from '@hexhail/ui/locale.ts'
import { useEffect, useState } from 'preact/hooks'
import type { AuthorityModel } from '../model.ts'
import { Concessions } from '../parts/Concessions.tsx'
import { shortHex } from '../parts/names.ts'
import { PermitCase } from '../parts/PermitCase.tsx'
import { PermitCounts, PermitEnds } from '../parts/PermitCounts.tsx'
import { SavedTable } from '../parts/SavedTable.tsx'
import type { PermitBook, PermitFilter } from '../permit-book.ts'
import { t } from '../text.ts'

const STATES = ['all', 'waiting', 'granted', 'issued', 'suspended', 'revoked', 'refused'] as const
const TONES = {
  issued: 'good',
  waiting: 'accent',
  granted: 'accent',
  suspended: 'bad',
  revoked: 'bad',
  refused: 'bad',
} as const
/** The office is asked again this often, ms. */
const LOOK_MS = 5_000

/** Applications, permits and when they end. */
export function Permits({ model, book }: { readonly model: AuthorityModel; readonly book: PermitBook }) {
  const [at, setAt] = useState<string | null>(null)
  const ready = model.key.value === 'ready'
  useEffect(() => {
    void book.refresh()
    const timer = setInterval(() => void book.refresh(), LOOK_MS)
    return () => clearInterval(timer)
  }, [book, ready])
  const { text, state } = book.filter.value
  const put = (change: Partial<PermitFilter>) => {
    book.filter.value = { ...book.filter.value, ...change }
  }
  const row = book.rows.value?.find(each => each.entry.id === at)
  if (!ready) return <EmptyState icon="lock" title={t('permitsKey')} />
  return (
    <div class="stack">
      <h1>{t('permitsTitle')}</h1>
      <p class="muted">{t('permitsWhy')}</p>
      {book.problem.value && (
        <Banner tone="bad" icon="warning">
          {t(book.problem.value === 'OFFICE_DOWN' ? 'permitsAway' : 'permitsNot')}
        </Banner>
      )}
      <PermitCounts book={book} />
      {row && (
        <PermitCase
          key={row.entry.id}
          book={book}
          row={row}
          nowMs={model.nowMs()}
          onClose={() => setAt(null)}
        />
      )}
      <div class="filters-fields">
        <TextField
          label={t('permitsFind')}
          icon="search"
          value={text}
          onValue={value => put({ text: value })}
        />
        <Select
          label={t('permitsState')}
          value={state}
          options={STATES.map(value => ({ value, label: t(`permits_${value}`) }))}
          onValue={value => put({ state: value })}
        />
      </div>
      <SavedTable
        mayBeLong
        file="permits"
        caption={t('permitsTitle')}
        rows={book.shown.value}
        rowKey={each => each.entry.id}
        empty={<EmptyState icon="car" title={t(book.rows.value === null ? 'permitsAsk' : 'permitsNone')} />}
        columns={[
          {
            key: 'who',
            title: t('permitsWho'),
            plain: ({ entry, opened: application }) => application?.name ?? entry.account,
            cell: ({ entry, opened: application }) => (
              <button
                type="button"
                class="table-action"
                data-testid="permit-row"
                onClick={() => setAt(entry.id)}
              >
                {application?.name ?? shortHex(entry.account)}
              </button>
            ),
          },
          {
            key: 'plate',
            title: t('permitsPlate'),
            cell: each => each.opened?.car.plate ?? '',
            plain: each => each.opened?.car.plate ?? null,
          },
          {
            key: 'car',
            title: t('permitsCar'),
            plain: ({ opened: application }) =>
              application ? `${application.car.make} ${application.car.model}` : null,
            cell: ({ opened: application }) =>
              application ? `${application.car.make} ${application.car.model}` : '',
          },
          {
            key: 'state',
            title: t('permitsState'),
            plain: ({ entry }) => entry.state,
            cell: ({ entry }) => <Chip tone={TONES[entry.state]}>{t(`permits_${entry.state}`)}</Chip>,
          },
          {
            key: 'until',
            title: t('permitsUntil'),
            plain: ({ entry }) =>
              entry.driverMark ? new Date(entry.driverMark.untilS * 1_000).toISOString() : null,
            cell: ({ entry }) => (entry.driverMark ? dayOf(entry.driverMark.untilS) : ''),
          },
          {
            key: 'applied',
            title: t('permitsApplied'),
            plain: ({ entry }) => new Date(entry.appliedAtMs).toISOString(),
            cell: ({ entry }) => <Moment atMs={entry.appliedAtMs} day />,
          },
        ]}
      />
      <h2>{t('permitsEnds')}</h2>
      <PermitEnds book={book} />
      <Concessions book={book.concessions} nowMs={model.nowMs} />
    </div>
  )
}

const dayOf = (atS: number): string =>
  new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium' }).format(atS * 1_000)
