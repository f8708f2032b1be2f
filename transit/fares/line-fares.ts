import { TARIFF_UNIT } from '@hexhail/protocol/tariff.ts'
import type { LineLeg } from '../search/journey.ts'
import type { Timetable } from '../timetable/timetable.ts'
import { type FarePricer, farePricer, type TapPrice } from './price-taps.ts'

/** What one line of a way costs, in minor units of the vault: `due` is `single` less what a change and the caps take off. */
export interface LineFare {
  readonly product: string
  readonly single: bigint
  readonly transferOff: bigint
  readonly capOff: bigint
  readonly due: bigint
}

/** Who pays: in which currency, and what kind of rider he proved to be ('' for none). */
export interface FarePayer {
  readonly currency: string
  readonly category: string
}

/** Prices the lines of one way, in order; by their planned times, so that a late bus costs nobody a change. */
export type LineFares = (
  lines: readonly LineLeg[],
  payer: FarePayer,
  ms: (s: number) => number,
) => readonly (LineFare | null)[]

/**
 * Makes what prices lines by a timetable's fares; null of a line stands for a price that nobody told, or told in another
 * currency. A kind of rider that the fares do not know pays as whoever proves nothing.
 */
export function lineFares(timetable: Timetable): LineFares {
  const pricer = farePricer(timetable)
  return (lines, { currency, category }, ms) => {
    if (pricer === null || pricer.table.currency !== currency) return lines.map(() => null)
    const taps = lines.map(leg => ({
      ...{ route: timetable.lines.route[leg.line]!, from: leg.from, to: leg.to },
      ...{ departMs: ms(leg.plannedDepartS), arriveMs: ms(leg.plannedArriveS) },
    }))
    const known = pricer.table.categories.some(each => each.id === category)
    return pricer.price(taps, known ? category : '').map(price => price && inVaultUnits(price, pricer))
  }
}

function inVaultUnits(price: TapPrice, { table }: FarePricer): LineFare {
  const money = (amount: number): bigint =>
    (BigInt(amount) * TARIFF_UNIT * 100n) / 10n ** BigInt(table.digits)
  const { product, single, transferOff, capOff, due } = price
  return {
    ...{ product, single: money(single), transferOff: money(transferOff) },
    ...{ capOff: money(capOff), due: money(due) },
  }
}

/** What lines cost together; null where the price of one of them is not known. */
export function fareOfLines(fares: readonly (LineFare | null)[]): bigint | null {
  return fares.reduce<bigint | null>((sum, fare) => (sum === null || !fare ? null : sum + fare.due), 0n)
}
