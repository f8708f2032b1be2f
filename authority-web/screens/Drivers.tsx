import { summarize } from '@hexhail/audit/summary.ts'
import type { Permit } from '@hexhail/chain/ports.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { Chip } from '@hexhail/ui/components/Chip.tsx'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { decimal } from '@hexhail/ui/format/money.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useEffect, useState } from 'preact/hooks'
import type { AuthorityModel } from '../model.ts'
import { FilterBar } from '../parts/FilterBar.tsx'
import { shortHex } from '../parts/names.ts'
import { SavedTable } from '../parts/SavedTable.tsx'
import { t } from '../text.ts'

/** The drivers of the settlements in view, with their permits. */
export function Drivers({ model }: { readonly model: AuthorityModel }) {
  const groups = Map.groupBy(model.shown.value, row => row.fact.driver)
  const rows = [...groups]
    .map(([driver, trips]) => ({ driver, sums: summarize(trips) }))
    .sort((a, b) => b.sums.trips - a.sums.trips || (a.driver < b.driver ? -1 : 1))
  const look = (driver: Hex): void => {
    model.filter.value = { ...model.filter.value, driver }
    location.hash = '#/overview'
  }
  return (
    <div class="stack">
      <h1>{t('driversTitle')}</h1>
      <p class="muted">{t('driversWhy')}</p>
      <FilterBar model={model} />
      <SavedTable
        file="drivers"
        mayBeLong
        caption={t('driversTitle')}
        rows={rows}
        rowKey={each => each.driver}
        empty={<EmptyState icon="car" title={t('noDrivers')} />}
        columns={[
          {
            key: 'driver',
            title: t('driver'),
            plain: each => each.driver,
            cell: ({ driver }) => (
              <button
                type="button"
                class="table-action num"
                title={driver}
                aria-label={t('lookAtDriver', { driver: shortHex(driver) })}
                onClick={() => look(driver)}
              >
                {shortHex(driver)}
              </button>
            ),
          },
          {
            key: 'permit',
            title: t('permit'),
            cell: ({ driver }) => <PermitChip driver={driver} model={model} />,
          },
          {
            key: 'trips',
            title: t('trips'),
            align: 'end',
            cell: each => each.sums.trips,
            plain: each => each.sums.trips,
          },
          {
            key: 'fares',
            title: t('fares'),
            align: 'end',
            cell: each => <Money amount={each.sums.fares} />,
            plain: each => decimal(each.sums.fares),
          },
          {
            key: 'levy',
            title: t('levy'),
            align: 'end',
            cell: each => <Money amount={each.sums.levy} />,
            plain: each => decimal(each.sums.levy),
          },
          {
            key: 'wrong',
            title: t('wrongHere'),
            align: 'end',
            cell: each => each.sums.wrong,
            plain: each => each.sums.wrong,
          },
        ]}
      />
    </div>
  )
}

function PermitChip({ driver, model }: { readonly driver: Hex; readonly model: AuthorityModel }) {
  const [permit, setPermit] = useState<Permit | 'away' | null>(null)
  const isUp = model.chain.value !== 'down' && model.tariffs.value.size > 0
  useEffect(() => {
    let gone = false
    const put = (found: Permit | 'away') => gone || setPermit(found)
    if (isUp) model.permit(driver).then(put, () => put('away'))
    return () => {
      gone = true
    }
  }, [driver, isUp])
  if (permit === null) return <span class="muted">{t('permitAsk')}</span>
  if (permit === 'away') return <Chip icon="wifi-off">{t('away')}</Chip>
  if (permit.untilS === 0)
    return (
      <Chip tone="bad" icon="warning">
        {t('permitNone')}
      </Chip>
    )
  const date = new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium' }).format(permit.untilS * 1_000)
  const isOver = permit.untilS * 1_000 < model.nowMs()
  return isOver ? (
    <Chip tone="bad" icon="warning">
      {t('permitOver', { date })}
    </Chip>
  ) : (
    <Chip tone="good" icon="check">
      {t('permitUntil', { date })}
    </Chip>
  )
}
