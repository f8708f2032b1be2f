/** What a side that keeps to no rule says and sends: all of it may come at any time, in any order, again and again. */
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { PrivateMessage } from '@hexhail/protocol/messages.ts'
import { rider, riderStart } from '@hexhail/protocol/rider.ts'
import type { RiderEffect, RiderEvent, RiderState } from '@hexhail/protocol/rider-state.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { VaultCall } from '@hexhail/sim/fault/vault.ts'
import type { Letter } from './machine.ts'
import type { Scenario } from './scenario.ts'
import {
  DRIVER_KEYS,
  DRIVERS,
  MADE,
  offerOf,
  PLAN,
  RIDER,
  RIDER_KEY,
  SESSION,
  signReceipt,
  signTerms,
  TAGS,
  type TermsBook,
  TIMES_MS,
  TRIP_RULES,
} from './setting.ts'

const NO_WAY = { segment: 0, trace: new Uint8Array(0), headSignature: new Uint8Array(64) }
const meter = (metres: number, secs: number) => ({ metres, secs, waitSecs: 0, toll: 0n })

/** A driver's lies: a ride that was not, metres that were not, an end that was not, a change that nobody asked for. */
const DRIVERS_LIES: readonly PrivateMessage[] = [
  { name: 'decline', body: { reason: 1 } },
  { name: 'arrived', body: { atMs: TIMES_MS[0]! } },
  { name: 'pin', body: { digits: MADE.pin } },
  { name: 'progress', body: { ...meter(3_000, 20), moving: 1, ...NO_WAY } },
  { name: 'progress', body: { ...meter(9_000, 300), moving: 1, ...NO_WAY } },
  { name: 'finish', body: { ...meter(90_000, 9_000), early: 0, ...NO_WAY } },
  { name: 'finish', body: { ...meter(9_000, 300), early: 1, ...NO_WAY } },
]

/** What a hostile side may say from the beginning. */
export function hostileLetters({ hostile, twoOffers }: Scenario, book: TermsBook): Letter[] {
  const lie = (n: number, message: PrivateMessage): Letter => ({
    to: 'rider',
    tag: TAGS[n]!,
    key: DRIVER_KEYS[n]!,
    message,
  })
  if (hostile === 'driver') return DRIVERS_LIES.map(message => lie(0, message))
  const second = twoOffers ? [lie(1, DRIVERS_LIES[0]!)] : []
  if (hostile !== 'rider') return second
  const to: Pick<Letter, 'to' | 'tag' | 'key'> = { to: 'driver', tag: TAGS[0]!, key: toHex(RIDER_KEY) }
  return honestWords(book).map(message => ({ ...to, message }))
}

/** What a hostile side sends to the chain once it has heard a letter. */
export function hostileCalls(
  { to, tag, message }: Letter,
  { hostile }: Scenario,
  book: TermsBook,
): VaultCall[] {
  if (to !== 'driver') return []
  const n = TAGS.indexOf(tag)
  const by = DRIVERS[n]!
  if (hostile === 'rider' || (n === 0 && hostile !== 'driver')) return []
  if (message.name === 'select') {
    const terms = book.signedBy(toHex(message.body.signature))
    if (!terms) return []
    const amount = book.termsOf(terms).details.noShowFee
    return [
      { call: 'hold', by, terms, signed: true },
      { call: 'release', by, terms },
      { call: 'finalize', by, terms },
      { call: 'claim', by, terms, amount, secret: null },
    ]
  }
  if (message.name === 'start') {
    const terms = book.newest()
    const secret = toHex(message.body.secret)
    return terms ? [{ call: 'claim', by, terms, amount: book.termsOf(terms).fare, secret }] : []
  }
  if (message.name !== 'receipt') return []
  const { index, fare, wait, toll, tip, metres, secs, waitSecs } = message.body
  const terms = book.newest()
  if (!terms) return []
  const figures = { terms, index, fare, wait, toll, tip, metres, secs, waitSecs }
  const receipt = { ...figures, record: toHex(message.body.record) }
  return [
    { call: 'settle', by, terms, receipt, signed: toHex(message.body.signature) === signReceipt(receipt) },
  ]
}

/** All that an honest rider would say on the way, and some that she would not. */
function honestWords(book: TermsBook): PrivateMessage[] {
  let state: RiderState = {
    ...riderStart(PLAN, MADE, TIMES_MS[0]!).state,
    phase: 'offered',
    offers: [offerOf(0)],
  }
  const words: PrivateMessage[] = []
  const tell = (event: RiderEvent, moment: number): void => {
    const step = rider(state, event, TIMES_MS[moment]!, TRIP_RULES)
    state = step.state
    for (const effect of step.effects) act(effect, moment)
  }
  const act = (effect: RiderEffect, moment: number): void => {
    if (effect.type === 'send') words.push(effect.message)
    if (effect.type === 'signTerms') {
      const digest = book.digestOf(effect.terms)
      tell({ type: 'termsSigned', digest, signature: signTerms(digest) }, moment)
    }
    if (effect.type === 'signReceipt')
      tell({ type: 'receiptSigned', receipt: effect.receipt, signature: signReceipt(effect.receipt) }, moment)
  }
  const say = (message: PrivateMessage, moment: number): void =>
    tell({ type: 'message', tag: TAGS[0]!, key: DRIVER_KEYS[0]!, message }, moment)

  tell({ type: 'choose', tag: TAGS[0]!, rider: RIDER, session: SESSION, lane: 0, seq: 0n }, 0)
  tell({ type: 'chain', fact: heldFact(state) }, 0)
  say({ name: 'pin', body: { digits: MADE.pin } }, 0)
  say({ name: 'progress', body: { ...meter(2_000, 320), moving: 1, ...NO_WAY } }, 3)
  say({ name: 'finish', body: { ...meter(2_000, 320), early: 1, ...NO_WAY } }, 3)
  const cancels = [0n, 1_000_000n].map(
    (fee): PrivateMessage => ({ name: 'cancel', body: { reason: 0, fee } }),
  )
  return [...words, ...cancels, { name: 'taken', body: {} }]
}

function heldFact({ digest, terms }: RiderState): ChainFact {
  const { rider: by, driver, hold, tariff, lane } = terms!
  const hash: Hex = `0x${'be'.repeat(32)}`
  const place = {
    txHash: hash,
    blockNumber: 1,
    blockHash: hash,
    logIndex: 0,
    timestampS: TIMES_MS[0]! / 1_000,
  }
  return { fact: 'held', terms: digest!, rider: by, driver, hold, tariff, lane, ...place }
}

/** What a hostile rider can send from the beginning. */
export const hostileRidersCalls = (book: TermsBook): VaultCall[] => {
  const terms = book.newest()
  if (!terms) return []
  const by = RIDER
  return [
    { call: 'cancel', by, terms },
    { call: 'finalize', by, terms },
    { call: 'release', by, terms },
    { call: 'contest', by, terms, admitted: 0n },
  ]
}
