import type { AuditLine } from './fare-basis.ts'
import type { Agreed } from './quote.ts'
import { clockBp, fareLines, fareOf, TARIFF_UNIT, type Tariff, wayPart } from './tariff.ts'
import { discountLines } from './tariff-discounts.ts'
import type { TariffDocument } from './tariff-document.ts'
import { factorOf, meter } from './tariff-meter.ts'
import { wayOf } from './tariff-way.ts'

/** The document behind a tariff of the chain, checked, and the class of it that the chain's numbers are derived from. */
export interface ClassDocument {
  readonly document: TariffDocument
  readonly class: string
}

/**
 * What one trip is reckoned by: the chain's tariff, and the document behind it where both sides have it; null: by the
 * chain's numbers alone.
 */
export interface TripTariff {
  readonly tariff: Tariff
  readonly by: ClassDocument | null
  /** Id of the concession that the rider has proven; none: ''. */
  readonly concession?: string
  /** How many seconds of road a car drives in one: more than 1 in a demo alone. */
  readonly timeScale?: number
}

/** The base fare vests over this time, so that nobody is paid for a ride of ten metres. Seconds. */
export const VEST_S = 120

/** The tariff of a trip under the rules of the app; `byDocument`: both sides have the document. */
export const tariffOf = (
  {
    tariff,
    document,
    timeScale = 1,
  }: { readonly tariff: Tariff; readonly document?: ClassDocument; readonly timeScale?: number },
  byDocument: boolean,
  concession?: { readonly id: string } | null,
): TripTariff => ({
  tariff,
  by: (byDocument && document) || null,
  timeScale,
  ...(concession && { concession: concession.id }),
})

/** Metres and seconds that a meter counts: on an S meter those above and those below the changeover speed. */
export interface Counted {
  readonly metres: number
  readonly secs: number
}

/** True where the fare is agreed before the ride; else the meter runs, and what was quoted is the most. */
export const isUpfront = ({ by }: TripTariff): boolean => by === null || by.document.upfront.isAllowed

/** What a fare agreed before the ride is, or for a meter that runs the most that it can come to; minor units. */
export function quotedFare(of: TripTariff, metres: number, secs: number, bp: number): bigint {
  if (isUpfront(of)) return sumOf(meteredLines(of, { metres, secs }, bp))
  return discounted(of, fareOf(of.tariff, metres, secs, bp))
}

/** The lines of a quote; they add up to `quotedFare`. */
export function quotedLines(of: TripTariff, metres: number, secs: number, bp: number): AuditLine[] {
  if (isUpfront(of)) return meteredLines(of, { metres, secs }, bp)
  const most = fareOf(of.tariff, metres, secs, bp)
  return withDiscount(of, fareLines(of.tariff, metres, secs, bp), most)
}

/** The fare line by line as the meter gives it for a way, at a price factor. */
export function meteredLines(of: TripTariff, { metres, secs }: Counted, bp: number): AuditLine[] {
  if (of.by === null) return fareLines(of.tariff, metres, secs, bp)
  const trip = {
    class: of.by.class,
    startedAtS: 0, // the factor is given, and a trip has no caps of a pass
    // In two pieces, so that an S meter counts the metres as quick and the seconds as slow.
    segments: [
      { metres, secs: 0 },
      { metres: 0, secs },
    ],
    waitS: 0,
    bp,
    ...(of.concession !== undefined && { concession: of.concession }),
  }
  const { lines } = meter({ ...of.by.document, ...AGREED_FACTOR }, trip)
  return lines.flatMap(({ part, key, amount }) =>
    part === 'fare' ? [{ key: key as AuditLine['key'], amount }] : [],
  )
}

/** The factor of the terms counts, and each trip alone. */
const AGREED_FACTOR = {
  upfront: { isAllowed: true, toleranceBp: 0, minBp: 1, maxBp: 65_535 },
  caps: { day: 0, week: 0 },
}

/** The part of a quote that is earned so far, line by line: the base grows over two minutes, and no minimum holds yet. */
export function vestedLines(of: TripTariff, agreed: Agreed, way: Counted, rodeS: number): AuditLine[] {
  const { base, distance, time, units, both } = partsOf(of, way)
  const grown = (base * BigInt(Math.min(rodeS, VEST_S))) / BigInt(VEST_S)
  const plain = grown + distance + time + units
  const factor = (plain * BigInt(agreed.bp)) / 10_000n - plain
  const earned = ((grown + both + units) * BigInt(agreed.bp)) / 10_000n
  const most = mostBefore(of, agreed)
  const before = earned < most ? earned : most
  const lines: AuditLine[] = [
    { key: 'base', amount: grown },
    { key: 'distance', amount: distance + units },
    { key: 'time', amount: time },
    { key: 'factor', amount: factor },
    { key: 'rounding', amount: before - plain - factor },
  ]
  return withDiscount(of, lines, before)
}

/** What the quote is before any concession: where the quote itself changed, what it is now. */
function mostBefore(of: TripTariff, { fare, metres, secs, bp }: Agreed): bigint {
  if (!of.concession) return fare
  return quotedFare({ ...of, concession: '' }, metres, secs, bp)
}

/** The parts of a way before any factor, minor units; `both`: distance and time floored together. */
function partsOf({ tariff, by }: TripTariff, { metres, secs }: Counted) {
  if (by === null) {
    const both = wayPart(tariff, metres, secs)
    const distance = wayPart(tariff, metres, 0)
    const time = wayPart(tariff, 0, secs)
    return { base: BigInt(tariff.base) * TARIFF_UNIT, distance, time, units: 0n, both }
  }
  const of = by.document.classes.find(each => each.id === by.class)!
  const way = wayOf({ meter: 'D' } as TariffDocument, of, [{ metres, secs }])
  const { base, distance, time, units } = way
  return { base, distance: distance.alone, time, units, both: distance.both }
}

/** The fare at the end, line by line where it is the meter's: the quote, or what the meter says if that is less. */
export function endFare(of: TripTariff, agreed: Agreed, way: Counted, isEarly: boolean): bigint {
  if (isUpfront(of) && !isEarly) return agreed.fare
  const metered = sumOf(meteredLines(of, way, agreed.bp))
  return metered < agreed.fare ? metered : agreed.fare
}

/** The factor that a ride goes by: the agreed one, on a meter that runs never above the clock's when it begins. */
export function ridingBp({ by }: TripTariff, bp: number, startedAtMs: number): number {
  if (by === null || by.document.upfront.isAllowed || startedAtMs === 0) return bp
  return Math.min(bp, clockFactor(by, Math.floor(startedAtMs / 1_000)))
}

/** The factor of a document's clock at a moment, basis points, within its bounds. */
export const clockFactor = ({ document, class: id }: ClassDocument, unixS: number): number =>
  factorOf(document, { class: id, startedAtS: unixS, segments: [], waitS: 0 })

/** The factor that the clock alone gives at a moment, basis points: the document's, else the chain's. */
export const usualFactor = ({ tariff, by }: TripTariff, unixS: number): number =>
  by ? clockFactor(by, unixS) : clockBp(tariff, unixS)

function withDiscount(of: TripTariff, lines: readonly AuditLine[], before: bigint): AuditLine[] {
  const off = before - discounted(of, before)
  return [...lines, { key: 'concession' as const, amount: -off }].filter(line => line.amount !== 0n)
}

function discounted({ by, concession }: TripTariff, fare: bigint): bigint {
  if (by === null || !concession) return fare
  const trip = { class: by.class, startedAtS: 0, segments: [], waitS: 0, concession }
  return sumOf(discountLines({ ...by.document, ...AGREED_FACTOR }, trip, fare)) + fare
}

const sumOf = (lines: readonly { readonly amount: bigint }[]): bigint =>
  lines.reduce((sum, { amount }) => sum + amount, 0n)
