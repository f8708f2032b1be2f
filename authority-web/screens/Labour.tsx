import { type DriverWeek, mondayMs } from '@hexhail/audit/checks/statistics/driver-weeks.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Chip } from '@hexhail/ui/components/Chip.tsx'
import type { Column } from '@hexhail/ui/components/DataTable.tsx'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { Figures } from '@hexhail/ui/components/Figures.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { Spinner } from '@hexhail/ui/components/Spinner.tsx'
import { formatNumber } from '@hexhail/ui/format/measure.ts'
import { decimal } from '@hexhail/ui/format/money.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useEffect } from 'preact/hooks'
import type { AuditDesk } from '../audit-desk.ts'
import { EVERYTHING } from '../filter.ts'
import type { AuthorityModel } from '../model.ts'
import { shortHex } from '../parts/names.ts'
import { SavedTable } from '../parts/SavedTable.tsx'
import { t } from '../text.ts'

/** What drivers got for their time and their way, week by week, against the floor of the tariff. */
export function Labour({ model, audit }: { readonly model: AuthorityModel; readonly audit: AuditDesk }) {
  const look = (driver: string): void => {
    model.filter.value = { ...EVERYTHING, driver: driver as Hex }
    location.hash = '#/overview'
  }
  useEffect(() => audit.begin(), [audit])
  const weeks = audit.news.value?.weeks
  return (
    <div class="stack">
      <h1>{t('labourTitle')}</h1>
      <p class="muted">{t('labourWhy')}</p>
      {weeks === undefined ? (
        <Banner icon="clock">
          <Spinner label={t('auditing')} />
        </Banner>
      ) : weeks.length === 0 ? (
        <EmptyState icon="clock" title={t('labourNone')} />
      ) : (
        <Weeks weeks={weeks} onDriver={look} />
      )}
    </div>
  )
}

function Weeks({
  weeks,
  onDriver,
}: {
  readonly weeks: readonly DriverWeek[]
  readonly onDriver: (driver: string) => void
}) {
  const hourly = weeks.flatMap(week => perHour(week) ?? []).sort((a, b) => (a < b ? -1 : 1))
  const below = weeks.filter(isBelow).length
  return (
    <>
      <Figures
        figures={[
          { label: t('labourWeeks'), value: formatNumber(weeks.length, locale.value) },
          {
            label: t('labourMedian'),
            value: hourly.length > 0 ? <Money amount={hourly[hourly.length >> 1] as bigint} /> : '–',
          },
          {
            label: t('labourBelow'),
            value: <span data-testid="below-floor">{formatNumber(below, locale.value)}</span>,
          },
        ]}
      />
      <SavedTable
        file="driver-weeks"
        all={weeks}
        caption={t('labourTitle')}
        columns={columns(onDriver)}
        rows={weeks.slice(0, 500)}
        rowKey={({ driver, week }) => `${driver} ${week}`}
      />
    </>
  )
}

/** Built anew at each drawing, so that the titles follow the language. */
function columns(onDriver: (driver: string) => void): readonly Column<DriverWeek>[] {
  const day = new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeZone: 'UTC' })
  const money = (minor: number | bigint | null) => (minor === null ? '–' : <Money amount={BigInt(minor)} />)
  const plain = (minor: number | bigint | null) => (minor === null ? null : decimal(BigInt(minor)))
  return [
    {
      key: 'week',
      title: t('weekOf'),
      cell: ({ week }) => day.format(mondayMs(week)),
      plain: ({ week }) => new Date(mondayMs(week)).toISOString().slice(0, 10),
    },
    {
      key: 'driver',
      title: t('driver'),
      plain: each => each.driver,
      cell: each => (
        <button
          type="button"
          class="table-action num"
          aria-label={t('lookAtDriver', { driver: shortHex(each.driver) })}
          onClick={() => onDriver(each.driver)}
        >
          {shortHex(each.driver)}
        </button>
      ),
    },
    { key: 'trips', title: t('trips'), align: 'end', cell: each => each.trips, plain: each => each.trips },
    {
      key: 'hours',
      title: t('hours'),
      plain: each => each.engagedS / 3_600,
      align: 'end',
      cell: each => formatNumber(each.engagedS / 3_600, locale.value, 2),
    },
    {
      key: 'pay',
      title: t('pay'),
      align: 'end',
      cell: each => money(each.pay),
      plain: each => plain(each.pay),
    },
    {
      key: 'hour',
      title: t('payHour'),
      align: 'end',
      cell: each => money(perHour(each)),
      plain: each => plain(perHour(each)),
    },
    {
      key: 'km',
      title: t('payKm'),
      align: 'end',
      cell: each => money(perKm(each)),
      plain: each => plain(perKm(each)),
    },
    {
      key: 'floor',
      title: t('floor'),
      align: 'end',
      cell: each => money(each.floor),
      plain: each => plain(each.floor),
    },
    {
      key: 'kept',
      title: '',
      cell: each =>
        each.floor === null ? (
          <span class="muted small">{t('floorNone')}</span>
        ) : isBelow(each) ? (
          <Chip tone="bad" icon="warning">
            {t('floorBroken')}
          </Chip>
        ) : (
          <Chip tone="good" icon="check">
            {t('floorKept')}
          </Chip>
        ),
    },
  ]
}

const isBelow = ({ pay, floor }: DriverWeek): boolean => floor !== null && pay < floor

const perHour = ({ pay, engagedS }: DriverWeek): bigint | null =>
  engagedS < 1 ? null : BigInt(Math.round((pay * 3_600) / engagedS))

const perKm = ({ pay, metres }: DriverWeek): bigint | null =>
  metres < 1 ? null : BigInt(Math.round((pay * 1_000) / metres))
