/**
 * What the lines of a timetable cost, of GTFS's Fares v2 (or v1, turned into the same rules). All money is in whole minor
 * units of `currency`, which has `digits` decimals. Lists by route and by stop are by the timetable's indices.
 */
export interface FareTable {
  readonly currency: string
  readonly digits: number
  /** Kinds of riders that a product may be for; whoever proves nothing is of a default one. */
  readonly categories: readonly { readonly id: string; readonly name: string; readonly isDefault: boolean }[]
  readonly products: readonly FareProduct[]
  readonly rules: readonly FareRule[]
  readonly transfers: readonly FareTransfer[]
  readonly frames: readonly FareFrame[]
  /** Of each route its network, '' for none. */
  readonly networks: readonly string[]
  /** Of each stop its areas, [''] for none; an empty list where no rule asks for areas. */
  readonly areas: readonly (readonly string[])[]
  /** The most that one pass pays in a day, and in a week that begins on Monday; 0 for no cap. GTFS knows no caps. */
  readonly caps: { readonly day: number; readonly week: number }
}

/** A product by its price for a category; '' for everybody. A product may have several rows. Less than 0: a discount. */
export interface FareProduct {
  readonly id: string
  readonly name: string
  readonly category: string
  readonly amount: number
}

/** Which product pays a ride; null stands for any. Of rules that fit those of the highest priority hold. */
export interface FareRule {
  readonly group: string
  readonly networks: readonly string[] | null
  readonly from: readonly string[] | null
  readonly to: readonly string[] | null
  readonly fromFrame: string
  readonly toFrame: string
  readonly product: string
  readonly priority: number
}

/** GTFS's `fare_transfer_type`: the product is paid with the first ride, with both, or for both. */
export const FIRST_AND_TRANSFER = 0
export const BOTH_AND_TRANSFER = 1
export const TRANSFER_ALONE = 2

/**
 * What a change from a ride of one group to one of another costs; null stands for any group, the product '' for nothing.
 * `count` such changes in a row and `windowS` seconds from the first ride of the row, -1: without limit. `windowType` is
 * GTFS's `duration_limit_type`: 0 departure to arrival, 1 departure to departure, 2 arrival to departure, 3 arrival to
 * arrival.
 */
export interface FareTransfer {
  readonly from: readonly string[] | null
  readonly to: readonly string[] | null
  readonly count: number
  readonly windowS: number
  readonly windowType: number
  readonly type: number
  readonly product: string
}

/** Seconds of a day that a rule holds in, on the days of a service (an index) or on all (-1). */
export interface FareFrame {
  readonly group: string
  readonly startS: number
  readonly endS: number
  readonly service: number
}
