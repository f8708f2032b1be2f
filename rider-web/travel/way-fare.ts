import type { TravelPlan } from '@hexhail/transit/door/travel-plan.ts'
import { fareOfLines } from '@hexhail/transit/fares/line-fares.ts'
import type { FareLine } from '@hexhail/ui/components/FareTable.tsx'
import { t } from '../text.ts'

/** What the lines of a way cost together; null where the price of one of them is not known. */
export const linesFare = ({ legs }: Pick<TravelPlan, 'legs'>): bigint | null =>
  fareOfLines(legs.flatMap(leg => (leg.kind === 'line' ? [leg.fare ?? null] : [])))

/** The price of a way line by line: its rides, the single fares of its lines, and what changes and caps take off. */
export function wayFareLines(plan: Pick<TravelPlan, 'legs'>, rides: bigint): FareLine[] {
  const fares = plan.legs.flatMap(leg => (leg.kind === 'line' && leg.fare ? [leg.fare] : []))
  const sum = (part: 'single' | 'transferOff' | 'capOff'): bigint =>
    fares.reduce((all, fare) => all + fare[part], 0n)
  const products = [...new Set(fares.map(fare => fare.product))].join(', ')
  const [off, cap] = [sum('transferOff'), sum('capOff')]
  return [
    ...(plan.legs.some(leg => leg.kind === 'ride') ? [{ label: t('fareRide'), amount: rides }] : []),
    ...(fares.length > 0
      ? [{ label: t('fareLines', { n: fares.length }), note: products, amount: sum('single') }]
      : []),
    ...(off > 0n ? [{ label: t('fareTransfer'), amount: -off }] : []),
    ...(cap > 0n ? [{ label: t('fareCap'), amount: -cap }] : []),
  ]
}
