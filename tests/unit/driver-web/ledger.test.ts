import { demoTariff } from '@hexhail/chain/demo-tariff.ts'
import { earnedToday, ledgerOf } from '@hexhail/driver-web/ledger.ts'
import type { ChainFact, ChainPlace } from '@hexhail/protocol/chain-fact.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { describe, expect, it } from 'vitest'

const tariff = demoTariff(`0x${'11'.repeat(20)}`)
const me: Hex = `0x${'aa'.repeat(20)}`
const rider: Hex = `0x${'bb'.repeat(20)}`
const id = (n: number): Hex => `0x${String(n).padStart(64, '0')}`
let block = 0
const at = (timestampS: number): ChainPlace => ({
  txHash: id(++block),
  blockNumber: block,
  blockHash: id(block),
  logIndex: 0,
  timestampS,
})
const held = (n: number, driver: Hex = me): ChainFact => ({
  ...at(n),
  fact: 'held',
  terms: id(n),
  rider,
  driver,
  hold: 9_000_000n,
  tariff: 1,
  lane: 0,
})
const settled = (n: number, driver: Hex = me): ChainFact => ({
  ...at(n + 1),
  fact: 'settled',
  terms: id(n),
  rider,
  driver,
  tariff: 1,
  fare: 5_000_000n,
  wait: 250_000n,
  toll: 100_000n,
  tip: 500_000n,
  levy: 150_000n,
  record: id(0),
})
const claimed = (n: number, boarded: boolean): ChainFact => ({
  ...at(n + 2),
  fact: 'claimed',
  terms: id(n),
  amount: 4_000_000n,
  boarded,
  deadlineS: 90_000,
})

describe('the driver’s ledger', () => {
  it('counts fare, waiting, toll and tip, and takes the levy off', () => {
    const [trip] = ledgerOf([held(1), settled(1)], me, tariff)
    expect(trip).toMatchObject({ state: 'settled', earned: 5_700_000n, pending: 0n })
  })

  it('leaves out the trips of others and those that were called off', () => {
    const released: ChainFact = { ...at(9), fact: 'released', terms: id(2) }
    expect(ledgerOf([held(1, rider), settled(1, rider), held(2), released], me, tariff)).toEqual([])
  })

  it('keeps a claim pending, and pays what the rider admits and what is ruled, after the levy', () => {
    const open = [held(1), claimed(1, true)]
    expect(ledgerOf(open, me, tariff)[0]).toMatchObject({
      state: 'claimed',
      earned: 0n,
      pending: 4_000_000n,
      deadlineS: 90_000,
    })
    const contested: ChainFact = {
      ...at(8),
      fact: 'contested',
      terms: id(1),
      admitted: 1_000_000n,
      disputed: 3_000_000n,
      deadlineS: 99_000,
    }
    expect(ledgerOf([...open, contested], me, tariff)[0]).toMatchObject({
      state: 'contested',
      earned: 970_000n,
      pending: 3_000_000n,
    })
    const closed: ChainFact = {
      ...at(9),
      fact: 'closed',
      terms: id(1),
      toDriver: 1_500_000n,
      toRider: 1_500_000n,
    }
    expect(ledgerOf([...open, contested, closed], me, tariff)[0]).toMatchObject({
      state: 'closed',
      earned: 970_000n + 1_455_000n,
      pending: 0n,
    })
  })

  it('tells a claim for nobody coming from one for a ride', () => {
    expect(ledgerOf([held(1), claimed(1, false)], me, tariff)[0]?.state).toBe('noShow')
  })

  it('has the newest trip first, and counts today’s alone', () => {
    const noon = new Date(2026, 10, 23, 12).getTime()
    const facts = [held(1), settled(1), held(2), settled(2)].map((fact, i) => ({
      ...fact,
      timestampS: Math.floor(noon / 1000) - (i < 2 ? 86_400 : 0),
    }))
    const trips = ledgerOf(facts, me, tariff)
    expect(trips.map(trip => trip.terms)).toEqual([id(2), id(1)])
    expect(earnedToday(trips, noon)).toEqual({ sum: 5_700_000n, trips: 1 })
  })
})
