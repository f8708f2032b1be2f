import { K } from '@hexhail/audit/summary.ts'
import type { AuthorityModel } from '../model.ts'
import { CellTable } from '../parts/CellTable.tsx'
import { FilterBar } from '../parts/FilterBar.tsx'
import { HourMap, useCellsOfHour } from '../parts/HourMap.tsx'
import type { CityMap } from '../parts/TripMap.tsx'
import { t } from '../text.ts'

/** Trips by coarse area and hour of the day: the map and the same facts as a table. */
export function TripsMap({ model, city }: { readonly model: AuthorityModel; readonly city: CityMap }) {
  const of = useCellsOfHour(model.shown.value, model.cells.value, model.offsetMin())
  const { cells } = of
  const look = (cell: string): void => {
    model.filter.value = { ...model.filter.value, cell }
    location.hash = '#/overview'
  }
  return (
    <div class="stack">
      <h1>{t('mapTitle')}</h1>
      <p class="muted">{t('mapWhy')}</p>
      <FilterBar model={model} />
      <div class="split">
        <HourMap of={of} city={city} />
        <div class="stack-tight">
          <CellTable cells={cells} onCell={look} />
          {cells.some(each => each.small) && <p class="muted small">{t('fewWhy', { k: K })}</p>}
        </div>
      </div>
    </div>
  )
}
