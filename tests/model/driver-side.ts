/** The driver's side of the search: the shipped reducer, and what his page and person can do. */
import { driver } from '@hexhail/protocol/driver.ts'
import type { DriverEffect, DriverEvent, DriverState } from '@hexhail/protocol/driver-state.ts'
import { CASES, ENDED, MONEY } from '@hexhail/protocol/trip.ts'
import type { VaultCall } from '@hexhail/sim/fault/vault.ts'
import { essenceOf } from './essence.ts'
import { judgeDriver } from './judge-step.ts'
import type { Letter, Side, Way } from './machine.ts'
import type { Habits } from './scenario.ts'
import {
  DRIVER_KEYS,
  DRIVERS,
  MADE,
  PLAN,
  signReceipt,
  signTerms,
  type TermsBook,
  TIMES_MS,
  TRIP_RULES,
} from './setting.ts'

type Reducer = typeof driver

/** Makes the driver's side; `reduce` is another one for planted bugs. */
export function driverSide(
  book: TermsBook,
  habits: Habits,
  reduce: Reducer = driver,
): Side<DriverState, DriverEvent, DriverEffect> {
  const by = DRIVERS[0]!
  const call = (of: DriverEffect): VaultCall | null => {
    if (!('terms' in of)) return null
    const terms = book.digestOf(of.terms)
    switch (of.type) {
      case 'holdTx':
        return { call: 'hold', by, terms, signed: of.signature === signTerms(terms) }
      case 'settleTx': {
        const { receipt, signature } = of
        return { call: 'settle', by, terms, receipt, signed: signature === signReceipt(receipt) }
      }
      case 'releaseTx':
        return { call: 'release', by, terms }
      case 'finalizeTx':
        return { call: 'finalize', by, terms }
      case 'claimTx':
        return { call: 'claim', by, terms, amount: of.amount, secret: of.secret }
      case 'handOverTx':
        return null // no epochs here: nothing is promised in one, so nothing is handed over
    }
  }
  return {
    name: 'driver',
    reduce: (state, event, nowMs) => reduce(state, event, nowMs, TRIP_RULES),
    essence,
    deeds: effects => ({
      letters: effects.flatMap((effect): Letter[] =>
        effect.type === 'send' || effect.type === 'report'
          ? [{ to: 'rider', tag: effect.tag, key: DRIVER_KEYS[0]!, message: effect.message }]
          : [],
      ),
      later: effects.filter(effect => effect.type === 'checkReceipt' || call(effect) !== null),
    }),
    ways: effect => {
      if (effect.type === 'checkReceipt') {
        const { receipt, signature, record } = effect
        const good = signature === signReceipt(receipt)
        const event: DriverEvent = good
          ? { type: 'receiptChecked', receipt, signature, record }
          : { type: 'failed', effect: 'checkReceipt', tag: '', code: 'SIGNATURE' }
        const done: Way<DriverEvent> = { name: 'done', event }
        return habits.crashes ? [done, { ...done, name: 'done, dies', keeps: true }] : [done]
      }
      const sent = call(effect)
      if (!sent) return []
      const tag = 'tag' in effect ? effect.tag : ''
      const failed: DriverEvent = { type: 'failed', effect: effect.type, tag, code: 'rpc-down' }
      return [
        { name: 'sent', call: sent },
        ...(habits.rpcFails
          ? [
              { name: 'not sent', event: failed },
              { name: 'sent, said to be not', event: failed, call: sent },
            ]
          : []),
      ]
    },
    wishes: (state, moment) => wishesOf(state, TIMES_MS[moment]!, habits),
    heard: ({ tag, key, message }) => ({ type: 'message', tag, key, message }),
    fact: fact => ({ type: 'chain', fact }),
    undone: fact => ({ type: 'undone', fact }),
    judge: (before, after, effects, told) => judgeDriver(book, before, after, effects, told),
    judgeSigned: () => [],
  }
}

/** What the driver may press; `arrive` and the PIN only where he can be at the door. */
function wishesOf({ trip }: DriverState, nowMs: number, habits: Habits): DriverEvent[] {
  const out: DriverEvent[] = [{ type: 'tick' }]
  if (!trip) return out
  const { phase, startedAtMs } = trip
  if (phase === 'held') out.push({ type: 'arrive' })
  if ((phase === 'held' || phase === 'arrived') && trip.pickup) {
    out.push({ type: 'pin', digits: MADE.pin })
    if (habits.wrongPins && trip.triesLeft === 3) out.push({ type: 'pin', digits: '0000' })
  }
  if (startedAtMs && phase === 'riding') {
    const secs = Math.min(PLAN.secs, Math.floor((nowMs - startedAtMs) / 1_000))
    const metres = Math.floor((PLAN.metres * secs) / PLAN.secs)
    if (metres > trip.meter.metres) out.push({ type: 'meter', metres, secs, moving: true })
    out.push({ type: 'finish', early: false })
    if (habits.endsEarly) out.push({ type: 'finish', early: true })
  }
  if (MONEY.has(phase)) {
    if (trip.receipt) out.push({ type: 'settle' })
    if (habits.releases && (!startedAtMs || nowMs > trip.terms.details.expiry * 1_000))
      out.push({ type: 'release', reason: 0 })
    if (habits.claims) out.push({ type: 'claim' })
    out.push({ type: 'finalize' })
  }
  if (habits.clears && (ENDED.has(phase) || CASES.has(phase))) out.push({ type: 'clear' })
  return out
}

const SHIFT_WITHOUT = new Set(['notice', 'trip', 'offers', 'cards', 'car', 'shift', 'answered'])
const TRIP_WITHOUT = new Set([
  ...[
    'notice',
    'chat',
    'stars',
    'filed',
    'holdTx',
    'settleTx',
    'facts',
    'receipt',
    'terms',
    'offered',
    'asked',
  ],
  ...['pickup', 'dest', 'pinSent', 'trace', 'agreed', 'signature', 'driverKey', 'riderKey', 'place'],
])
/** Notices that the reducer looks at. */
const NOTICED = new Set(['riderSilent', 'noShowOpen', null])

/** What of the state decides anything. */
const essence = (state: DriverState): string => {
  const { trip, offers, cards } = state
  const shift = [
    essenceOf(state, SHIFT_WITHOUT),
    cards.length,
    ...offers.map(o => o.tag + (o.asked !== null)),
  ]
  if (!trip) return shift.join()
  return [
    ...shift,
    essenceOf(trip, TRIP_WITHOUT),
    NOTICED.has(trip.notice) ? trip.notice : '',
    trip.pickup !== null,
    trip.agreed.fare,
    trip.trace.segments.length,
    trip.receipt?.signature,
    ...trip.facts.map(({ fact, before }) => `${fact.txHash}${before}`),
  ].join()
}
