/** What must be true of every joint state: the money oracle of reference/trust.md 7. */
import { receiptTotal } from '@hexhail/protocol/quote.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { MONEY } from '@hexhail/protocol/trip.ts'
import { isOpen, sumOf, type Vault } from '@hexhail/sim/fault/vault.ts'
import { BALANCE, TIMES_MS } from './setting.ts'
import type { Row, World } from './world.ts'

/** Makes the judge of a world; it answers with the rule that a state breaks. */
export function judgeRow(world: World): (row: Row) => string | null {
  const { chain, book, rider, driver } = world
  const logs = new Map<number, string | null>()
  const leaves = createLeaves(world)

  const judgeLog = (id: number): string | null => {
    const { log } = chain.chains.at(id)
    if (sumOf(chain.vaultOf(log)) !== BALANCE) return 'paid + back is not what was deposited'
    const ends = new Map<Hex, number>()
    const paid = new Map<Hex, bigint>()
    for (const [at] of log.entries()) {
      const fact = chain.factOf(log, at)
      const terms = book.termsOf(fact.terms)
      if (fact.fact === 'settled' || fact.fact === 'closed' || fact.fact === 'released')
        ends.set(fact.terms, (ends.get(fact.terms) ?? 0) + 1)
      const got =
        fact.fact === 'settled'
          ? fact.fare + fact.wait + fact.toll + fact.tip
          : fact.fact === 'closed'
            ? fact.toDriver
            : fact.fact === 'contested'
              ? fact.admitted
              : 0n
      paid.set(fact.terms, (paid.get(fact.terms) ?? 0n) + got)
      if (fact.fact === 'released' && fact.timestampS <= terms.details.expiry) {
        const { call } = chain.entries.at(log[at]!)
        if (chain.calls.at(call).by !== terms.driver) return 'the hold is given back before its time'
      }
    }
    for (const [terms, n] of ends) if (n > 1) return `a trip ends ${n} times: ${terms.slice(0, 10)}`
    for (const [terms, sum] of paid) {
      const { hold } = book.termsOf(terms)
      if (sum > hold + hold) return 'more is paid than was ever signed'
    }
    return null
  }
  return row => {
    const [, d, , chainId, moment] = row
    let verdict = logs.get(chainId)
    if (verdict === undefined) {
      verdict = judgeLog(chainId)
      logs.set(chainId, verdict)
    }
    if (verdict) return verdict
    const { log } = chain.chains.at(chainId)
    const vault = chain.vaultOf(log)
    const open = openTrips(vault)
    for (const terms of open) {
      if (rider && !leaves('rider', row, terms, 0n))
        return 'the rider alone cannot end a trip that holds money'
      const trip = driver?.stateOf(d).trip
      if (!trip || trip.digest !== terms || !MONEY.has(trip.phase)) continue
      if (!leaves('driver', row, terms, 0n)) return 'the driver alone cannot end a trip that holds money'
      const due = trip.receipt ? receiptTotal(trip.receipt.receipt) : 0n
      const isInTime = TIMES_MS[moment]! / 1_000 <= trip.terms.details.expiry
      if (due > 0n && isInTime && !trip.cancel && !leaves('driver', row, terms, due))
        return 'a driver with a receipt cannot be paid'
    }
    return null
  }
}

const openTrips = (vault: Vault): Hex[] => [
  ...Object.values(vault.lanes)
    .filter(lane => lane.held > 0n)
    .map(lane => lane.terms),
  ...(Object.keys(vault.cases) as Hex[]),
]

/**
 * Whether one side, with the other silent and a sound chain, can bring a trip to its end, and there be paid `due`. A
 * search of its own, over that side and the chain; ways that are known to lead there are remembered.
 */
function createLeaves({ chain, alone }: World) {
  const good = new Map<string, Set<number>>()
  return (who: 'rider' | 'driver', row: Row, terms: Hex, due: bigint): boolean => {
    const name = `${who}|${terms}|${due}`
    const known = good.get(name) ?? good.set(name, new Set()).get(name)!
    const side = who === 'rider' ? 0 : 1
    const keyOf = (each: Row): number => (each[side] * 2 ** 20 + each[3]) * 16 + each[4]
    const isDone = (each: Row): boolean => {
      const { log } = chain.chains.at(each[3])
      const vault = chain.vaultOf(log)
      if (isOpen(vault, terms)) return false
      if (due === 0n) return true
      return log.some((_, at) => {
        const fact = chain.factOf(log, at)
        if (fact.terms !== terms) return false
        if (fact.fact === 'settled') return fact.fare + fact.wait + fact.toll + fact.tip >= due
        return false
      })
    }
    if (known.has(keyOf(row))) return true
    const parents = new Map<number, number>([[keyOf(row), -1]])
    const stack: Row[] = [row]
    for (let here = stack.pop(); here; here = stack.pop()) {
      const key = keyOf(here)
      if (known.has(key) || isDone(here)) {
        for (let k = key; k !== -1; k = parents.get(k)!) known.add(k)
        return true
      }
      const fresh = alone(here, who).filter(next => !parents.has(keyOf(next)))
      for (const next of fresh.toReversed()) {
        parents.set(keyOf(next), key)
        stack.push(next)
      }
    }
    return false
  }
}
