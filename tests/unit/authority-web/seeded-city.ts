import type { SealedRecord } from '@hexhail/audit/desk-client.ts'
import { sealRecord } from '@hexhail/audit/sealed-record.ts'
import type { Settled } from '@hexhail/audit/settled.ts'
import { cellAt } from '@hexhail/protocol/cells.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { type Ending, settledTrip, settlementOf } from '../audit/settled-trip.ts'

/** A small generator of numbers in 0..1 (mulberry32): the same seed, the same city. */
export function seeded(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One settled trip of the made-up city. `record` null = never filed. */
export interface SeededTrip {
  readonly fact: Settled
  readonly record: TripRecord | null
}

/** Downtown Montevideo, where most trips of the made-up city begin. */
const CENTRE: LngLat = [-56.1882, -34.9033]

/**
 * Settled trips of a made-up city, oldest first: mostly quotes, some early stops, running receipts and cancel fees;
 * every 17th is quoted above the tariff, every 11th is not filed.
 */
export function seededTrips(tariff: Tariff, count: number, endS: number, seed = 7): SeededTrip[] {
  const random = seeded(seed)
  const place = (): LngLat => {
    const [r, turn] = [0.085 * random() ** 2, random() * 2 * Math.PI]
    return [CENTRE[0] + r * 1.2 * Math.cos(turn), CENTRE[1] + r * 0.7 * Math.abs(Math.sin(turn))]
  }
  const bytes = (size: number) => Uint8Array.from({ length: size }, () => Math.floor(random() * 256))
  const drivers = Array.from({ length: 12 }, () => toHex(bytes(20)))
  return Array.from({ length: count }, (_, n) => {
    const [from, to] = [place(), place()]
    const quoteMetres = 600 + Math.round(Math.hypot(from[0] - to[0], from[1] - to[1]) * 125_000)
    const roll = random()
    const ending: Ending = roll < 0.82 ? 'quote' : roll < 0.9 ? 'early' : roll < 0.95 ? 'vested' : 'cancel'
    const honest = settledTrip(tariff, {
      ending,
      bp: random() < 0.25 ? tariff.nightBp : 10_000,
      quoteMetres,
      quoteSecs: Math.round(quoteMetres / (5 + 4 * random())),
      part: ending === 'vested' ? 0.3 : ending === 'early' ? 0.6 : 1,
      waitSecs: Math.round(random() * 260),
      toll: random() < 0.06 ? 1_200_000 : 0,
      tip: random() < 0.3 ? 1_000 : 0,
      seed: bytes(32),
    }).record
    const timestampS = Math.round(endS - (count - n) * 140 - random() * 60)
    const asked = honest.quote + 1_750_000n
    const dear = n % 17 === 5 && ending === 'quote' ? { quote: asked, fare: asked, tip: 0n } : {}
    const cells = { pickupCell: cellAt(from, 7), destCell: cellAt(to, 7) }
    const startedAtMs = (timestampS - honest.secs) * 1_000
    const arrivedAtMs = startedAtMs - Math.round(random() * 100) * 1_000
    const acceptedAtMs = arrivedAtMs - Math.round(60 + random() * 420) * 1_000
    const started =
      honest.startedAtMs === 0
        ? {}
        : {
            startedAtMs,
            arrivedAtMs,
            acceptedAtMs,
            requestedAtMs: acceptedAtMs - 15_000,
            finishedAtMs: timestampS * 1_000,
          }
    const record = { ...honest, ...dear, ...cells, ...started }
    const fact: Settled = {
      ...settlementOf(tariff, record),
      rider: toHex(bytes(20)),
      driver: drivers[Math.floor(random() * drivers.length)] as Hex,
      txHash: toHex(bytes(32)),
      blockHash: toHex(bytes(32)),
      blockNumber: 1_200 + n * 70,
      logIndex: n % 3,
      timestampS,
    }
    return { fact, record: n % 11 === 3 ? null : record }
  })
}

/** The filed records of trips as the desk lists them, sealed to an audit key. */
export async function sealAll(trips: readonly SeededTrip[], publicKey: Hex): Promise<SealedRecord[]> {
  const filed = trips.filter(trip => trip.record !== null)
  return Promise.all(
    filed.map(async ({ fact, record }, n) => ({
      seq: n + 1,
      terms: fact.terms,
      sealed: (await sealRecord(
        fromHex(publicKey),
        202_611,
        record as TripRecord,
      )) as Uint8Array<ArrayBuffer>,
      atMs: fact.timestampS * 1_000 + 4_000,
      status: 'settled',
    })),
  )
}
