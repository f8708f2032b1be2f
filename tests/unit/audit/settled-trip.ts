import type { Settled } from '@hexhail/audit/settled.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { plainRecord, recordRoot, tripRecord } from '@hexhail/protocol/record.ts'
import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import { fareAtEnd, fareSoFar } from '@hexhail/protocol/ride-fare.ts'
import { cancelFeeOf, fareOf, levyOf, type Tariff, waitOf } from '@hexhail/protocol/tariff.ts'
import type { Hex, Terms } from '@hexhail/protocol/terms.ts'
import fc from 'fast-check'

/** How a test trip ended. */
export type Ending = 'quote' | 'early' | 'vested' | 'cancel'

/** What a test trip is made of. */
export interface TripFigures {
  readonly ending: Ending
  readonly bp: number
  readonly quoteMetres: number
  readonly quoteSecs: number
  readonly part: number
  readonly waitSecs: number
  readonly toll: number
  readonly tip: number
  readonly seed: Uint8Array
}

/** Any trip that honest clients can settle. */
export const anyTrip: fc.Arbitrary<TripFigures> = fc.record({
  ending: fc.constantFrom<Ending>('quote', 'early', 'vested', 'cancel'),
  bp: fc.integer({ min: 8_000, max: 15_000 }),
  quoteMetres: fc.integer({ min: 0, max: 80_000 }),
  quoteSecs: fc.integer({ min: 0, max: 20_000 }),
  part: fc.double({ min: 0, max: 1, noNaN: true }),
  waitSecs: fc.integer({ min: 0, max: 1_200 }),
  toll: fc.integer({ min: 0, max: 5_000_000 }),
  tip: fc.integer({ min: 0, max: 9_999 }),
  seed: fc.uint8Array({ minLength: 32, maxLength: 32 }),
})

/** A plain trip, to change one thing of. */
export const PLAIN: TripFigures = {
  ending: 'quote',
  bp: 10_000,
  quoteMetres: 5_200,
  quoteSecs: 900,
  part: 1,
  waitSecs: 200,
  toll: 350_000,
  tip: 1_000,
  seed: new Uint8Array(32).fill(7),
}

/** The record and the settlement of an honest trip. `tip` of the figures is in basis points of the fare. */
export function settledTrip(tariff: Tariff, f: TripFigures): { record: TripRecord; fact: Settled } {
  const quote = fareOf(tariff, f.quoteMetres, f.quoteSecs, f.bp)
  const agreed = { fare: quote, metres: f.quoteMetres, secs: f.quoteSecs, bp: f.bp }
  const cancelled = f.ending === 'cancel'
  const metres = cancelled ? 0 : Math.round(f.quoteMetres * f.part)
  const secs = cancelled ? 0 : Math.round(f.quoteSecs * f.part)
  const ride = { agreed, startedAtMs: 1, meter: { metres, secs }, trace: { segments: [] } }
  const fare = {
    quote: () => fareAtEnd({ tariff, by: null }, ride, false),
    early: () => fareAtEnd({ tariff, by: null }, ride, true),
    vested: () => fareSoFar({ tariff, by: null }, ride),
    cancel: () => cancelFeeOf(tariff, quote, f.quoteMetres, f.waitSecs),
  }[f.ending]()
  const startedAtMs = cancelled ? 0 : 1_795_390_412_000
  const terms: Terms = {
    rider: `0x${'11'.repeat(20)}`,
    driver: `0x${'22'.repeat(20)}`,
    session: `0x${'33'.repeat(20)}`,
    fare: quote,
    hold: quote,
    lane: 0,
    seq: 0n,
    tariff: 1,
    metres: f.quoteMetres,
    secs: f.quoteSecs,
    bp: f.bp,
    acceptBy: 0,
    details: {} as Terms['details'],
  }
  const record = tripRecord(
    {
      ...plainRecord(startedAtMs),
      terms,
      tariff,
      agreed,
      pickup: [-56.1645, -34.9011],
      dest: [-56.1911, -34.9055],
      salt: toHex(f.seed),
    },
    {
      terms: toHex(f.seed),
      index: 1,
      fare,
      wait: cancelled ? 0n : waitOf(tariff, f.waitSecs),
      toll: cancelled ? 0n : BigInt(f.toll),
      tip: cancelled ? 0n : (fare * BigInt(f.tip)) / 10_000n,
      metres,
      secs,
      waitSecs: cancelled ? 0 : f.waitSecs,
    },
  )
  return { record, fact: settlementOf(tariff, record) }
}

/** The settlement that the vault would make of a record. */
export function settlementOf(tariff: Tariff, record: TripRecord): Settled {
  const hash = `0x${'5e'.repeat(32)}` as Hex
  return {
    fact: 'settled',
    terms: toHex(record.terms),
    rider: `0x${'11'.repeat(20)}`,
    driver: `0x${'22'.repeat(20)}`,
    tariff: record.tariff,
    fare: record.fare,
    wait: record.wait,
    toll: record.toll,
    tip: record.tip,
    levy: levyOf(tariff, record.fare),
    record: recordRoot(record),
    txHash: hash,
    blockHash: hash,
    blockNumber: 42,
    logIndex: 3,
    timestampS: 1_795_391_400,
  }
}
