import { fromHex } from './hex.ts'
import { plainRecord, recordRoot, tripRecord } from './record.ts'
import type { RiderEffect, RiderEvent, RiderState, Step, TripRules } from './rider-state.ts'
import { waitOf } from './tariff.ts'
import type { Receipt } from './terms.ts'

/** The receipt that follows: one index on, for this fare and the meter as the rider knows it. */
export function nextReceipt(state: RiderState, fare: bigint, rules: TripRules): Receipt {
  const { terms, agreed, digest, meter } = state
  if (!terms || !agreed || !digest) throw new RangeError('a receipt needs signed terms')
  const room = terms.hold - fare - meter.toll
  const wait = waitOf(rules.tariff, meter.waitSecs)
  const figures = {
    terms: digest,
    index: (state.receipt?.index ?? 0) + 1,
    fare,
    wait: wait < room ? wait : room > 0n ? room : 0n,
    toll: meter.toll,
    tip: state.tip,
    metres: meter.metres,
    secs: meter.secs,
    waitSecs: meter.waitSecs,
  }
  const { plan, startedAtMs, salt } = state
  const known = {
    ...plainRecord(startedAtMs),
    terms,
    tariff: rules.tariff,
    agreed,
    pickup: plan.pickup,
    dest: plan.dest,
    salt,
  }
  return { ...figures, record: recordRoot(tripRecord(known, figures)) }
}

/** Ask for a signature, unless the newest receipt or the one being signed already says as much. */
export function wantReceipt(state: RiderState, receipt: Receipt): Step<RiderState, RiderEffect> {
  const known = state.signing ?? state.receipt
  if (known && worth(known) >= worth(receipt)) return { state, effects: [] }
  const index = Math.max(receipt.index, (state.signing?.index ?? 0) + 1)
  const signing = { ...receipt, index }
  return { state: { ...state, signing }, effects: [{ type: 'signReceipt', receipt: signing }] }
}

/** A signed receipt goes to the driver; only the newest is kept. */
export function sendReceipt(
  state: RiderState,
  { receipt, signature }: Extract<RiderEvent, { type: 'receiptSigned' }>,
): Step<RiderState, RiderEffect> {
  if (!state.chosen || receipt.terms !== state.digest) return { state, effects: [] }
  if (state.receipt && state.receipt.index >= receipt.index) return { state, effects: [] }
  const { terms: _, ...body } = receipt
  const kept = { ...state, receipt, signing: state.signing?.index === receipt.index ? null : state.signing }
  return {
    state: kept,
    effects: [
      {
        type: 'send',
        tag: state.chosen.tag,
        message: {
          name: 'receipt',
          body: { ...body, record: fromHex(receipt.record), signature: fromHex(signature) },
        },
      },
    ],
  }
}

const worth = (r: Receipt) => r.fare + r.wait + r.toll + r.tip
