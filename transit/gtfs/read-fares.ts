import type { FeedRoute, FeedStop } from './feed.ts'
import { choice, count, currency, id, money, needed, ref, text, time } from './field.ts'
import { minorUnits } from './minor-units.ts'
import { type FeedSource, type Row, readRows } from './read-rows.ts'

/** Ids of a feed by what they name. */
export type Ids = ReadonlyMap<string, unknown>

const PRODUCT = (categories: Ids, media: Ids) => ({
  fareProductId: id,
  fareProductName: text,
  riderCategoryId: ref(categories),
  fareMediaId: ref(media),
  amount: needed(money),
  currency: needed(currency),
})

const LEG_RULE = (products: Ids, areas: Ids, networks: Ids, frames: Ids) => ({
  legGroupId: text,
  networkId: ref(networks),
  fromAreaId: ref(areas),
  toAreaId: ref(areas),
  fromTimeframeGroupId: ref(frames),
  toTimeframeGroupId: ref(frames),
  fareProductId: { ...ref(products), blank: undefined },
  rulePriority: count,
})

const TRANSFER_RULE = (products: Ids, groups: Ids) => ({
  fromLegGroupId: ref(groups),
  toLegGroupId: ref(groups),
  /** How often in a row; -1 where blank: without limit. The feed's own -1 is read as that. */
  transferCount: { ...count, read: (value: string) => (value === '-1' ? -1 : count.read(value)) },
  durationLimit: count,
  durationLimitType: choice(3),
  fareTransferType: needed(choice(2)),
  fareProductId: ref(products),
})

const CATEGORY = {
  riderCategoryId: id,
  riderCategoryName: text,
  isDefaultFareCategory: choice(1),
  eligibilityUrl: text,
}
const MEDIUM = { fareMediaId: id, fareMediaName: text, fareMediaType: needed(choice(4)) }
const FRAME = (services: Ids) => ({
  timeframeGroupId: id,
  startTime: time,
  endTime: time,
  serviceId: { ...ref(services), blank: undefined },
})
const ATTRIBUTE = (agencies: Ids) => ({
  fareId: id,
  price: needed(money),
  currencyType: needed(currency),
  paymentMethod: choice(1),
  /** Transfers that the fare allows; -1: any number. */
  transfers: choice(2, -1),
  agencyId: ref(agencies),
  transferDuration: count,
})
const RULE = (fares: Ids, routes: Ids, zones: Ids) => ({
  fareId: { ...ref(fares), blank: undefined },
  routeId: ref(routes),
  originId: ref(zones),
  destinationId: ref(zones),
  containsId: ref(zones),
})

/** A price in whole minor units of its currency (ISO 4217). */
interface Price {
  readonly amountMinor: number
}

/** Fares as the feed has them, columns by GTFS's names (Fares v2, and v1 under `attributes` and `rules`). */
export interface FeedFares {
  readonly products: readonly (Row<ReturnType<typeof PRODUCT>> & Price)[]
  readonly legRules: readonly Row<ReturnType<typeof LEG_RULE>>[]
  readonly transferRules: readonly Row<ReturnType<typeof TRANSFER_RULE>>[]
  readonly categories: readonly Row<typeof CATEGORY>[]
  readonly media: readonly Row<typeof MEDIUM>[]
  readonly timeframes: readonly Row<ReturnType<typeof FRAME>>[]
  /** Areas of stops, by stop id. */
  readonly stopAreas: ReadonlyMap<string, readonly string[]>
  readonly attributes: readonly (Row<ReturnType<typeof ATTRIBUTE>> & Price)[]
  readonly rules: readonly Row<ReturnType<typeof RULE>>[]
}

/** Fares of a feed: what names something that is not there is left out, with an error. */
export function readFares(
  source: FeedSource,
  known: { stops: readonly FeedStop[]; routes: readonly FeedRoute[]; agencies: Ids; services: Ids },
): FeedFares {
  const network = { networkId: id, networkName: text }
  const named = readRows(source, 'networks.txt', network, { key: ['networkId'] }).map(row => row.networkId)
  const networks = setOf([...named, ...known.routes.map(route => route.network)])
  const areas = setOf(
    readRows(source, 'areas.txt', { areaId: id }, { key: ['areaId'] }).map(row => row.areaId),
  )
  const stopIds = setOf(known.stops.map(stop => stop.id))
  const inArea = {
    areaId: { ...ref(areas), blank: undefined },
    stopId: { ...ref(stopIds), blank: undefined },
  }
  const stopAreas = new Map<string, string[]>()
  for (const { areaId, stopId } of readRows(source, 'stop_areas.txt', inArea)) {
    const list = stopAreas.get(stopId)
    if (list) list.push(areaId)
    else stopAreas.set(stopId, [areaId])
  }
  const categories = readRows(source, 'rider_categories.txt', CATEGORY, { key: ['riderCategoryId'] })
  const media = readRows(source, 'fare_media.txt', MEDIUM, { key: ['fareMediaId'] })
  const timeframes = readRows(source, 'timeframes.txt', FRAME(known.services))
  const products = readRows(
    source,
    'fare_products.txt',
    PRODUCT(setOf(categories.map(c => c.riderCategoryId)), setOf(media.map(m => m.fareMediaId))),
    { key: ['fareProductId', 'riderCategoryId', 'fareMediaId'] },
  ).map(row => ({ ...row, amountMinor: minorUnits(row.amount, row.currency) }))
  const productIds = setOf(products.map(p => p.fareProductId))
  const frames = setOf(timeframes.map(t => t.timeframeGroupId))
  const legRules = readRows(source, 'fare_leg_rules.txt', LEG_RULE(productIds, areas, networks, frames))
  const groups = setOf(legRules.map(rule => rule.legGroupId))
  const attributes = readRows(source, 'fare_attributes.txt', ATTRIBUTE(known.agencies), { key: ['fareId'] })
  const zones = setOf(known.stops.map(stop => stop.zone))
  const fareIds = setOf(attributes.map(fare => fare.fareId))
  const routeIds = setOf(known.routes.map(route => route.id))
  return {
    ...{ products, legRules, categories, media, timeframes, stopAreas },
    transferRules: readRows(source, 'fare_transfer_rules.txt', TRANSFER_RULE(productIds, groups)),
    attributes: attributes.map(row => ({ ...row, amountMinor: minorUnits(row.price, row.currencyType) })),
    rules: readRows(source, 'fare_rules.txt', RULE(fareIds, routeIds, zones)),
  }
}

function setOf(ids: Iterable<string>): Ids {
  return new Map(Array.from(ids, name => [name, name]))
}
