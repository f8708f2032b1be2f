import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Settled } from '../settled.ts'
import { amountAt, createSum, FIGURES, type Figure } from './amount.ts'

/** What the chain says of all trips of an export together, minor units. */
export type Totals = { readonly trips: number } & { readonly [F in Figure]: bigint }

/**
 * What an export wrote, added up from what it wrote. A key is a figure or several (`fare+wait`) that the format has in
 * one; every figure stands in a key or in `absent`. `left`: trips that the format cannot hold, with the same keys and why.
 */
export interface Written {
  readonly trips: number
  readonly sums: Readonly<Record<string, bigint>>
  readonly left?: Readonly<Record<string, Totals>>
  /** Minor units of a sum that do not fill the format's smallest unit, carried past the last row. */
  readonly rest?: Readonly<Record<string, bigint>>
  /** Figures that the format does not tell at all. */
  readonly absent?: readonly Figure[]
}

/** Totals that grow. */
export interface Adding {
  /** A settlement's bytes from a place on. */
  take(settled: Uint8Array, from?: number): void
  takeFact(fact: Settled): void
  readonly totals: Totals
}

/** Empty totals. */
export function createTotals(): Adding {
  let trips = 0
  const sums = FIGURES.map(figure => [figure, createSum()] as const)
  return {
    take(settled, from = 0) {
      trips++
      for (const [figure, sum] of sums) sum.add(amountAt(settled, from, figure))
    },
    takeFact(fact) {
      trips++
      for (const [figure, sum] of sums) sum.add(fact[figure])
    },
    get totals() {
      const told = Object.fromEntries(sums.map(([figure, sum]) => [figure, sum.total]))
      return { trips, ...told } as Totals
    },
  }
}

/** Two totals together. */
export const addTotals = (a: Totals | undefined, b: Totals): Totals =>
  a === undefined
    ? b
    : ({
        trips: a.trips + b.trips,
        ...Object.fromEntries(FIGURES.map(figure => [figure, a[figure] + b[figure]])),
      } as Totals)

/** Where a file and the chain differ, in words; nothing: they agree to the last minor unit. */
export function differences(
  chain: Totals,
  { trips, sums, left = {}, rest = {}, absent = [] }: Written,
): string[] {
  const elsewhere = Object.values(left)
  const wrong: string[] = []
  const all = trips + elsewhere.reduce((sum, each) => sum + each.trips, 0)
  if (all !== chain.trips) wrong.push(`${all} trips where the chain has ${chain.trips}`)
  const told = new Set<string>(absent)
  for (const [key, written] of Object.entries(sums)) {
    const figures = key.split('+') as Figure[]
    for (const figure of figures) told.add(figure)
    const of = (totals: Totals) => figures.reduce((sum, figure) => sum + totals[figure], 0n)
    const sum = elsewhere.reduce((whole, each) => whole + of(each), written + (rest[key] ?? 0n))
    if (sum !== of(chain)) wrong.push(`${key} of ${sum} where the chain has ${of(chain)}`)
  }
  for (const figure of FIGURES) if (!told.has(figure)) wrong.push(`no ${figure}`)
  return wrong
}

/** @throws {HexhailError} 'totals' where an export is not what the chain says */
export function checkTotals(chain: Totals, written: Written): void {
  const wrong = differences(chain, written)
  if (wrong.length > 0)
    throw new HexhailError(
      'totals',
      `The files say ${wrong.join(', ')}; nothing is left of them. Did the database change meanwhile? Export again.`,
    )
}
