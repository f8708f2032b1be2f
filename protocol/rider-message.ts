import { fromHex, toHex } from './hex.ts'
import { fareAtEnd, fareSoFar } from './ride-fare.ts'
import { takeCard } from './rider-card.ts'
import { takeBid, takeCommit } from './rider-epoch.ts'
import type { RiderNotice } from './rider-notice.ts'
import { declined, takeOffer, takeQuote } from './rider-offer.ts'
import { nextReceipt, wantReceipt } from './rider-receipt.ts'
import type { Meter, RiderEffect, RiderEvent, RiderState, Step, TripRules } from './rider-state.ts'
import { swapMessage } from './rider-swap.ts'
import { takeSegment } from './trace-book.ts'
import { next } from './trip.ts'
import { tariffOf } from './trip-tariff.ts'

type Incoming = Extract<RiderEvent, { type: 'message' }>
type Body<Name extends Incoming['message']['name']> = Extract<Incoming['message'], { name: Name }>['body']

/** A car in a city is never faster than this for long; a meter that says more is not signed. Metres a second. */
const FASTEST_MPS = 60
/** Clocks and messages may differ by this much, seconds. */
const SLACK_S = 15

const step = (state: RiderState, effects: readonly RiderEffect[] = []): Step<RiderState, RiderEffect> => ({
  state,
  effects,
})
const noticed = (state: RiderState, notice: RiderNotice) =>
  step({ ...state, notice }, [{ type: 'notice', notice }])

/** A driver's message. Words from anyone but the chosen driver move nothing but the list of offers. */
export function riderMessage(
  state: RiderState,
  event: Incoming,
  nowMs: number,
  rules: TripRules,
): Step<RiderState, RiderEffect> {
  const { message } = event
  if (message.name === 'offer') return takeOffer(state, event, message.body, nowMs, rules)
  if (message.name === 'quote') return takeQuote(state, event, message.body, nowMs)
  if (message.name === 'bid') return takeBid(state, event, message.body, nowMs)
  if (message.name === 'commit') return takeCommit(state, event, message.body, nowMs)
  const { swap } = state
  if (swap && swap.choice.chosen?.tag === event.tag && swap.choice.chosen.key === event.key)
    return swapMessage(state, swap, event, nowMs)
  if (message.name === 'decline') return declined(state, event, message.body.reason)
  if (state.chosen?.tag !== event.tag || state.chosen.key !== event.key) return step(state)
  switch (message.name) {
    case 'car':
      return step({ ...state, car: message.body })
    case 'card':
      return takeCard(state, message.body)
    case 'position': {
      const { lngE7, latE7, headingDeg, etaS, atMs } = message.body
      if (state.seen && atMs <= state.seen.atMs) return step(state)
      const seen = { at: [lngE7 / 1e7, latE7 / 1e7] as const, headingDeg, etaS, atMs }
      return step({ ...state, seen, firstSeenEtaS: state.seen ? state.firstSeenEtaS : etaS })
    }
    case 'arrived': {
      const phase = next(state.phase, 'arrive')
      return phase
        ? step({ ...state, phase, arrivedAtMs: Math.max(nowMs, state.plan.pickupAtMs), notice: null })
        : step(state)
    }
    case 'pin':
      return pin(state, message.body.digits, nowMs)
    case 'progress':
      return progress(state, message.body, nowMs, rules)
    case 'stop': {
      const phase = next(state.phase, 'stop')
      return phase ? step({ ...state, phase }) : step(state)
    }
    case 'resume': {
      const phase = next(state.phase, 'resume')
      return phase ? step({ ...state, phase }) : step(state)
    }
    case 'shared':
      return shared(state, message.body)
    case 'changed':
      return changed(state, message.body)
    case 'finish':
      return finish(state, message.body, nowMs, rules)
    case 'chat':
      return step({
        ...state,
        chat: [...state.chat.slice(-99), { mine: false, text: message.body.text, atMs: nowMs }],
      })
    case 'held':
      return step({ ...state, holdTx: toHex(message.body.txHash) })
    default:
      return step(state)
  }
}

function pin(state: RiderState, digits: string, nowMs: number): Step<RiderState, RiderEffect> {
  if (!state.chosen) return step(state)
  if (state.startedAtMs) return step(state, [startWord(state)]) // asked again: the first answer was lost
  const phase = next(state.phase, 'start')
  if (!phase || state.cancel) return step(state)
  if (state.triesLeft === 0)
    return step(state, [
      { type: 'send', tag: state.chosen.tag, message: { name: 'pinWrong', body: { triesLeft: 0 } } },
    ])
  if (digits !== state.pin) {
    const triesLeft = state.triesLeft - 1
    const notice = triesLeft ? 'wrongPin' : 'pinBlocked'
    return step({ ...state, triesLeft, notice }, [
      { type: 'send', tag: state.chosen.tag, message: { name: 'pinWrong', body: { triesLeft } } },
      { type: 'notice', notice },
    ])
  }
  const waitSecs = state.arrivedAtMs ? Math.max(0, Math.floor((nowMs - state.arrivedAtMs) / 1000)) : 0
  const riding = { ...state, phase, startedAtMs: nowMs, notice: null, meter: { ...state.meter, waitSecs } }
  return step(riding, [startWord(riding)])
}

function startWord(state: RiderState): RiderEffect {
  const body = { secret: fromHex(state.secret), atMs: state.startedAtMs }
  return { type: 'send', tag: state.chosen?.tag ?? '', message: { name: 'start', body } }
}

/** The driver's meter, as far as it can be true: never backwards, never faster than a car, never ahead of the clock. */
function believed(state: RiderState, meter: Meter, nowMs: number, rules: TripRules): Meter | null {
  const elapsedS = Math.floor((nowMs - state.startedAtMs) / 1000) + SLACK_S
  const m = state.meter
  if (meter.metres < m.metres || meter.secs < m.secs || meter.toll < m.toll) return null
  if (meter.secs > elapsedS || meter.metres > elapsedS * FASTEST_MPS * rules.timeScale) return null
  return { ...meter, waitSecs: Math.min(meter.waitSecs, m.waitSecs + elapsedS) }
}

function progress(state: RiderState, body: Body<'progress'>, nowMs: number, rules: TripRules) {
  const meter = believed(state, body, nowMs, rules)
  const { agreed } = state
  if (!meter || !state.startedAtMs || !agreed) return step(state)
  if (state.phase !== 'riding' && state.phase !== 'stopped' && state.phase !== 'changed') return step(state)
  const ridden = {
    ...state,
    ...told(state, body),
    meter: { metres: meter.metres, secs: meter.secs, waitSecs: state.meter.waitSecs, toll: state.meter.toll },
  }
  return wantReceipt(
    ridden,
    nextReceipt(
      ridden,
      fareSoFar(tariffOf(rules, state.byDocument, state.concession), { ...ridden, agreed }),
      rules,
    ),
  )
}

/** The way with one more segment; the driver's signature is of the newest head that both have. */
function told(state: RiderState, body: Body<'progress'> | Body<'finish'>) {
  const trace = takeSegment(state.trace, body.segment, body.trace)
  const level = trace.segments.length === body.segment + (body.trace.length ? 1 : 0)
  return { trace, headSignature: level ? body.headSignature : state.headSignature }
}

/** Others ride along: the ride may only become cheaper by it. */
function shared(state: RiderState, { others, fare }: Body<'shared'>) {
  const { startedAtMs, finishedAtMs, agreed } = state
  if (!startedAtMs || finishedAtMs || !agreed || others < 1) return step(state)
  return step(fare < (state.shared ?? agreed).fare ? { ...state, shared: { others, fare } } : state)
}

function changed(state: RiderState, body: Body<'changed'>) {
  if (state.phase !== 'changed' || !state.change || !state.terms) return step(state)
  if (!body.accepted || body.fare !== state.change.fare)
    return noticed({ ...state, phase: 'riding', change: null }, 'changeRefused')
  const { dest, destName, metres, secs, fare } = state.change
  const plan = { ...state.plan, dest, destName }
  return step({
    ...state,
    phase: 'riding',
    plan,
    agreed: { fare, metres, secs, bp: state.terms.bp },
    change: null,
    shared: null,
  })
}

function finish(state: RiderState, body: Body<'finish'>, nowMs: number, rules: TripRules) {
  const phase = state.phase === 'finished' ? 'finished' : next(state.phase, 'finish')
  if (!phase || !state.agreed || !state.terms || !state.startedAtMs) return step(state)
  const said = believed(state, body, nowMs, rules) ?? state.meter
  const early = body.early !== 0
  const meter = { ...said, waitSecs: state.meter.waitSecs, toll: state.meter.toll }
  // A longer way raises nothing: the quote stands. After a change the signed metres show the vault why it is more.
  const { agreed, terms } = state
  const longer = !early && (agreed.metres > terms.metres || agreed.secs > terms.secs)
  const covered = longer
    ? { ...meter, metres: Math.max(meter.metres, agreed.metres), secs: Math.max(meter.secs, agreed.secs) }
    : meter
  const done = {
    ...state,
    ...told(state, body),
    phase,
    finishedAtMs: state.finishedAtMs || nowMs,
    meter: covered,
  }
  const of = tariffOf(rules, state.byDocument, state.concession)
  const fare = fareAtEnd(of, { ...done, agreed, meter }, early)
  const draft = nextReceipt(done, fare, rules)
  const asked = wantReceipt(done, draft)
  // What the driver's device asks above the tariff is not signed: what the tariff gives is.
  if (body.toll <= draft.toll) return asked
  const refused = noticed(asked.state, 'chargeRefused')
  return step(refused.state, [...asked.effects, ...refused.effects])
}
