import type { Hex, Terms } from '@hexhail/protocol/terms.ts'
import type { Seeded } from '../seeded.ts'
import { accountOf } from './keys.ts'
import type { Block, Ledger } from './ledger.ts'
import type { Book } from './stage.ts'
import type { VaultCall } from './vault.ts'
import type { World } from './world.ts'

/** He waits so long at most before he tries, ms: mostly while the trip's money is still there. */
const AT_ONCE_MS = 2_000
const SOON_MS = 20_000
const LATE_MS = 300_000
const STRANGER = accountOf('stranger')

/**
 * Somebody who reads the chain and tries what a vault must refuse: everything that he saw once more, receipts on other
 * trips, money given back and cases closed before their time, terms that were signed for another network.
 */
export function startStranger(
  world: World,
  seeded: Seeded,
  ledger: Ledger,
  book: Book,
  digestOf: (terms: Terms) => Hex,
): void {
  const tried = new Set<VaultCall>()
  const holds = new Map<Hex, VaultCall>()
  const receipts: Extract<VaultCall, { call: 'settle' }>[] = []
  let count = 0
  let next = 1
  const attempt = (rider: Hex, call: VaultCall, mostMs: number): void => {
    tried.add(call)
    world.after(seeded.below(mostMs), () => {
      const hash: Hex = `0xfe${(++count).toString(16).padStart(62, '0')}`
      ledger.send({ hash, rider, call, onMined: () => {} })
      return false
    })
  }
  const look = ({ calls }: Block): void => {
    for (const { call, rider } of calls) {
      if (tried.has(call)) continue
      attempt(rider, { ...call }, SOON_MS)
      attempt(rider, { ...call }, LATE_MS)
      const { terms } = call
      if (call.call === 'settle') receipts.push(call)
      const hold = holds.get(terms)
      if (hold && call.call !== 'hold') attempt(rider, { ...hold }, AT_ONCE_MS)
      if (call.call === 'claim') attempt(rider, { call: 'release', by: STRANGER, terms }, LATE_MS)
      if (call.call === 'claim' || call.call === 'cancel')
        attempt(rider, { call: 'finalize', by: STRANGER, terms }, LATE_MS)
      if (call.call !== 'hold') continue
      holds.set(terms, call)
      attempt(rider, { call: 'release', by: STRANGER, terms }, LATE_MS)
      const other = receipts.findLast(({ receipt }) => receipt.terms !== terms)
      const { driver } = book.terms.get(terms)!
      if (other) attempt(rider, { ...other, by: driver, terms, signed: false }, LATE_MS)
      const foreign = { ...book.terms.get(terms)!, driver: STRANGER, lane: 3, seq: 0n }
      const digest = digestOf(foreign)
      book.foreign.set(digest, foreign)
      attempt(rider, { call: 'hold', by: STRANGER, terms: digest, signed: false }, SOON_MS)
    }
  }
  ledger.onHead(() => {
    next = Math.min(next, ledger.head().number)
    for (; next <= ledger.head().number; next++) look(ledger.at(next)!)
  })
}
