import type { OpenTrip } from '@hexhail/audit/checks/books.ts'
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** A dispute is ruled in 14 days (contracts/src/Exits.sol `RULING`), and its number filed soon after. */
const RULING_S = 15 * 86_400

/** Trips that the chain has held and not ended, out of its facts in their order. */
export function createOpenTrips() {
  const open = new Map<Hex, OpenTrip & { readonly fact: ChainFact['fact']; readonly atS: number }>()
  return {
    take(fact: ChainFact): void {
      const { terms, timestampS: atS } = fact
      if (fact.fact === 'held') open.set(terms, { driver: fact.driver, terms, fact: fact.fact, atS })
      else if (fact.fact === 'settled' || fact.fact === 'released' || fact.fact === 'closed')
        open.delete(terms)
      else {
        const trip = open.get(terms)
        if (trip) open.set(terms, { ...trip, fact: fact.fact, atS })
      }
    },
    /** Those of which something may still come: what was left lying for longer than anyone has time excuses nobody. */
    list: (nowS: number, filingS: number): OpenTrip[] =>
      [...open.values()].flatMap(({ driver, terms, fact, atS }) =>
        nowS - atS <= (fact === 'contested' ? RULING_S : filingS) ? [{ driver, terms }] : [],
      ),
  }
}
