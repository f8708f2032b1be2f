import { type DriverWeek, mondayMs } from '@hexhail/audit/checks/statistics/driver-weeks.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Chip } from '@hexhail/ui/components/Chip.tsx'
import type { Column } from '@hexhail/ui/components/DataTable.tsx'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { Spinner } from '@hexhail/ui/components/Spinner.tsx'
import { formatNumber } from '@hexhail/ui/format/measure.ts'
import { decimal, formatMoney } from '@hexhail/ui/format/money.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useEffect } from 'preact/hooks'
import type { AuditDesk } from '../audit-desk.ts'
import type { AuditNews } from '../audit-job.ts'
import { EVERYTHING } from '../filter.ts'
import type { AuthorityModel } from '../model.ts'
import { type AuditFigure, AuditFigures } from '../parts/AuditFigures.tsx'
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
  const news = audit.news.value
  return (
    <div class="stack">
      <h1>{t('labourTitle')}</h1>
      <p class="muted">{t('labourWhy')}</p>
      {news === null ? (
        <Banner icon="clock">
          <Spinner label={t('auditing')} />
        </Banner>
      ) : news.weeks.length === 0 ? (
        <EmptyState icon="clock" title={t('labourNone')} />
      ) : (
        <>
          <AuditFigures
            figures={FIGURES}
            news={news}
            rows={audit.audited.value.filter(({ record }) => record !== null && record.startedAtMs > 0)}
            audit={audit}
            model={model}
          />
          <Weeks weeks={news.weeks} onDriver={look} />
        </>
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
  return (
    <SavedTable
      file="driver-weeks"
      mayBeLong
      caption={t('labourTitle')}
      columns={columns(onDriver)}
      rows={weeks}
      rowKey={({ driver, week }) => `${driver} ${week}`}
    />
  )
}

const FIGURES: readonly AuditFigure[] = [
  {
    name: 'labourWeeks',
    rule: 'proveWeeks',
    testId: 'driver-weeks',
    of: ({ weeks }) => formatNumber(weeks.length, locale.value),
  },
  { name: 'labourMedian', rule: 'proveMedian', of: ({ weeks }) => medianHour(weeks) },
  {
    name: 'labourBelow',
    rule: 'proveBelow',
    testId: 'below-floor',
    of: ({ weeks }) => formatNumber(weeks.filter(isBelow).length, locale.value),
  },
]

function medianHour(weeks: AuditNews['weeks']): string {
  const hourly = weeks.flatMap(week => perHour(week) ?? []).sort((a, b) => (a < b ? -1 : 1))
  const middle = hourly[hourly.length >> 1]
  return middle === undefined ? '–' : formatMoney(middle, locale.value)
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
      key: 'kept',
      title: t('floorState'),
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
  ]
}

const isBelow = ({ pay, floor }: DriverWeek): boolean => floor !== null && pay < floor

const perHour = ({ pay, engagedS }: DriverWeek): bigint | null =>
  engagedS < 1 ? null : BigInt(Math.round((pay * 3_600) / engagedS))

const perKm = ({ pay, metres }: DriverWeek): bigint | null =>
  metres < 1 ? null : BigInt(Math.round((pay * 1_000) / metres))
