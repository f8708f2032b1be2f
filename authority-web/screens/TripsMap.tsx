import { K } from '@hexhail/audit/summary.ts'
import type { AuthorityModel } from '../model.ts'
import { CellTable } from '../parts/CellTable.tsx'
import { FilterBar } from '../parts/FilterBar.tsx'
import { type CityMap, TripMap } from '../parts/TripMap.tsx'
import { t } from '../text.ts'

/** Trips by coarse area: the map and the same facts as a table. */
export function TripsMap({ model, city }: { readonly model: AuthorityModel; readonly city: CityMap }) {
  const cells = model.cells.value
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
        <TripMap cells={cells} city={city} />
        <div class="stack-tight">
          <CellTable cells={cells} onCell={look} />
          {cells.some(each => each.small) && <p class="muted small">{t('fewWhy', { k: K })}</p>}
        </div>
      </div>
    </div>
  )
}
