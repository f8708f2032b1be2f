import { afterFact } from './chain-fact.ts'
import { clipText } from './clip-text.ts'
import { driverMessage } from './driver-message.ts'
import { freeTrip, setTrip, settleNow } from './driver-money.ts'
import type { Card, DriverEffect, DriverEvent, DriverState, DriverTrip } from './driver-state.ts'
import { fromHex, toHex } from './hex.ts'
import { boundBp, finalFare } from './quote.ts'
import type { Step, TripRules } from './rider-state.ts'
import type { Hex } from './terms.ts'
import { DEADLINE_S, ENDED, MONEY, next } from './trip.ts'

type Result = Step<DriverState, DriverEffect>

/** The most cards a driver can take in at once, and the most offers he may have out. */
const MOST_CARDS = 20
/** The meter is told this often while riding: each minute or 500 m. */
const TELL_S = 60
const TELL_M = 500
/** After the end the driver waits this long for a tip before he settles, seconds. */
const TIP_S = 20
/** A transaction that was not seen is sent again after this, seconds. */
const RETRY_S = 15

/** A shift that has not begun. */
export function driverStart(account: Hex, car: DriverState['car']): DriverState {
  return { online: false, account, car, cards: [], offers: [], trip: null, notice: null }
}

const step = (state: DriverState, effects: readonly DriverEffect[] = []): Result => ({ state, effects })

/** The driver's whole trip logic: pure; the same in the page, in the fleet and in the search. */
export function driver(state: DriverState, event: DriverEvent, nowMs: number, rules: TripRules): Result {
  switch (event.type) {
    case 'tick':
      return tick(state, nowMs, rules)
    case 'online':
      return step({ ...state, online: event.online, cards: event.online ? state.cards : [] })
    case 'car':
      return step({ ...state, car: event.car })
    case 'request':
      return hear(state, event, nowMs)
    case 'ignore':
      return step({
        ...state,
        cards: state.cards.filter(c => toHex(c.request.requestId) !== event.requestId),
      })
    case 'offer':
      return offer(state, event, nowMs, rules)
    case 'quote':
      return quote(state, event.tag, event.etaS)
    case 'message':
      return driverMessage(state, event, nowMs, rules)
    case 'clear':
      return state.trip && ENDED.has(state.trip.phase)
        ? step({ ...state, trip: null, notice: null })
        : step(state)
    case 'failed':
      return failed(state, event)
    default:
      return state.trip ? onTrip(state, state.trip, event, nowMs, rules) : step(state)
  }
}

function hear(state: DriverState, event: Extract<DriverEvent, { type: 'request' }>, nowMs: number): Result {
  if (!state.online || state.trip || event.expiresAtMs <= nowMs) return step(state)
  const id = toHex(event.request.requestId)
  if (
    event.request.seats > state.car.seats ||
    (event.request.needs & state.car.needs) !== event.request.needs
  )
    return step(state)
  if (
    state.offers.some(o => toHex(o.card.request.requestId) === id) ||
    state.cards.some(c => toHex(c.request.requestId) === id)
  )
    return step(state)
  const { request, key, etaS, expiresAtMs } = event
  const card: Card = {
    request,
    key,
    etaS,
    heardAtMs: nowMs,
    expiresAtMs: Math.min(expiresAtMs, nowMs + DEADLINE_S.offer * 1000),
  }
  return step({ ...state, cards: [...state.cards, card].slice(-MOST_CARDS) })
}

function offer(
  state: DriverState,
  event: Extract<DriverEvent, { type: 'offer' }>,
  nowMs: number,
  rules: TripRules,
): Result {
  const card = state.cards.find(c => toHex(c.request.requestId) === event.requestId)
  if (!card || state.trip || card.expiresAtMs <= nowMs) return step(state)
  const sent = {
    tag: event.tag,
    card,
    bp: boundBp(rules.tariff, event.bp),
    etaS: card.etaS,
    expiresAtMs: nowMs + DEADLINE_S.offer * 1000,
    asked: null,
  }
  return step(
    {
      ...state,
      cards: state.cards.filter(c => c !== card),
      offers: [...state.offers, sent].slice(-MOST_CARDS),
    },
    [{ type: 'openOffer', offer: sent }],
  )
}

function quote(state: DriverState, tag: string, etaS: number): Result {
  const out = state.offers.find(o => o.tag === tag)
  if (!out?.asked || state.trip) return step(state)
  const firm = { ...out, etaS }
  return step({ ...state, offers: state.offers.map(o => (o === out ? firm : o)) }, [
    {
      type: 'send',
      tag,
      message: { name: 'quote', body: { etaS, bp: out.bp, expiresAtMs: out.expiresAtMs } },
    },
  ])
}

function failed(state: DriverState, event: Extract<DriverEvent, { type: 'failed' }>): Result {
  if (event.effect === 'openOffer')
    return step({ ...state, offers: state.offers.filter(o => o.tag !== event.tag) })
  if (!state.trip) return step(state)
  if (event.effect === 'holdTx' && state.trip.phase === 'selected') {
    // Not held and never will be by us: free for the next request.
    return step({ ...state, trip: null, notice: 'holdFailed' }, [
      { type: 'send', tag: state.trip.tag, message: { name: 'decline', body: { reason: 2 } } },
      { type: 'notice', notice: 'holdFailed' },
    ])
  }
  return setTrip(state, { notice: event.effect === 'checkReceipt' ? 'badReceipt' : 'txFailed' })
}

function tick(state: DriverState, nowMs: number, rules: TripRules): Result {
  const cards = state.cards.filter(c => c.expiresAtMs > nowMs)
  const gone = state.offers.filter(o => o.expiresAtMs <= nowMs && o.tag !== state.trip?.tag)
  const kept = {
    ...state,
    cards,
    offers: gone.length ? state.offers.filter(o => !gone.includes(o)) : state.offers,
  }
  const drops = gone.map(o => ({ type: 'drop' as const, tag: o.tag }))
  const lean = cards.length === state.cards.length && !gone.length ? state : kept
  if (!state.trip) return step(lean, drops)
  const result = tripTick(lean, state.trip, nowMs, rules)
  return step(result.state, [...drops, ...result.effects])
}

function tripTick(state: DriverState, trip: DriverTrip, nowMs: number, rules: TripRules): Result {
  if (trip.phase === 'selected' && nowMs > (trip.terms.acceptBy + 5) * 1000)
    return step({ ...state, trip: null, notice: 'holdFailed' })
  const again = nowMs - trip.triedAtMs > RETRY_S * 1000
  if (trip.cancel && MONEY.has(trip.phase) && again) return freeTrip(state, trip, nowMs)
  if (trip.phase === 'finished') {
    const due = finalFare(rules.tariff, trip.agreed, trip.meter.metres, trip.meter.secs, trip.early)
    const paid = trip.receipt !== null && trip.receipt.receipt.fare >= due
    const tipped = (trip.receipt?.receipt.tip ?? 0n) > 0n
    if (paid && (tipped || nowMs - trip.finishedAtMs > TIP_S * 1000) && again)
      return settleNow(state, trip, nowMs)
    if (
      !paid &&
      nowMs - trip.finishedAtMs > DEADLINE_S.finalReceipt * 1000 &&
      trip.notice !== 'riderSilent'
    ) {
      return setTrip(state, { notice: 'riderSilent' }, [{ type: 'notice', notice: 'riderSilent' }])
    }
  }
  if (trip.phase === 'arrived' && nowMs / 1000 > trip.terms.details.pickupBy && trip.notice === null) {
    return setTrip(state, { notice: 'noShowOpen' }, [{ type: 'notice', notice: 'noShowOpen' }])
  }
  if (trip.phase === 'settled' && !trip.filed && again)
    return setTrip(state, { triedAtMs: nowMs }, [{ type: 'file', trip }])
  return step(state)
}

/** Events that need a trip. */
function onTrip(
  state: DriverState,
  trip: DriverTrip,
  event: DriverEvent,
  nowMs: number,
  rules: TripRules,
): Result {
  const say = (message: Extract<DriverEffect, { type: 'send' }>['message']): DriverEffect => ({
    type: 'send',
    tag: trip.tag,
    message,
  })
  switch (event.type) {
    case 'chain':
      return chain(state, trip, event.fact, nowMs)
    case 'undone': {
      const at = trip.facts.findIndex(
        f => f.fact.txHash === event.fact.txHash && f.fact.logIndex === event.fact.logIndex,
      )
      const taken = trip.facts[at]
      return taken
        ? setTrip(state, { phase: taken.before, facts: trip.facts.slice(0, at), triedAtMs: 0 })
        : step(state)
    }
    case 'sent':
      if (event.effect === 'holdTx')
        return setTrip(state, { holdTx: event.txHash }, [
          say({ name: 'held', body: { txHash: fromHex(event.txHash) } }),
        ])
      if (event.effect === 'settleTx')
        return setTrip(state, { settleTx: event.txHash }, [
          say({ name: 'settled', body: { txHash: fromHex(event.txHash) } }),
        ])
      return step(state)
    case 'receiptChecked': {
      const newer = !trip.receipt || event.receipt.index > trip.receipt.receipt.index
      if (!newer || event.receipt.terms !== trip.digest) return step(state)
      const signed = { receipt: event.receipt, signature: event.signature }
      const kept = setTrip(state, { receipt: signed })
      return trip.cancel && !trip.startedAtMs && kept.state.trip
        ? freeTrip(kept.state, kept.state.trip, nowMs)
        : kept
    }
    case 'position': {
      const { at, headingDeg, etaS } = event
      const here = { at, headingDeg, etaS, atMs: nowMs }
      const moved = setTrip(state, { here, firstEtaS: trip.here ? trip.firstEtaS : etaS })
      if (!MONEY.has(trip.phase)) return moved
      const body = {
        lngE7: Math.round(at[0] * 1e7),
        latE7: Math.round(at[1] * 1e7),
        headingDeg: Math.round(headingDeg) % 360,
        etaS,
        atMs: nowMs,
      }
      return step(moved.state, [say({ name: 'position', body })])
    }
    case 'arrive': {
      const phase = next(trip.phase, 'arrive')
      return phase
        ? setTrip(state, { phase, arrivedAtMs: nowMs }, [say({ name: 'arrived', body: { atMs: nowMs } })])
        : step(state)
    }
    case 'pin':
      return next(trip.phase, 'start') && trip.triesLeft > 0
        ? setTrip(state, { pinSent: event.digits, notice: null }, [
            say({ name: 'pin', body: { digits: event.digits } }),
          ])
        : step(state)
    case 'meter':
      return meter(state, trip, event, nowMs)
    case 'stop': {
      const phase = next(trip.phase, 'stop')
      return phase
        ? setTrip(state, { phase, notice: null }, [say({ name: 'stop', body: { atMs: nowMs } })])
        : step(state)
    }
    case 'resume': {
      const phase = next(trip.phase, 'resume')
      return phase
        ? setTrip(state, { phase, notice: null }, [say({ name: 'resume', body: { atMs: nowMs } })])
        : step(state)
    }
    case 'answerChange':
      return answerChange(state, trip, event.accept)
    case 'finish':
      return finish(state, trip, event.early, nowMs)
    case 'settle':
      return settleNow(state, trip, nowMs)
    case 'release': {
      if (!MONEY.has(trip.phase) || trip.startedAtMs) return step(state)
      const cancel = { fee: 0n, reason: event.reason, byRider: false, atMs: nowMs }
      return setTrip(state, { cancel, triedAtMs: nowMs }, [
        say({ name: 'cancel', body: { reason: event.reason, fee: 0n } }),
        { type: 'releaseTx', terms: trip.terms },
      ])
    }
    case 'claim': {
      const boarded = trip.secret !== null
      const amount = boarded
        ? finalFare(rules.tariff, trip.agreed, trip.meter.metres, trip.meter.secs, trip.early)
        : trip.terms.details.noShowFee
      const most = boarded && amount > trip.terms.fare ? trip.terms.fare : amount
      return next(trip.phase, boarded ? 'claim' : 'noShow')
        ? setTrip(state, { triedAtMs: nowMs }, [
            { type: 'claimTx', terms: trip.terms, amount: most, secret: trip.secret },
          ])
        : step(state)
    }
    case 'finalize':
      return step(state, [{ type: 'finalizeTx', terms: trip.terms }])
    case 'filed':
      return setTrip(state, { filed: true })
    case 'chat':
      return setTrip(
        state,
        { chat: [...trip.chat.slice(-99), { mine: true, text: event.text, atMs: nowMs }] },
        [say({ name: 'chat', body: { text: clipText(event.text, 280) } })],
      )
    default:
      return step(state)
  }
}

function chain(
  state: DriverState,
  trip: DriverTrip,
  fact: Extract<DriverEvent, { type: 'chain' }>['fact'],
  nowMs: number,
): Result {
  if (fact.terms !== trip.digest) return step(state)
  if (trip.facts.some(f => f.fact.txHash === fact.txHash && f.fact.logIndex === fact.logIndex))
    return step(state)
  const phase = afterFact(trip.phase, fact)
  const facts = [...trip.facts, { fact, before: trip.phase }]
  if (fact.fact === 'held') {
    const { name, text, plate } = state.car
    const car: DriverEffect = {
      type: 'send',
      tag: trip.tag,
      message: {
        name: 'car',
        body: { driver: clipText(name, 32), car: clipText(text, 48), plate: clipText(plate, 16) },
      },
    }
    const held = setTrip(
      { ...state, offers: state.offers.filter(o => o.tag === trip.tag) },
      { phase, facts, heldAtMs: nowMs },
    )
    if (trip.cancel && held.state.trip) return freeTrip(held.state, held.state.trip, nowMs)
    const others = state.offers.filter(o => o.tag !== trip.tag)
    return step({ ...held.state, cards: [] }, [
      car,
      ...others.map(o => ({
        type: 'send' as const,
        tag: o.tag,
        message: { name: 'decline' as const, body: { reason: 1 } },
      })),
    ])
  }
  if (fact.fact === 'settled')
    return setTrip(
      state,
      { phase, facts, triedAtMs: nowMs },
      trip.filed ? [] : [{ type: 'file', trip: { ...trip, phase, facts } }],
    )
  if (fact.fact === 'contested') return setTrip(state, { phase, facts, notice: 'contested' })
  return setTrip(state, { phase, facts })
}

function meter(
  state: DriverState,
  trip: DriverTrip,
  event: Extract<DriverEvent, { type: 'meter' }>,
  nowMs: number,
): Result {
  if (trip.phase !== 'riding' && trip.phase !== 'stopped' && trip.phase !== 'changed') return step(state)
  const counted = {
    ...trip.meter,
    metres: Math.max(trip.meter.metres, Math.round(event.metres)),
    secs: Math.max(trip.meter.secs, Math.round(event.secs)),
  }
  const due = nowMs - trip.saidAtMs >= TELL_S * 1000 || counted.metres - trip.saidMetres >= TELL_M
  if (!due) return setTrip(state, { meter: counted })
  return setTrip(state, { meter: counted, saidAtMs: nowMs, saidMetres: counted.metres }, [
    {
      type: 'send',
      tag: trip.tag,
      message: { name: 'progress', body: { ...counted, moving: event.moving ? 1 : 0 } },
    },
  ])
}

function answerChange(state: DriverState, trip: DriverTrip, accept: boolean): Result {
  if (!trip.change || trip.phase !== 'changed') return step(state)
  const { dest, destName, metres, secs, fare } = trip.change
  const word: DriverEffect = {
    type: 'send',
    tag: trip.tag,
    message: { name: 'changed', body: { accepted: accept ? 1 : 0, fare } },
  }
  const back = { phase: 'riding' as const, change: null, notice: null }
  return setTrip(
    state,
    accept
      ? { ...back, dest: { at: dest, name: destName }, agreed: { fare, metres, secs, bp: trip.terms.bp } }
      : back,
    [word],
  )
}

function finish(state: DriverState, trip: DriverTrip, early: boolean, nowMs: number): Result {
  const phase = next(trip.phase, 'finish')
  if (!phase) return step(state)
  const body = { ...trip.meter, early: early ? 1 : 0 }
  return setTrip(state, { phase, early, finishedAtMs: nowMs, notice: null, triedAtMs: 0 }, [
    { type: 'send', tag: trip.tag, message: { name: 'finish', body } },
  ])
}
