/** The rider's side of the search: the shipped reducer, and what her page and person can do. */

import { toHex } from '@hexhail/protocol/hex.ts'
import { rider } from '@hexhail/protocol/rider.ts'
import { cancelPreview } from '@hexhail/protocol/rider-choice.ts'
import type { RiderEffect, RiderEvent, RiderState } from '@hexhail/protocol/rider-state.ts'
import { CASES, MONEY } from '@hexhail/protocol/trip.ts'
import type { VaultCall } from '@hexhail/sim/fault/vault.ts'
import { essenceOf } from './essence.ts'
import { judgeReceipts, judgeRider } from './judge-step.ts'
import type { Letter, Side, Way } from './machine.ts'
import type { Habits } from './scenario.ts'
import { RIDER, RIDER_KEY, signReceipt, signTerms, type TermsBook, TIMES_MS, TRIP_RULES } from './setting.ts'

type Reducer = typeof rider

/** Makes the rider's side; `reduce` is another one for planted bugs. */
export function riderSide(
  book: TermsBook,
  habits: Habits,
  reduce: Reducer = rider,
): Side<RiderState, RiderEvent, RiderEffect> {
  const call = (of: RiderEffect): VaultCall | null => {
    switch (of.type) {
      case 'cancelTx':
        return { call: 'cancel', by: RIDER, terms: book.digestOf(of.terms) }
      case 'releaseTx':
        return { call: 'release', by: RIDER, terms: book.digestOf(of.terms) }
      case 'finalizeTx':
        return { call: 'finalize', by: RIDER, terms: book.digestOf(of.terms) }
      case 'contestTx':
        return { call: 'contest', by: RIDER, terms: book.digestOf(of.terms), admitted: of.admitted }
      default:
        return null
    }
  }
  const crashes = (ways: readonly Way<RiderEvent>[]): Way<RiderEvent>[] =>
    habits.crashes
      ? [...ways, ...ways.map(way => ({ ...way, name: `${way.name}, dies`, keeps: true }))]
      : [...ways]
  return {
    name: 'rider',
    reduce: (state, event, nowMs) => reduce(state, event, nowMs, TRIP_RULES),
    essence,
    deeds: effects => ({
      letters: effects.flatMap((effect): Letter[] =>
        effect.type === 'send'
          ? [{ to: 'driver', tag: effect.tag, key: toHex(RIDER_KEY), message: effect.message }]
          : [],
      ),
      later: effects.filter(effect => effect.type.startsWith('sign') || call(effect) !== null),
    }),
    ways: effect => {
      if (effect.type === 'signTerms') {
        const digest = book.digestOf(effect.terms)
        const event: RiderEvent = { type: 'termsSigned', digest, signature: signTerms(digest) }
        const refused: RiderEvent = { type: 'failed', effect: 'signTerms', code: 'DENIED' }
        return [...crashes([{ name: 'done', event }]), { name: 'refused', event: refused }]
      }
      if (effect.type === 'signReceipt') {
        const { receipt } = effect
        const event: RiderEvent = { type: 'receiptSigned', receipt, signature: signReceipt(receipt) }
        return crashes([{ name: 'done', event, signs: receipt }])
      }
      const sent = call(effect)
      if (!sent) return []
      const failed: RiderEvent = { type: 'failed', effect: effect.type, code: 'rpc-down' }
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
    wishes: (state, moment) => {
      const nowMs = TIMES_MS[moment]!
      const out: RiderEvent[] = [{ type: 'tick' }]
      const { phase, receipt } = state
      if (habits.withdraws && (phase === 'offered' || phase === 'selected') && !state.leaving)
        out.push({ type: 'withdraw' })
      if (habits.cancels && MONEY.has(phase) && !state.cancel)
        out.push({ type: 'cancel', reason: 0, shownFee: cancelPreview(state, nowMs, TRIP_RULES).fee })
      if (habits.contests && CASES.has(phase)) out.push({ type: 'contest', admitted: 0n })
      if (MONEY.has(phase)) out.push({ type: 'finalize' })
      if (habits.tips && phase === 'finished' && receipt && state.tip === 0n)
        out.push({ type: 'tip', amount: receipt.fare / 10n })
      return out
    },
    heard: ({ tag, key, message }) => ({ type: 'message', tag, key, message }),
    fact: fact => ({ type: 'chain', fact }),
    undone: fact => ({ type: 'undone', fact }),
    judge: (before, after, effects, told) => judgeRider(book, before, after, effects, told),
    judgeSigned: judgeReceipts,
  }
}

/** Words of explanation, talk and filing: they decide nothing. The record's bytes and the facts stand in short. */
const WITHOUT = new Set([
  ...[
    'notice',
    'chat',
    'heard',
    'holdTx',
    'stars',
    'filed',
    'car',
    'plan',
    'trace',
    'signed',
    'facts',
    'signing',
  ],
  ...['headSignature', 'offers', 'chosen', 'agreed', 'signature'],
])

/** What of the state decides anything. */
const essence = (state: RiderState): string =>
  [
    essenceOf(state, WITHOUT),
    state.signature !== null,
    state.chosen?.tag,
    state.agreed?.fare,
    state.signing && [state.signing.index, state.signing.record],
    state.trace.segments.length,
    ...state.offers.map(({ tag }) => tag),
    ...state.facts.map(({ fact, before }) => `${fact.txHash}${before}`),
  ].join()
