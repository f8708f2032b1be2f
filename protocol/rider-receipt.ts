import { concat, fromHex, toHex } from './hex.ts'
import { chargesOf, encodeRecord, type RecordInput, recordRoot, tripRecord } from './record.ts'
import { placeTold, type Said, saidBody, saidBy } from './record-said.ts'
import type { RiderEffect, RiderEvent, RiderState, Step, TripRules } from './rider-state.ts'
import { waitOf } from './tariff.ts'
import type { Receipt } from './terms.ts'
import { traceHead } from './trace.ts'
import { tariffOf } from './trip-tariff.ts'
import { drivenWay } from './trip-way.ts'

/** A receipt that is being signed, with the record behind it and what goes with it to the driver. */
export interface Draft extends Receipt {
  readonly said: Said
  readonly bytes: Uint8Array
}

/** The receipt that follows: one index on, for this fare and the meter as the rider knows it, with its record. */
export function nextReceipt(state: RiderState, fare: bigint, rules: TripRules): Draft {
  const { terms, digest, meter } = state
  if (!terms || !digest) throw new RangeError('a receipt needs signed terms')
  const said = saidBy(state)
  const input = recordInput(state, said, rules)
  const way = drivenWay(state.byDocument ? concat(...input.way.segments) : NO_BYTES)
  const { toll } = chargesOf(input, way, { fare, toll: meter.toll })
  const room = terms.hold - fare - toll
  const wait = waitOf(rules.tariff, meter.waitSecs)
  const figures = {
    terms: digest,
    index: (state.receipt?.index ?? 0) + 1,
    fare,
    wait: wait < room ? wait : room > 0n ? room : 0n,
    toll,
    tip: state.tip,
    metres: meter.metres,
    secs: meter.secs,
    waitSecs: meter.waitSecs,
  }
  const record = tripRecord(input, figures)
  return { ...figures, record: recordRoot(record), said, bytes: encodeRecord(record) }
}

const NO_BYTES = new Uint8Array(0)

/** What the rider knows of the trip, for its record. */
function recordInput(state: RiderState, said: Said, rules: TripRules): RecordInput {
  const { terms, agreed, digest, chosen, plan, salt, trace } = state
  if (!terms || !agreed || !digest || !chosen) throw new RangeError('a receipt needs signed terms')
  const told = placeTold(state.car)
  return {
    terms,
    tariff: rules.tariff,
    by: tariffOf(rules, state.byDocument).by,
    timeScale: rules.timeScale,
    concession: state.concession ?? null,
    agreed,
    pickup: plan.pickup,
    dest: plan.dest,
    salt,
    times: said.times,
    asked: { needs: plan.needs, passengers: plan.seats, bookedForMs: plan.pickupAtMs },
    car: chosen.facts,
    place: told && { shift: toHex(told.shift), shiftSeq: told.shiftSeq },
    way: { driverKey: chosen.key, segments: trace.segments, head: traceHead(digest, trace.segments) },
  }
}

/** Ask for a signature, unless the newest receipt or the one being signed already says as much. */
export function wantReceipt(state: RiderState, draft: Draft): Step<RiderState, RiderEffect> {
  const known = state.signing ?? state.receipt
  if (known && worth(known) >= worth(draft)) return { state, effects: [] }
  const index = Math.max(draft.index, (state.signing?.index ?? 0) + 1)
  const signing = { ...draft, index }
  return { state: { ...state, signing }, effects: [{ type: 'signReceipt', receipt: receiptOf(signing) }] }
}

/** A signed receipt goes to the driver; only the newest is kept. One that a newer draft has overtaken is let go. */
export function sendReceipt(
  state: RiderState,
  { receipt, signature }: Extract<RiderEvent, { type: 'receiptSigned' }>,
): Step<RiderState, RiderEffect> {
  const { chosen, signing } = state
  if (!chosen || !signing || receipt.terms !== state.digest) return { state, effects: [] }
  if (receipt.index !== signing.index || receipt.record !== signing.record) return { state, effects: [] }
  const { terms: _, ...figures } = receipt
  const body = {
    ...figures,
    ...saidBody(signing.said),
    record: fromHex(receipt.record),
    signature: fromHex(signature),
  }
  const signed = { receipt, signature, record: signing.bytes }
  return {
    state: { ...state, receipt, signed, signing: null },
    effects: [{ type: 'send', tag: chosen.tag, message: { name: 'receipt', body } }],
  }
}

/** The receipt alone, as the vault knows it. */
const receiptOf = ({ said: _, bytes: __, ...receipt }: Draft): Receipt => receipt

const worth = (r: Receipt) => r.fare + r.wait + r.toll + r.tip
