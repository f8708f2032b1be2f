/** What one step of one side must never do. Each rule gives a sentence when it is broken. */
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { DriverEffect, DriverState } from '@hexhail/protocol/driver-state.ts'
import { receiptTotal } from '@hexhail/protocol/quote.ts'
import type { RiderEffect, RiderState } from '@hexhail/protocol/rider-state.ts'
import type { Hex, Receipt } from '@hexhail/protocol/terms.ts'
import { textOf } from './pool.ts'
import { signTerms, type TermsBook } from './setting.ts'

const wasHeld = (told: readonly ChainFact[], terms: Hex | null | undefined): boolean =>
  told.some(fact => fact.fact === 'held' && fact.terms === terms)

/** The rider's rules. */
export function judgeRider(
  book: TermsBook,
  _before: RiderState,
  after: RiderState,
  effects: readonly RiderEffect[],
  told: readonly ChainFact[],
): string[] {
  const faults: string[] = []
  const { digest, terms, chosen, agreed, signature } = after
  if (digest && (!terms || book.digestOf(terms) !== digest))
    faults.push('the trip id is not that of the terms')
  if (digest && signature && signature !== signTerms(digest))
    faults.push("the terms' signature is that of others")
  for (const effect of effects) {
    if (effect.type === 'send' && effect.message.name === 'pickup') {
      if (!wasHeld(told, digest)) faults.push('the exact place is told before the money is held')
      if (effect.tag !== chosen?.tag) faults.push('the exact place is told to a driver who was not chosen')
    }
    if (effect.type === 'signReceipt' && terms) {
      const { receipt } = effect
      const due = receiptTotal(receipt) - receipt.tip
      if (receipt.terms !== digest) faults.push('a receipt for another trip is signed')
      if (due > terms.hold) faults.push('a receipt above the hold is signed')
      if (receipt.fare > (agreed?.fare ?? 0n) && receipt.fare > terms.details.cancelFee)
        faults.push('more than the quote is signed')
    }
  }
  return faults
}

/** Receipts that one rider signed for one trip: never two of one number that say different things. */
export function judgeReceipts(receipts: readonly Receipt[]): string[] {
  const seen = new Map<string, string>()
  const faults: string[] = []
  for (const receipt of receipts) {
    const key = `${receipt.terms}/${receipt.index}`
    const text = textOf(receipt)
    if ((seen.get(key) ?? text) !== text) faults.push('two different receipts of one number are signed')
    seen.set(key, text)
  }
  return faults
}

const OVER: ReadonlySet<ChainFact['fact']> = new Set(['settled', 'closed', 'released'])

/** The driver's rules. */
export function judgeDriver(
  _book: TermsBook,
  before: DriverState,
  after: DriverState,
  _effects: readonly DriverEffect[],
  told: readonly ChainFact[],
): string[] {
  const faults: string[] = []
  const [was, is] = [before.trip, after.trip]
  if (is?.startedAtMs && !was?.startedAtMs && !wasHeld(told, is.digest))
    faults.push('the ride starts before the money is held')
  if (was && was.digest !== is?.digest && (was.receipt || was.secret)) {
    const isOver = told.some(
      fact => fact.terms === was.digest && (OVER.has(fact.fact) || fact.fact === 'claimed'),
    )
    if (!isOver) faults.push('the driver forgets a trip that he has proof of')
  }
  if (was?.secret && is && was.digest === is.digest && !is.secret) faults.push('the boarding secret is lost')
  return faults
}
