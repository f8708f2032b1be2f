import type { Feed } from '../gtfs/feed.ts'
import { minorDigits } from '../gtfs/minor-units.ts'
import { type FareRule, type FareTable, FIRST_AND_TRANSFER } from './fare-table.ts'
import type { Kept } from './feed-fares.ts'

/**
 * Fares v1 (`fare_attributes.txt`, `fare_rules.txt`) as rules of the same kind as v2's: a route is a network of its own, a
 * zone an area, a fare a group whose changes are free as often and as long as it allows. A fare with `contains_id` depends
 * on the zones that are passed, which nobody here knows: it is left out. Null where no fare is left.
 */
export function plainFares({ fares, routes, stops, agencies }: Feed, kept: Kept): FareTable | null {
  const byZones = new Set(fares.rules.filter(rule => rule.containsId !== '').map(rule => rule.fareId))
  const [first] = fares.attributes
  const known = fares.attributes.filter(
    fare => fare.currencyType === first!.currencyType && !byZones.has(fare.fareId),
  )
  if (first === undefined || known.length === 0) return null
  const rules = known.flatMap((fare): FareRule[] => {
    const agency = agencies.findIndex(each => each.id === fare.agencyId)
    const own = fare.agencyId === '' ? null : routes.filter(r => r.agency === agency).map(r => r.id)
    const rows = fares.rules.filter(rule => rule.fareId === fare.fareId)
    const anywhere = { routeId: '', originId: '', destinationId: '' }
    return (rows.length === 0 ? [anywhere] : rows).map(row => ({
      ...{ group: fare.fareId, product: fare.fareId, fromFrame: '', toFrame: '', priority: 0 },
      networks: row.routeId === '' ? own : [row.routeId],
      from: row.originId === '' ? null : [row.originId],
      to: row.destinationId === '' ? null : [row.destinationId],
    }))
  })
  return {
    ...{ currency: first.currencyType, digits: minorDigits(first.currencyType) },
    ...{ categories: [], frames: [], rules, caps: { day: 0, week: 0 } },
    products: known.map(fare => ({ id: fare.fareId, name: '', category: '', amount: fare.amountMinor })),
    transfers: known
      .filter(fare => fare.transfers !== 0)
      .map(fare => ({
        ...{ from: [fare.fareId], to: [fare.fareId], count: fare.transfers, windowS: fare.transferDuration },
        ...{ windowType: 1, type: FIRST_AND_TRANSFER, product: '' },
      })),
    networks: kept.routes.map(i => routes[i]!.id),
    areas: rules.some(rule => rule.from !== null || rule.to !== null)
      ? kept.stops.map(i => [stops[i]!.zone])
      : [],
  }
}
