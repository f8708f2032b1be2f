import { clipText } from './clip-text.ts'
import { driverFact, driverUndo } from './driver-chain.ts'
import { concessionChecked } from './driver-concession.ts'
import { claimTx, freeTrip, insteadOfClaim, setTrip, settleNow } from './driver-money.ts'
import type { DriverEffect, DriverEvent, DriverState, DriverTrip } from './driver-state.ts'
import { e7 } from './geo.ts'
import { concat, fromHex } from './hex.ts'
import { chargesOf } from './record.ts'
import { fareAtEnd } from './ride-fare.ts'
import type { Step, TripRules } from './rider-state.ts'
import { traceHead } from './trace.ts'
import { closeSegment, noteSample, type TraceBook } from './trace-book.ts'
import { MONEY, next, type TripState } from './trip.ts'
import { tariffOf } from './trip-tariff.ts'
import { drivenWay } from './trip-way.ts'

const NO_SIGNATURE = new Uint8Array(64)
const RIDING: ReadonlySet<TripState> = new Set<TripState>(['riding', 'stopped', 'changed'])

/** The meter is told this often while riding: each minute or 500 m. */
const TELL_S = 60
const TELL_M = 500

type Result = Step<DriverState, DriverEffect>

const step = (state: DriverState, effects: readonly DriverEffect[] = []): Result => ({ state, effects })

/** Events that need a trip. */
export function driverTrip(
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
      return driverFact(state, trip, event.fact, nowMs)
    case 'undone':
      return driverUndo(state, trip, event.fact, nowMs)
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
      const signed = { receipt: event.receipt, signature: event.signature, record: event.record }
      const kept = setTrip(state, { receipt: signed })
      const settles = insteadOfClaim({ ...trip, receipt: signed }, nowMs)
      if (settles.length) return setTrip(state, { receipt: signed, triedAtMs: nowMs }, settles)
      return trip.cancel && !trip.startedAtMs && kept.state.trip
        ? freeTrip(kept.state, kept.state.trip, nowMs)
        : kept
    }
    case 'concessionChecked':
      return concessionChecked(state, trip, event)
    case 'position': {
      const { at, headingDeg, etaS } = event
      const here = { at, headingDeg, etaS, atMs: nowMs }
      const { timeScale } = rules
      const moved = setTrip(state, {
        here,
        firstEtaS: trip.here ? trip.firstEtaS : etaS,
        trace: RIDING.has(trip.phase)
          ? noteSample(trip.trace, at, headingDeg, nowMs, { timeScale })
          : trip.trace,
      })
      if (!MONEY.has(trip.phase)) return moved
      const body = {
        lngE7: e7(at[0]),
        latE7: e7(at[1]),
        headingDeg: Math.round(headingDeg) % 360,
        etaS,
        atMs: nowMs,
      }
      return step(moved.state, [say({ name: 'position', body })])
    }
    case 'arrive': {
      const phase = trip.handing ? null : next(trip.phase, 'arrive')
      return phase
        ? setTrip(state, { phase, arrivedAtMs: Math.max(nowMs, trip.pickupAtMs) }, [
            say({ name: 'arrived', body: { atMs: nowMs } }),
          ])
        : step(state)
    }
    case 'pin':
      return next(trip.phase, 'start') && trip.triesLeft > 0 && !trip.handing
        ? setTrip(state, { pinSent: event.digits, notice: null }, [
            say({ name: 'pin', body: { digits: event.digits } }),
          ])
        : step(state)
    case 'meter':
      return meter(state, trip, event, nowMs, rules)
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
    case 'share': {
      const { others, fare } = event
      if (!RIDING.has(trip.phase) || others < 1 || fare >= (trip.shared ?? trip.agreed).fare)
        return step(state)
      return setTrip(state, { shared: { others, fare } }, [say({ name: 'shared', body: { others, fare } })])
    }
    case 'answerChange':
      return answerChange(state, trip, event.accept)
    case 'finish':
      return finish(state, trip, event.early, nowMs, rules)
    case 'settle':
      return settleNow(state, trip, nowMs)
    case 'release': {
      // Who has driven gives nothing back while he may still claim it.
      const mayClaim = trip.startedAtMs !== 0 && nowMs <= trip.terms.details.expiry * 1000
      if (!MONEY.has(trip.phase) || mayClaim) return step(state)
      const cancel = { fee: 0n, reason: event.reason, byRider: false, atMs: nowMs }
      return setTrip(state, { cancel, triedAtMs: nowMs }, [
        say({ name: 'cancel', body: { reason: event.reason, fee: 0n } }),
        { type: 'releaseTx', tag: trip.tag, terms: trip.terms },
      ])
    }
    case 'claim': {
      const boarded = trip.secret !== null
      const amount = boarded
        ? fareAtEnd(tariffOf(rules, trip.byDocument, trip.concession), trip, trip.early)
        : trip.terms.details.noShowFee
      const most = boarded && amount > trip.terms.fare ? trip.terms.fare : amount
      return next(trip.phase, boarded ? 'claim' : 'noShow')
        ? setTrip(state, { triedAtMs: nowMs, claiming: most }, [claimTx({ ...trip, claiming: most })])
        : step(state)
    }
    case 'finalize':
      return step(state, [{ type: 'finalizeTx', tag: trip.tag, terms: trip.terms }])
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

function meter(
  state: DriverState,
  trip: DriverTrip,
  event: Extract<DriverEvent, { type: 'meter' }>,
  nowMs: number,
  { timeScale }: TripRules,
): Result {
  if (!RIDING.has(trip.phase)) return step(state)
  const { place, moving } = event
  const here = trip.here && place ? { ...trip.here, ...place, atMs: nowMs } : trip.here
  // A car that stands has no heading, and makes no turns.
  const trace =
    place && moving ? noteSample(trip.trace, place.at, place.headingDeg, nowMs, { timeScale }) : trip.trace
  const counted = {
    ...trip.meter,
    metres: Math.max(trip.meter.metres, Math.round(event.metres)),
    secs: Math.max(trip.meter.secs, Math.round(event.secs)),
  }
  const due = nowMs - trip.saidAtMs >= TELL_S * 1000 || counted.metres - trip.saidMetres >= TELL_M
  if (!due) return setTrip(state, { meter: counted, here, trace })
  const { book, head, way } = nextSegment(trip, trace)
  const body = { ...counted, moving: moving ? 1 : 0, ...way }
  return setTrip(state, { meter: counted, here, saidAtMs: nowMs, saidMetres: counted.metres, trace: book }, [
    { type: 'report', tag: trip.tag, message: { name: 'progress', body }, head },
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
      ? {
          ...back,
          dest: { at: dest, name: destName },
          agreed: { fare, metres, secs, bp: trip.terms.bp },
          shared: null,
        }
      : back,
    [word],
  )
}

function finish(
  state: DriverState,
  trip: DriverTrip,
  early: boolean,
  nowMs: number,
  rules: TripRules,
): Result {
  const { timeScale } = rules
  const phase = next(trip.phase, 'finish')
  if (!phase) return step(state)
  const { here } = trip
  const whole = here
    ? noteSample(trip.trace, here.at, here.headingDeg, here.atMs, { timeScale, must: true })
    : trip.trace
  const { book, head, way } = nextSegment(trip, whole)
  const meter = { ...trip.meter, toll: tollAtEnd({ ...trip, trace: book }, early, nowMs, rules) }
  const body = { ...meter, early: early ? 1 : 0, ...way }
  return setTrip(state, { phase, early, finishedAtMs: nowMs, notice: null, triedAtMs: 0, trace: book }, [
    { type: 'report', tag: trip.tag, message: { name: 'finish', body }, head },
  ])
}

/** What comes on top of the fare, for the rider to hold his own reckoning against. */
function tollAtEnd(trip: DriverTrip, early: boolean, finishedAtMs: number, rules: TripRules): bigint {
  const of = tariffOf(rules, trip.byDocument, trip.concession)
  const { terms, startedAtMs, offered: car, trace, meter } = trip
  const input = { by: of.by, terms, times: { startedAtMs, finishedAtMs }, car }
  const way = drivenWay(concat(...trace.segments))
  return chargesOf(input, way, { fare: fareAtEnd(of, trip, early), toll: meter.toll }).toll
}

/** What the next report tells of the way; the app puts its signature over the head in. */
function nextSegment(trip: DriverTrip, trace: TraceBook) {
  const { book, segment } = closeSegment(trace)
  const way = { segment: trace.segments.length, trace: segment, headSignature: NO_SIGNATURE }
  return { book, head: traceHead(trip.digest, book.segments), way }
}
