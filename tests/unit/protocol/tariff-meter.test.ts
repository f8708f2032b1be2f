import { DEMO_DOCUMENT } from '@hexhail/chain/demo-tariff.ts'
import { fareLines, fareOf, levyOf, waitOf } from '@hexhail/protocol/tariff.ts'
import { chainFaults, chainTariff } from '@hexhail/protocol/tariff-chain.ts'
import { type Metered, type MeterTrip, meter } from '@hexhail/protocol/tariff-meter.ts'
import { countedWay } from '@hexhail/protocol/tariff-way.ts'
import { describe, expect, it } from 'vitest'
import { GOLDEN } from '../../vectors/tariffs/documents.ts'
import {
  committedGolden,
  type GoldenFile,
  type GoldenName,
  goldenText,
  goldenTrips,
} from '../../vectors/tariffs/make-tariffs.ts'
import { oracle } from '../../vectors/tariffs/meter-oracle.ts'
import { anyDocument, anyTrip, below } from './any-tariff.ts'

const AUTHORITY = `0x${'a1'.repeat(20)}` as const
const NAMES = Object.keys(GOLDEN) as GoldenName[]

const named = ({ lines }: Metered) =>
  Object.fromEntries(lines.map(({ part, key, id, amount }) => [`${part}/${key}/${id}`, amount]))

describe('the meter', () => {
  it.each(NAMES)('gives the lines of the golden tariff %s to the millionth', name => {
    for (const { about, trip, lines, total } of goldenTrips(name)) {
      const metered = meter(GOLDEN[name], trip)
      const found = Object.fromEntries(
        Object.entries(named(metered)).map(([key, amount]) => [key, String(amount)]),
      )
      expect(found, about).toEqual(lines)
      expect(String(metered.total), about).toBe(total)
    }
  })

  it.each(NAMES)('has golden file %s as it is made', name => {
    expect(JSON.parse(goldenText(name))).toEqual(JSON.parse(committedGolden(name)) as GoldenFile)
  })

  it('comes to what a second way of reckoning comes to, for any tariff and trip', () => {
    const of = below(0x6d65)
    let lines = 0
    for (let i = 0; i < 100; i++) {
      const document = anyDocument(of)
      for (let j = 0; j < 10; j++) {
        const trip = anyTrip(of)
        const short = { ...trip, segments: trip.segments.filter(({ metres }) => metres < 10_000) }
        const metered = meter(document, short)
        expect(named(metered), `tariff ${i}, trip ${j}`).toEqual(oracle(document, short))
        lines += metered.lines.length
        expect(metered.fare + metered.wait + metered.charge).toBe(metered.total)
        expect(metered.lines.reduce((a, line) => a + line.amount, 0n)).toBe(metered.total)
      }
    }
    expect(lines).toBeGreaterThan(4_000)
  })

  it('gives the demo the same lines as the tariff on the chain', () => {
    const tariff = chainTariff(DEMO_DOCUMENT, 'car', AUTHORITY)
    const of = below(1)
    for (let i = 0; i < 500; i++) {
      const [metres, secs, bp] = [of(60_000), of(7_200), 8_000 + of(7_001)]
      const trip = {
        class: 'car',
        startedAtS: 1_780_282_800,
        segments: [{ metres, secs }],
        waitS: of(900),
        bp,
      }
      const metered = meter(DEMO_DOCUMENT, trip)
      const lines = metered.lines
        .filter(({ part }) => part === 'fare')
        .map(({ key, amount }) => ({ key, amount }))
      expect(lines).toEqual(fareLines(tariff, metres, secs, bp))
      expect(metered.wait).toBe(waitOf(tariff, trip.waitS))
      expect(metered.shares.map(({ amount }) => amount)).toEqual([levyOf(tariff, metered.fare)])
    }
  })

  it('counts on an S meter each piece of the way once: as distance or as time', () => {
    const of = { changeoverMh: 20_000 }
    const way = [
      { metres: 200, secs: 36 }, // exactly 20 km/h
      { metres: 199, secs: 36 },
      { metres: 0, secs: 10 },
    ]
    expect(countedWay({ meter: 'S' }, of, way)).toEqual({ metres: 200, secs: 46 })
    expect(countedWay({ meter: 'D' }, of, way)).toEqual({ metres: 399, secs: 82 })
  })

  it('refuses a class that the tariff does not have', () => {
    const trip: MeterTrip = { class: 'boat', startedAtS: 0, segments: [], waitS: 0 }
    expect(() => meter(DEMO_DOCUMENT, trip)).toThrow('it has car')
  })
})

describe('the tariff on the chain', () => {
  it('is never below the meter: 100,000 random trips, S and D, steps, rounding and all', () => {
    const of = below(0xc4a1)
    let trips = 0
    let tight = 0
    for (let i = 0; i < 500; i++) {
      const document = anyDocument(of)
      const chain = { a: chainTariff(document, 'a', AUTHORITY), b: chainTariff(document, 'b', AUTHORITY) }
      for (let j = 0; j < 200; j++, trips++) {
        const trip = anyTrip(of, j % 20 === 0)
        const tariff = chain[trip.class as 'a' | 'b']
        const { fare, wait, charge, bp } = meter(document, trip)
        const metres = trip.segments.reduce((a, each) => a + each.metres, 0)
        const secs = trip.segments.reduce((a, each) => a + each.secs, 0)
        const cap = fareOf(tariff, metres, secs, bp)
        if (fare > cap || bp < tariff.minBp || bp > tariff.maxBp || wait !== waitOf(tariff, trip.waitS))
          expect.fail(`tariff ${i}, trip ${j}: fare ${fare}, cap ${cap}, factor ${bp}`)
        if (tariff.tollMax > 0 && charge > BigInt(tariff.tollMax) * 10_000n)
          expect.fail(`tariff ${i}, trip ${j}: charges ${charge}`)
        if (fare === cap) tight++
      }
    }
    expect(trips).toBe(100_000)
    expect(tight).toBeGreaterThan(5_000)
  })

  it('names the fields that the contract would refuse', () => {
    const tariff = chainTariff(DEMO_DOCUMENT, 'car', AUTHORITY)
    expect(chainFaults(tariff)).toEqual([])
    const wrong = { ...tariff, base: 2 ** 24, levyBps: 2_001, minBp: 2, maxBp: 1, cancelMin: 9, cancelMax: 8 }
    expect(chainFaults(wrong).map(each => each.field)).toEqual(['base', 'levyBps', 'minBp', 'cancelMin'])
  })
})
