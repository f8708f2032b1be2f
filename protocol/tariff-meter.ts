import { TARIFF_UNIT } from './tariff.ts'
import { chargeLines } from './tariff-charges.ts'
import { periodBp, tariffTime } from './tariff-clock.ts'
import { type Before, discountLines } from './tariff-discounts.ts'
import type { Propulsion, TariffClass, TariffDocument } from './tariff-document.ts'
import { touchOf } from './tariff-places.ts'
import { classOf, wayOf } from './tariff-way.ts'

/** A trip as a meter sees it. Whole metres and seconds. */
export interface MeterTrip {
  readonly class: string
  /** When the ride began, unix seconds. */
  readonly startedAtS: number
  /** The way piece by piece, as an S meter needs it (a trace gives one each ten seconds); a D meter adds them up. */
  readonly segments: readonly { readonly metres: number; readonly secs: number }[]
  /** Waiting at the door. */
  readonly waitS: number
  /** The price factor of the terms, where the tariff allows one; else the clock's. */
  readonly bp?: number
  /** H3 cells in order, from where it begins to where it ends, at least as fine as the zones; none: no place is known. */
  readonly path?: readonly string[]
  readonly propulsion?: Propulsion
  readonly isPooled?: boolean
  /** Id of a concession that was proven. */
  readonly concession?: string
  /** What the same pass paid before; for caps and transfers. */
  readonly before?: Before
}

/** Which of the settlement's amounts a line belongs to. `charge`: what the vault calls toll. */
export type MeterPart = 'fare' | 'wait' | 'charge'

/** One line: what it is for, which levy, zone or toll it is (`id`), minor units; below zero: taken off. */
export interface MeterLine {
  readonly part: MeterPart
  readonly key:
    | ('base' | 'distance' | 'time' | 'units' | 'minimum' | 'factor' | 'rounding')
    | ('transfer' | 'concession' | 'cap')
    | ('wait' | 'zone' | 'toll' | 'levy' | 'access' | 'most')
  readonly id: string
  readonly amount: bigint
}

/** What a trip costs by a document. */
export interface Metered {
  /** Adds up to `total`; no line is zero. */
  readonly lines: readonly MeterLine[]
  readonly fare: bigint
  readonly wait: bigint
  readonly charge: bigint
  readonly total: bigint
  /** The price factor that was reckoned with, basis points. */
  readonly bp: number
  /** Levies out of the fare, whom they go to is in the document. */
  readonly shares: readonly { readonly id: string; readonly amount: bigint }[]
}

/**
 * What a trip costs by a tariff document, line by line. Integers only; each product is floored to a minor unit, the fare
 * is rounded once. Rider, driver, matcher and auditor use this one function; the vault's cap is never below it
 * (`chainTariff`).
 * @throws {HexhailError} 'tariff-class' where the document has no such class
 */
export function meter(doc: TariffDocument, trip: MeterTrip): Metered {
  const of = classOf(doc, trip.class)
  const bp = factorOf(doc, trip)
  const { base, distance, time, units } = wayOf(doc, of, trip.segments)
  const plain = max(money(of.minimum), base + distance.both + units)
  const fare = rounded(doc.rounding, (plain * BigInt(bp)) / 10_000n)
  const parts: MeterLine[] = [
    line('base', base),
    line('distance', distance.alone),
    line('time', time),
    line('units', units),
    // The floors of distance and time apart may lose a millionth that both together keep.
    line('minimum', dropOne(plain - base - distance.alone - time - units)),
    line('factor', (plain * BigInt(bp)) / 10_000n - plain),
  ]
  parts.push(line('rounding', fare - sum(parts)))
  parts.push(...discountLines(doc, trip, fare))
  const paid = sum(parts)
  const wait = waitOf(of, trip.waitS)
  const charges = chargeLines(doc, trip, paid)
  const charge = sum(charges)
  const lines = [...parts, { part: 'wait', key: 'wait', id: '', amount: wait } as const, ...charges]
  return {
    lines: lines.filter(each => each.amount !== 0n),
    fare: paid,
    wait,
    charge,
    total: paid + wait + charge,
    bp,
    shares: sharesOf(doc, paid),
  }
}

/**
 * The price factor of a trip, basis points: the terms' where the tariff allows fares agreed before, else the clock's,
 * times that of the zone it begins in and of pooling; within the tariff's bounds.
 */
export function factorOf(doc: TariffDocument, trip: MeterTrip): number {
  const { isAllowed, minBp, maxBp } = doc.upfront
  const bp = isAllowed && trip.bp !== undefined ? trip.bp : usualBp(doc, trip)
  return Math.min(maxBp, Math.max(minBp, bp))
}

function usualBp(doc: TariffDocument, trip: MeterTrip): number {
  const clock = periodBp(doc, tariffTime(doc, trip.startedAtS))
  const pooled = trip.isPooled ? classOf(doc, trip.class).pooledBp : 10_000
  const path = trip.path ?? []
  const here = doc.zones.find(zone => zone.multBp !== 10_000 && touchOf(zone, path).pickup)
  return Number((BigInt(clock) * BigInt(pooled) * BigInt(here?.multBp ?? 10_000)) / 100_000_000n)
}

function rounded({ step, mode }: TariffDocument['rounding'], amount: bigint): bigint {
  const whole = money(step)
  if (mode === 'none' || whole === 0n) return amount
  const up = mode === 'up' ? whole - 1n : mode === 'half-up' ? whole / 2n : 0n
  return ((amount + up) / whole) * whole
}

function waitOf(of: TariffClass, waitS: number): bigint {
  return (BigInt(Math.max(0, waitS - of.freeWaitS)) * money(of.waitPerMin)) / 60n
}

/** Levies out of the fare: together as the vault takes them, the odd millionth to the first. */
function sharesOf(doc: TariffDocument, fare: bigint): Metered['shares'] {
  const due = doc.levies.filter(levy => levy.payer === 'fare')
  const bps = BigInt(due.reduce((all, levy) => all + levy.bp, 0))
  const flat = due.reduce((all, levy) => all + money(levy.amount), 0n)
  const whole = min((fare * bps) / 10_000n + flat, fare)
  let left = whole
  const shares = due.map(levy => {
    const amount = min((fare * BigInt(levy.bp)) / 10_000n + money(levy.amount), left)
    left -= amount
    return { id: levy.id, amount }
  })
  return shares.map((share, i) => (i === 0 ? { ...share, amount: share.amount + left } : share))
}

const line = (key: MeterLine['key'], amount: bigint): MeterLine => ({ part: 'fare', key, id: '', amount })
const sum = (lines: readonly MeterLine[]): bigint => lines.reduce((all, each) => all + each.amount, 0n)
const money = (units: number): bigint => BigInt(units) * TARIFF_UNIT
const dropOne = (amount: bigint): bigint => (amount > 1n ? amount : 0n)
const max = (a: bigint, b: bigint): bigint => (a > b ? a : b)
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b)
