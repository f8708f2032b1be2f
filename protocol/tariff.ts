import type { Hex } from './terms.ts'

/** Minor units of the token in one tariff unit: a tariff is written in hundredths of the token. */
export const TARIFF_UNIT = 10_000n

/**
 * A published price list, integers only, in tariff units (0.01 token), basis points, seconds and minutes of the day.
 * Same fields and same results as `contracts/src/Tariffs.sol` (tests/vectors/tariff.json).
 */
export interface Tariff {
  readonly authority: Hex
  readonly base: number
  readonly perKm: number
  readonly perMin: number
  readonly minimum: number
  readonly levyBps: number
  readonly waitPerMin: number
  readonly freeWaitS: number
  readonly minBp: number
  readonly maxBp: number
  readonly nightFromMin: number
  readonly nightToMin: number
  readonly nightBp: number
  readonly utcOffsetMin: number
  readonly cancelGraceS: number
  readonly cancelMin: number
  readonly cancelMax: number
  readonly cancelPerKm: number
  readonly cancelPerMin: number
  readonly cancelBp: number
  readonly noShowWaitS: number
  readonly noShowFee: number
  readonly lateS: number
  /** Metres after which a kilometre costs `perKmBeyond`; 0: never. */
  readonly sectionM: number
  readonly perKmBeyond: number
  /** Levy a trip, on top of `levyBps`. */
  readonly levyFlat: number
  /** The most that tolls and charges of zones may add up to; 0: what the hold allows. */
  readonly tollMax: number
  /** Fares are rounded to whole multiples of this, half up; 0: not. */
  readonly roundTo: number
  /** sha256 of what the authority has published besides (zones, tolls, concessions); zeros: nothing. */
  readonly document: Hex
  /** Whether the vault holds only for drivers who have a permit of the authority. */
  readonly needsPermit: boolean
}

/** Bit of the id of a tariff that needs a permit (contracts/src/Tariffs.sol). */
const NEEDS_PERMIT = 2 ** 31

/** The id of a tariff by its number. */
export const tariffId = (number: number, { needsPermit }: Pick<Tariff, 'needsPermit'>): number =>
  needsPermit ? number + NEEDS_PERMIT : number

/** The number of a tariff as people say it: the id without its mark. */
export const tariffNumber = (id: number): number => id % NEEDS_PERMIT

/** One line of an itemised fare: what it is for and how much, minor units. Lines add up to the total. */
export interface FareLine {
  readonly key: 'base' | 'distance' | 'time' | 'minimum' | 'factor' | 'wait' | 'toll' | 'tip' | 'rounding'
  readonly amount: bigint
}

const max = (a: bigint, b: bigint) => (a > b ? a : b)
const min = (a: bigint, b: bigint) => (a < b ? a : b)
const units = (n: number) => BigInt(n) * TARIFF_UNIT

/** Fare before any factor, minor units, never below the minimum; floors once. Metres and seconds are whole. */
export function metered(tariff: Tariff, metres: number, secs: number): bigint {
  return max(units(tariff.minimum), units(tariff.base) + wayPart(tariff, metres, secs))
}

/** What kilometres and minutes together cost before any factor, minor units; floors once. */
export function wayPart(tariff: Tariff, metres: number, secs: number): bigint {
  return ((kmSum(tariff, metres) * 60n + minSum(tariff, secs) * 1_000n) * TARIFF_UNIT) / 60_000n
}

/** What the kilometres alone cost, minor units; floors. */
export function distancePart(tariff: Tariff, metres: number): bigint {
  return (kmSum(tariff, metres) * TARIFF_UNIT) / 1_000n
}

/** What the minutes alone cost, minor units; floors. */
export function timePart(tariff: Tariff, secs: number): bigint {
  return (minSum(tariff, secs) * TARIFF_UNIT) / 60n
}

/** Tariff units a kilometre times metres. */
function kmSum({ perKm, perKmBeyond, sectionM }: Tariff, metres: number): bigint {
  const first = sectionM === 0 ? metres : Math.min(metres, sectionM)
  return BigInt(perKm) * BigInt(first) + BigInt(perKmBeyond) * BigInt(metres - first)
}

/** Tariff units a minute times seconds. */
const minSum = ({ perMin }: Tariff, secs: number): bigint => BigInt(perMin) * BigInt(secs)

/**
 * Fare at a price factor of `bp` basis points, minor units: floored, then rounded half up to whole `roundTo`. The vault
 * refuses more than this at `settle`.
 */
export function fareOf(tariff: Tariff, metres: number, secs: number, bp: number): bigint {
  const fare = (metered(tariff, metres, secs) * BigInt(bp)) / 10_000n
  const step = units(tariff.roundTo)
  return step === 0n ? fare : ((fare + step / 2n) / step) * step
}

/** Pay for waiting at the door, minor units: nothing for the free seconds; floors. */
export function waitOf(tariff: Tariff, waitSecs: number): bigint {
  const paidS = Math.max(0, waitSecs - tariff.freeWaitS)
  return (BigInt(paidS) * units(tariff.waitPerMin)) / 60n
}

/** The authority's share of a fare, minor units; floors, and is never more than the fare. */
export function levyOf(tariff: Tariff, fare: bigint): bigint {
  return min(fare, (fare * BigInt(tariff.levyBps)) / 10_000n + units(tariff.levyFlat))
}

/**
 * What a late cancel costs, minor units: `max(min, min(perKm*approach + perMin*time, bp*quote, max))`,
 * where `approachM` is how much closer the driver came and `elapsedS` the time since the hold.
 */
export function cancelFeeOf(tariff: Tariff, quote: bigint, approachM: number, elapsedS: number): bigint {
  const work =
    ((BigInt(tariff.cancelPerKm) * BigInt(approachM) * 60n +
      BigInt(tariff.cancelPerMin) * BigInt(elapsedS) * 1_000n) *
      TARIFF_UNIT) /
    60_000n
  const share = (quote * BigInt(tariff.cancelBp)) / 10_000n
  return max(units(tariff.cancelMin), min(min(work, share), units(tariff.cancelMax)))
}

/** The most that a cancel can cost under this tariff: what the terms say. Minor units. */
export function cancelCeiling(tariff: Tariff, quote: bigint): bigint {
  const share = (quote * BigInt(tariff.cancelBp)) / 10_000n
  return max(units(tariff.cancelMin), min(share, units(tariff.cancelMax)))
}

/** Fee for not being there, minor units: the tariff's, never more than 30 % of the quote. */
export function noShowFeeOf(tariff: Tariff, quote: bigint): bigint {
  return min(units(tariff.noShowFee), (quote * 3_000n) / 10_000n)
}

/** The factor that the clock alone gives, basis points: the night factor inside the night, else 10,000. */
export function clockBp(tariff: Tariff, unixS: number): number {
  const minute = (((Math.floor(unixS / 60) + tariff.utcOffsetMin) % 1_440) + 1_440) % 1_440
  const { nightFromMin: from, nightToMin: to } = tariff
  const inNight = from <= to ? minute >= from && minute < to : minute >= from || minute < to
  return inNight ? tariff.nightBp : 10_000
}

/** The fare line by line, in the order a receipt shows it; adds up to `fareOf`. */
export function fareLines(tariff: Tariff, metres: number, secs: number, bp: number): FareLine[] {
  const base = units(tariff.base)
  const distance = distancePart(tariff, metres)
  const time = timePart(tariff, secs)
  const plain = metered(tariff, metres, secs)
  const sum = base + distance + time
  const total = fareOf(tariff, metres, secs, bp)
  const topUp = plain > sum + 1n ? plain - sum : 0n
  const lines: FareLine[] = [
    { key: 'base', amount: base },
    { key: 'distance', amount: distance },
    { key: 'time', amount: time },
    { key: 'minimum', amount: topUp },
    { key: 'factor', amount: (plain * BigInt(bp)) / 10_000n - plain },
  ]
  const rounding = total - lines.reduce((a, line) => a + line.amount, 0n)
  if (rounding !== 0n) lines.push({ key: 'rounding', amount: rounding })
  return lines.filter(line => line.amount !== 0n)
}
