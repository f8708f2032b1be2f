import { toCsv } from '@hexhail/audit/csv.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Select } from '@hexhail/ui/components/Select.tsx'
import { locale } from '@hexhail/ui/locale.ts'
import { saveText } from '@hexhail/ui/save-text.ts'
import type { Filter, Period } from '../filter.ts'
import type { AuthorityModel } from '../model.ts'
import { t } from '../text.ts'
import { cellName, shortHex, weekName } from './names.ts'

/** Chooses which settlements are looked at, and saves them. */
export function FilterBar({ model }: { readonly model: AuthorityModel }) {
  const filter = model.filter.value
  const set = (change: Partial<Filter>): void => {
    model.filter.value = { ...filter, ...change }
  }
  const periods: readonly Period[] = ['hour', 'day', 'week', 'all']
  return (
    <section class="filters" aria-label={t('filters')}>
      <div class="filters-fields">
        <Select
          label={t('period')}
          value={filter.period}
          options={periods.map(value => ({ value, label: t(value) }))}
          onValue={period => set({ period })}
        />
        <Select
          label={t('only')}
          value={filter.only}
          options={[
            { value: 'all', label: t('onlyAll') },
            { value: 'wrong', label: t('onlyWrong') },
            { value: 'missing', label: t('onlyMissing') },
          ]}
          onValue={only => set({ only })}
        />
        <Button
          icon="download"
          disabled={model.shown.value.length === 0}
          testId="csv"
          onClick={() => saveText('hexhail-settlements.csv', 'text/csv', toCsv(model.shown.value))}
        >
          {t('csv')}
        </Button>
      </div>
      {[filter.cell, filter.driver, filter.tariff, filter.weekMs].some(each => each !== null) && (
        <div class="cluster">
          {filter.cell !== null && (
            <Drop name={t('ofCell', { cell: cellName(filter.cell) })} onDrop={() => set({ cell: null })} />
          )}
          {filter.driver !== null && (
            <Drop
              name={t('ofDriver', { driver: shortHex(filter.driver) })}
              onDrop={() => set({ driver: null })}
            />
          )}
          {filter.tariff !== null && (
            <Drop name={t('tariffTitle', { n: filter.tariff })} onDrop={() => set({ tariff: null })} />
          )}
          {filter.weekMs !== null && (
            <Drop name={weekName(filter.weekMs, locale.value)} onDrop={() => set({ weekMs: null })} />
          )}
        </div>
      )}
    </section>
  )
}

function Drop({ name, onDrop }: { readonly name: string; readonly onDrop: () => void }) {
  return (
    <Button size="small" icon="close" label={t('dropFilter', { name })} onClick={onDrop}>
      {name}
    </Button>
  )
}
