import type { AuditRow } from '@hexhail/audit/settled.ts'
import { byCell, type CellSums } from '@hexhail/audit/summary.ts'
import { Slider } from '@hexhail/ui/components/Slider.tsx'
import { locale } from '@hexhail/ui/locale.ts'
import { useMemo, useState } from 'preact/hooks'
import { t } from '../text.ts'
import { hourOf } from '../time-series.ts'
import { type CityMap, TripMap } from './TripMap.tsx'

/** The areas of one hour of the day, or of all of it, and what to choose the hour with. */
export interface CellsOfHour {
  readonly cells: readonly CellSums[]
  /** The areas of all hours. */
  readonly all: readonly CellSums[]
  readonly hour: number | null
  readonly setHour: (hour: number | null) => void
}

/** Parts the areas of settlements by the hour in which the trips began. */
export function useCellsOfHour(
  rows: readonly AuditRow[],
  all: readonly CellSums[],
  offsetMin: number,
): CellsOfHour {
  const [hour, setHour] = useState<number | null>(null)
  const hours = useMemo(() => Map.groupBy(rows, row => hourOf(row, offsetMin)), [rows, offsetMin])
  const cells = useMemo(() => (hour === null ? all : byCell(hours.get(hour) ?? [])), [hours, all, hour])
  return { cells, all, hour, setHour }
}

/** The map with a slider over the hours of the day. */
export function HourMap({ of, city }: { readonly of: CellsOfHour; readonly city: CityMap }) {
  const { cells, all, hour, setHour } = of
  const pickups = cells.reduce((sum, each) => sum + each.pickups, 0)
  return (
    <div class="stack-tight map-side">
      <TripMap cells={cells} city={city} frame={all} />
      <Slider
        label={t('hourOfDay')}
        value={hour ?? -1}
        min={-1}
        max={23}
        onValue={value => setHour(value < 0 ? null : value)}
        format={value =>
          value < 0
            ? t('hourAll')
            : t('hourOne', { from: hourText(value), to: hourText((value + 1) % 24), n: pickups })
        }
      />
    </div>
  )
}

/** An hour of the day as the reader writes it: `8 AM`, `08`. */
const hourText = (hour: number): string =>
  new Intl.DateTimeFormat(locale.value, { hour: 'numeric', timeZone: 'UTC' }).format(hour * 3_600_000)
