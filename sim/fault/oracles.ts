import { receiptTotal } from '@hexhail/protocol/quote.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { ENDED } from '@hexhail/protocol/trip.ts'
import type { SimDriver } from './driver.ts'
import type { SimRider } from './rider.ts'
import type { Stage } from './stage.ts'
import { isOpen, sumOf } from './vault.ts'

/** Watches all bytes for exact places: never in gossip, and in private only after the money is held. */
export function watchPlaces({ air, ledger, book }: Stage, riders: readonly SimRider[]): void {
  const canaries = riders.map(({ plan, account }) => ({
    account,
    names: [Buffer.from(plan.pickupName), Buffer.from(plan.destName)],
  }))
  const heldBy = new Set<Hex>()
  const isHeld = (account: Hex): boolean => {
    if (heldBy.has(account)) return true
    for (const digest of ledger.everHeld) if (book.terms.get(digest)?.rider === account) heldBy.add(account)
    return heldBy.has(account)
  }
  const marker = Buffer.from('CANARY-')
  air.onBytes((bytes, topic, from) => {
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (view.indexOf(marker) < 0) return
    for (const { account, names } of canaries) {
      if (!names.some(name => view.indexOf(name) >= 0)) continue
      if (topic !== null) book.violations.push(`placeInPublic: ${from.name} on ${topic}`)
      else if (!isHeld(account)) book.violations.push(`placeBeforeHold: ${from.name}`)
    }
  })
}

/** Judges the end of a run: money, and that everything is over. */
export function judge(
  { ledger, book }: Stage,
  {
    riders,
    drivers,
    purse,
  }: {
    riders: readonly SimRider[]
    drivers: readonly SimDriver[]
    purse: bigint
  },
): { violations: string[]; ends: Record<string, number>; money: string[] } {
  const violations = [...book.violations]
  const ends: Record<string, number> = {}
  const settled = new Map<Hex, bigint>()
  const facts = new Map<Hex, string>()
  for (let n = 1; n <= ledger.head().number; n++) {
    for (const fact of ledger.at(n)!.facts) {
      if (fact.fact === 'held' && facts.has(fact.terms))
        violations.push(`heldTwice: ${fact.terms.slice(0, 10)}`)
      facts.set(fact.terms, fact.fact)
      const terms = book.terms.get(fact.terms)
      if (!terms) {
        violations.push(`unsigned: ${fact.fact} ${fact.terms.slice(0, 10)}`)
        continue
      }
      const { by } = ledger.at(n)!.calls.find(({ hash }) => hash === fact.txHash)!.call
      if (fact.fact === 'released' && by !== terms.driver && fact.timestampS <= terms.details.expiry)
        violations.push(`releasedEarly: ${fact.terms.slice(0, 10)}`)
      if (fact.fact === 'settled') {
        settled.set(fact.terms, fact.fare + fact.wait + fact.toll + fact.tip)
        if (
          ![...(book.receipts.get(fact.terms)?.values() ?? [])].some(
            r => r.record === fact.record && r.fare === fact.fare,
          )
        )
          violations.push(`paidUnsigned: ${fact.terms.slice(0, 10)}`)
      }
    }
  }
  for (const { account, name, process, trip } of riders) {
    const vault = ledger.vault(account)
    if (sumOf(vault) !== purse) violations.push(`sum: ${name} has ${sumOf(vault)} of ${purse}`)
    for (const [digest, terms] of book.terms) {
      if (terms.rider !== account || !facts.has(digest)) continue
      if (isOpen(vault, digest)) violations.push(`stuck: ${name} ${facts.get(digest)}`)
      const signed = [...(book.receipts.get(digest)?.values() ?? [])].map(receiptTotal)
      const most = signed.reduce((a, b) => (a > b ? a : b), 0n)
      if ((settled.get(digest) ?? 0n) > most) violations.push(`overpaid: ${name}`)
    }
    if (process.isDead()) continue
    const state = trip()
    const phase = state?.phase ?? 'down'
    ends[phase] = (ends[phase] ?? 0) + 1
    if (!state || !ENDED.has(state.phase)) violations.push(`riderOpen: ${name} is ${phase}`)
  }
  for (const digest of book.started)
    if (!ledger.everHeld.has(digest)) violations.push(`droveUnheld: ${digest.slice(0, 10)}`)
  for (const { name, account, process, shift } of drivers) {
    if (process.isDead()) continue
    const state = shift()
    if (!state) violations.push(`driverDown: ${name}`)
    else if (state.trip) violations.push(`driverOpen: ${name} is ${state.trip.phase}`)
    for (const [digest, worth] of book.kept) {
      if (book.terms.get(digest)?.driver !== account || worth === 0n || !facts.has(digest)) continue
      if (facts.get(digest) !== 'settled') violations.push(`driverUnpaid: ${name} ${facts.get(digest)}`)
    }
  }
  const money = riders.map(({ account }) => {
    const last = [...facts].findLast(([digest]) => book.terms.get(digest)?.rider === account)
    return last?.[1] ?? 'none'
  })
  return { violations, ends, money }
}
