import { FIRM_STEP_S } from '@hexhail/client/driver-eta.ts'
import type { City } from '@hexhail/sim/city/city-times.ts'
import type { Privacy } from '@hexhail/sim/city/sight.ts'
import { quantile } from '../quantile.ts'
import { harvestCity } from './harvest-city.ts'
import type { Measure } from './measure.ts'

/** What is shipped: `sticky-cell.ts`, `refinedCell` and `driver-eta.ts`. */
const SHIPPED: Privacy = { driver: 'sticky', rider: 9, stepS: FIRM_STEP_S }
/** Bids tell the truth. */
const EXACT: Privacy = { driver: 'exact', rider: 'exact', stepS: 0 }
const SETTINGS: readonly Privacy[] = [
  EXACT,
  { ...EXACT, rider: 9, stepS: 30 },
  { ...EXACT, driver: 10 },
  { ...EXACT, driver: 9 },
  { driver: 9, rider: 9, stepS: 30 },
  { ...EXACT, driver: 'sticky' },
  SHIPPED,
  { ...SHIPPED, stepS: 60 },
  { ...SHIPPED, rider: 8 },
  { driver: 'sticky', rider: 7, stepS: 120 },
]
const LOADS = [40, 75, 95]
/** Bids to one request: of those who were asked for a firm time, and of all who may bid in an epoch. */
const BIDS = [5, 16]
const SEEDS = [1, 2, 3]

const nameOf = ({ driver, rider, stepS }: Privacy): string => `${driver} to ${rider}, ${stepS} s`

/** The curve between what fake riders learn and what honest ones wait: prints it, and gives what the shipped setting does. */
export function privacyRows(
  city: City,
  measure: Measure,
): { readonly errorM: number; readonly costPct: number } {
  const pickups = SETTINGS.map(privacy =>
    LOADS.map(
      load =>
        measure.mean({ name: nameOf(privacy), load, parts: { protocol: { name: 'epoch', privacy } } }).metrics
          .pickupS,
    ),
  )
  const errors = SETTINGS.map(privacy =>
    BIDS.map(bids => {
      const all = SEEDS.flatMap(seed =>
        harvestCity(city, privacy, { drivers: 250, requests: 50, bids, seed }),
      )
      return quantile(all, 0.5) ?? 0
    }),
  )
  console.log(
    '\nfrom, to, step              error m of 5 bids, of 16    pickup s at 40, 75, 95 %   above exact',
  )
  const costs = pickups.map(row => row.map((s, i) => (100 * s) / pickups[0]![i]! - 100))
  SETTINGS.forEach((privacy, i) => {
    const cells = [
      ...errors[i]!.map(m => m.toFixed(0)),
      ...pickups[i]!.map(s => s.toFixed(1)),
      ...costs[i]!.map(pct => `${pct.toFixed(0)} %`),
    ]
    console.log(`${nameOf(privacy).padEnd(26)} ${cells.map(cell => cell.padStart(8)).join(' ')}`)
  })
  const at = SETTINGS.indexOf(SHIPPED)
  return { errorM: Math.min(...errors[at]!), costPct: Math.max(...costs[at]!) }
}
