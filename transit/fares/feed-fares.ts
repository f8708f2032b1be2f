import type { Feed } from '../gtfs/feed.ts'
import { minorDigits } from '../gtfs/minor-units.ts'
import type { FeedFares } from '../gtfs/read-fares.ts'
import type { FareRule, FareTable } from './fare-table.ts'
import { plainFares } from './plain-fares.ts'

/** Feed indices of the stops and routes that a timetable keeps, in its order. */
export interface Kept {
  readonly stops: readonly number[]
  readonly routes: readonly number[]
}

const DAY_S = 86_400

/**
 * The fares of a feed: Fares v2 where it has rules for rides, else v1; null where it has neither. Products in another
 * currency than the first one are left out, and so have no price here.
 */
export function feedFares(feed: Feed, kept: Kept): FareTable | null {
  const { fares, services } = feed
  if (fares.legRules.length === 0) return plainFares(feed, kept)
  const first = fares.products.find(product => product.fareProductId === fares.legRules[0]!.fareProductId)
  if (first === undefined) return null
  const serviceAt = new Map(services.map((service, i) => [service.id, i]))
  const hasAreas = fares.legRules.some(rule => rule.fromAreaId !== '' || rule.toAreaId !== '')
  return {
    ...{ currency: first.currency, digits: minorDigits(first.currency) },
    categories: fares.categories.map(c => ({
      ...{ id: c.riderCategoryId, name: c.riderCategoryName, isDefault: c.isDefaultFareCategory === 1 },
    })),
    products: fares.products
      .filter(product => product.currency === first.currency)
      .map(p => ({
        ...{ id: p.fareProductId, name: p.fareProductName, category: p.riderCategoryId },
        amount: p.amountMinor,
      })),
    rules: rulesOf(fares, feed, kept, hasAreas),
    transfers: transfersOf(fares),
    frames: fares.timeframes.map(frame => ({
      ...{ group: frame.timeframeGroupId, startS: Math.max(0, frame.startTime) },
      ...{ endS: frame.endTime < 0 ? DAY_S : frame.endTime, service: serviceAt.get(frame.serviceId) ?? -1 },
    })),
    networks: kept.routes.map(i => feed.routes[i]!.network),
    areas: hasAreas ? kept.stops.map(i => areasOf(feed, i)) : [],
    caps: { day: 0, week: 0 },
  }
}

/** With priorities a blank means any; without, whatever no other rule of the file names. */
function rulesOf({ legRules }: FeedFares, feed: Feed, kept: Kept, hasAreas: boolean): FareRule[] {
  const isRanked = legRules.some(rule => rule.rulePriority > 0)
  const networks = kept.routes.map(i => feed.routes[i]!.network)
  const areas = hasAreas ? kept.stops.flatMap(i => areasOf(feed, i)) : []
  const some = (named: string, others: readonly string[], all: readonly string[]): string[] | null => {
    if (named !== '') return [named]
    if (isRanked || others.every(other => other === '')) return null
    return [...new Set(all)].filter(each => !others.includes(each) || each === '').sort()
  }
  const [froms, tos] = [legRules.map(rule => rule.fromAreaId), legRules.map(rule => rule.toAreaId)]
  const nets = legRules.map(rule => rule.networkId)
  return legRules.map(rule => ({
    ...{ group: rule.legGroupId, networks: some(rule.networkId, nets, networks) },
    ...{ from: some(rule.fromAreaId, froms, areas), to: some(rule.toAreaId, tos, areas) },
    ...{ fromFrame: rule.fromTimeframeGroupId, toFrame: rule.toTimeframeGroupId },
    ...{ product: rule.fareProductId, priority: Math.max(0, rule.rulePriority) },
  }))
}

function transfersOf({ legRules, transferRules }: FeedFares): FareTable['transfers'] {
  const groups = [...new Set(legRules.map(rule => rule.legGroupId))].sort()
  const some = (named: string, others: readonly string[]): string[] | null => {
    if (named !== '') return [named]
    return others.every(other => other === '') ? null : groups.filter(group => !others.includes(group))
  }
  const froms = transferRules.map(rule => rule.fromLegGroupId)
  const tos = transferRules.map(rule => rule.toLegGroupId)
  return transferRules.map(rule => ({
    ...{ from: some(rule.fromLegGroupId, froms), to: some(rule.toLegGroupId, tos) },
    ...{ count: rule.transferCount, windowS: rule.durationLimit, windowType: rule.durationLimitType },
    ...{ type: rule.fareTransferType, product: rule.fareProductId },
  }))
}

/** A stop's areas and those of the stations above it. */
function areasOf(feed: Feed, stop: number): string[] {
  const areas: string[] = []
  for (let at = stop; at >= 0; at = feed.stops[at]!.parent)
    areas.push(...(feed.fares.stopAreas.get(feed.stops[at]!.id) ?? []))
  return areas.length === 0 ? [''] : [...new Set(areas)].sort()
}
