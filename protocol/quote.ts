import { LATER_S } from './later.ts'
import { cancelCeiling, noShowFeeOf, type Tariff, waitOf } from './tariff.ts'
import type { Hex, Receipt, Terms } from './terms.ts'
import { quotedFare, type TripTariff } from './trip-tariff.ts'
import { accept, reject, type Verdict } from './verdict.ts'

/** Waiting that the hold has room for beyond the free seconds, seconds. */
const WAIT_ROOM_S = 600
/** Room in the hold for a longer way, tolls and changes, basis points of the fare. */
const HOLD_ROOM_BP = 2_500n
/** Two clocks may differ by this much, seconds. */
const CLOCKS_S = 60
/** What the rider brings to the terms beside the offer. */
export interface TermsInput {
  readonly rider: Hex
  readonly driver: Hex
  readonly session: Hex
  readonly lane: number
  readonly seq: bigint
  readonly tariffId: number
  readonly metres: number
  readonly secs: number
  readonly bp: number
  readonly etaS: number
  readonly nowS: number
  /** Wanted pickup, unix seconds; 0 = now. */
  readonly pickupAtS: number
  readonly arbiter: Hex
  readonly boarding: Hex
  readonly record: Hex
  /** Zones and tolls of the way that is planned, minor units. */
  readonly charges?: bigint
}

/** The money a quoted trip needs set aside, minor units; `charges`: zones and tolls of the way that is planned. */
export function holdFor(tariff: Tariff, fare: bigint, charges = 0n): bigint {
  return fare + (fare * HOLD_ROOM_BP) / 10_000n + charges + waitOf(tariff, tariff.freeWaitS + WAIT_ROOM_S)
}

/** The terms of a trip, from the tariff and an offer: the only place where they are made. */
export function termsFor(of: TripTariff, input: TermsInput): Terms {
  const { tariff } = of
  const fare = quotedFare(of, input.metres, input.secs, input.bp)
  const arriveBy = input.pickupAtS ? input.pickupAtS + LATER_S.window : input.nowS + input.etaS
  return {
    rider: input.rider,
    driver: input.driver,
    session: input.session,
    fare,
    hold: holdFor(tariff, fare, input.charges),
    lane: input.lane,
    seq: input.seq,
    tariff: input.tariffId,
    metres: input.metres,
    secs: input.secs,
    bp: input.bp,
    acceptBy: input.nowS + 60,
    details: {
      cancelFee: cancelCeiling(tariff, fare),
      noShowFee: noShowFeeOf(tariff, fare),
      freeUntil: freeUntil(tariff, input.nowS, input.pickupAtS),
      lateAt: arriveBy + tariff.lateS,
      pickupBy: arriveBy + tariff.noShowWaitS,
      expiry: arriveBy + tariff.lateS + Math.max(7_200, 3 * input.secs),
      arbiter: input.arbiter,
      boarding: input.boarding,
      record: input.record,
    },
  }
}

/** Until when a cancel is free, unix seconds: a moment after the choice, for a booked ride until it comes near. */
function freeUntil(tariff: Tariff, nowS: number, pickupAtS: number): number {
  const grace = nowS + tariff.cancelGraceS
  return pickupAtS ? Math.max(grace, pickupAtS - LATER_S.free) : grace
}

/** What a driver must find before he sends the hold: the terms he offered, to the unit. */
export function checkTerms(
  of: TripTariff,
  terms: Terms,
  mine: {
    driver: Hex
    tariffId: number
    bp: number
    etaS: number
    nowS: number
    /** Wanted pickup, unix seconds; 0 = now. */
    pickupAtS: number
    metres: number
    secs: number
  },
): Verdict<
  Terms,
  | 'WRONG_DRIVER'
  | 'WRONG_TARIFF'
  | 'WRONG_PRICE'
  | 'WRONG_TRIP'
  | 'HOLD_TOO_SMALL'
  | 'FEE_TOO_SMALL'
  | 'TOO_LATE'
  | 'TOO_TIGHT'
  | 'TOO_LOOSE'
> {
  const { tariff } = of
  if (terms.driver.toLowerCase() !== mine.driver.toLowerCase()) return reject('WRONG_DRIVER')
  if (terms.tariff !== mine.tariffId) return reject('WRONG_TARIFF')
  if (terms.metres !== mine.metres || terms.secs !== mine.secs) return reject('WRONG_TRIP')
  if (terms.bp !== mine.bp || terms.fare !== quotedFare(of, terms.metres, terms.secs, mine.bp))
    return reject('WRONG_PRICE')
  if (terms.hold < holdFor(tariff, terms.fare)) return reject('HOLD_TOO_SMALL')
  if (terms.acceptBy <= mine.nowS) return reject('TOO_LATE')
  const d = terms.details
  const arriveBy = mine.pickupAtS ? mine.pickupAtS + LATER_S.window : mine.nowS + mine.etaS
  if (d.lateAt < arriveBy || d.pickupBy > d.expiry || d.expiry < arriveBy + terms.secs)
    return reject('TOO_TIGHT')
  if (d.freeUntil > freeUntil(tariff, mine.nowS + CLOCKS_S, mine.pickupAtS)) return reject('TOO_LOOSE')
  if (d.cancelFee < cancelCeiling(tariff, terms.fare) || d.noShowFee < noShowFeeOf(tariff, terms.fare))
    return reject('FEE_TOO_SMALL')
  return accept(terms)
}

/** What a trip costs and covers as both have agreed: the terms at first, a change of destination later. */
export interface Agreed {
  readonly fare: bigint
  readonly metres: number
  readonly secs: number
  readonly bp: number
}

/** The sum a receipt takes from the rider, minor units. */
export const receiptTotal = (r: Receipt): bigint => r.fare + r.wait + r.toll + r.tip

/** The price factor a driver may offer: the clock's, moved by his own choice, inside the tariff's bounds. */
export function boundBp(tariff: Tariff, bp: number): number {
  return Math.min(tariff.maxBp, Math.max(tariff.minBp, Math.round(bp)))
}
