import { fromHex, toHex } from './hex.ts'
import { finalFare, vestedFare } from './quote.ts'
import { takeCard } from './rider-card.ts'
import { nextReceipt, wantReceipt } from './rider-receipt.ts'
import type {
  Meter,
  OfferEntry,
  RiderEffect,
  RiderEvent,
  RiderNotice,
  RiderState,
  Step,
  TripRules,
} from './rider-state.ts'
import { fareOf } from './tariff.ts'
import { takeSegment } from './trace-book.ts'
import { next } from './trip.ts'

type Incoming = Extract<RiderEvent, { type: 'message' }>
type Body<Name extends Incoming['message']['name']> = Extract<Incoming['message'], { name: Name }>['body']

/** So many offers are asked for a firm time as they come; the next tick asks the best of the others. */
const ASKED_AT_ONCE = 2
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
  if (message.name === 'quote') return takeQuote(state, event, message.body)
  if (message.name === 'decline') return declined(state, event)
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

function takeOffer(
  state: RiderState,
  { tag, key }: Incoming,
  offer: Body<'offer'>,
  nowMs: number,
  rules: TripRules,
) {
  if (state.phase !== 'requested' && state.phase !== 'offered')
    return step(state, [{ type: 'send', tag, message: { name: 'taken', body: {} } }])
  if (toHex(offer.requestId) !== state.requestId || offer.expiresAtMs <= nowMs)
    return step(state, [{ type: 'drop', tag }])
  if (offer.bp < rules.tariff.minBp || offer.bp > rules.tariff.maxBp)
    return step(state, [{ type: 'drop', tag }])
  if (offer.seats < state.plan.seats || (offer.needs & state.plan.needs) !== state.plan.needs)
    return step(state, [{ type: 'drop', tag }])
  const others = state.offers.filter(o => o.tag !== tag && o.account !== offer.account)
  // A time is asked for now only: for a booked ride the wanted time stands, and the place is told to one.
  const later = state.plan.pickupAtMs !== 0
  const refined = !later && others.filter(o => o.refined).length < ASKED_AT_ONCE
  const entry: OfferEntry = {
    tag,
    key,
    account: offer.account,
    etaS: offer.etaS,
    firm: later,
    bp: offer.bp,
    fare: fareOf(rules.tariff, state.plan.metres, state.plan.secs, offer.bp),
    seats: offer.seats,
    needs: offer.needs,
    car: offer.car,
    facts: {
      served: offer.needs,
      propulsion: offer.propulsion,
      vehicleClass: offer.vehicleClass,
      permit: toHex(offer.permit),
      vehicle: toHex(offer.vehicle),
    },
    expiresAtMs: offer.expiresAtMs,
    receivedAtMs: nowMs,
    refined,
  }
  const offered = {
    ...state,
    phase: 'offered' as const,
    offers: [...others, entry],
    notice: state.notice === 'noOffers' ? null : state.notice,
  }
  return step(
    offered,
    refined ? [{ type: 'refine', tag, metres: state.plan.metres, secs: state.plan.secs }] : [],
  )
}

function takeQuote(state: RiderState, { tag, key }: Incoming, quote: Body<'quote'>) {
  const offers = state.offers.map(o =>
    o.tag === tag && o.key === key && quote.bp === o.bp
      ? { ...o, etaS: quote.etaS, firm: true, expiresAtMs: quote.expiresAtMs }
      : o,
  )
  return step(state.phase === 'offered' ? { ...state, offers } : state)
}

function declined(state: RiderState, { tag, key }: Incoming) {
  const offers = state.offers.filter(o => o.tag !== tag || o.key !== key)
  if (state.phase === 'selected' && state.chosen?.tag === tag && state.chosen.key === key) {
    // The driver could still send the hold until acceptBy, so the money stays reserved for him in the lane; seq decides.
    return noticed(
      {
        ...state,
        phase: 'offered',
        offers,
        chosen: null,
        terms: null,
        agreed: null,
        digest: null,
        signature: null,
      },
      'driverDeclined',
    )
  }
  if (state.phase !== 'offered') return step(state)
  return step({ ...state, phase: offers.length ? 'offered' : 'requested', offers })
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
  if (!meter || !state.startedAtMs || !state.agreed) return step(state)
  if (state.phase !== 'riding' && state.phase !== 'stopped' && state.phase !== 'changed') return step(state)
  const ridden = {
    ...state,
    ...told(state, body),
    meter: { metres: meter.metres, secs: meter.secs, waitSecs: state.meter.waitSecs, toll: state.meter.toll },
  }
  return wantReceipt(
    ridden,
    nextReceipt(ridden, vestedFare(rules.tariff, state.agreed, meter.metres, meter.secs), rules),
  )
}

/** The way with one more segment; the driver's signature is of the newest head that both have. */
function told(state: RiderState, body: Body<'progress'> | Body<'finish'>) {
  const trace = takeSegment(state.trace, body.segment, body.trace)
  const level = trace.segments.length === body.segment + (body.trace.length ? 1 : 0)
  return { trace, headSignature: level ? body.headSignature : state.headSignature }
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
  return wantReceipt(
    done,
    nextReceipt(done, finalFare(rules.tariff, state.agreed, meter.metres, meter.secs, early), rules),
  )
}
