import { diffTariffs, diffText } from '@hexhail/audit/tariff/diff.ts'
import { readTrips } from '@hexhail/audit/tariff/read-trips.ts'
import { simulate } from '@hexhail/audit/tariff/simulate.ts'
import { type PastTrip, tripColumns } from '@hexhail/audit/tariff/trip-columns.ts'
import { meter } from '@hexhail/protocol/tariff-meter.ts'
import { wageFloor } from '@hexhail/protocol/tariff-wage.ts'
import { cellToChildren } from 'h3-js'
import { describe, expect, it } from 'vitest'
import { GOLDEN, PLACES } from '../../vectors/tariffs/documents.ts'
import { anyDocument, anyTrip, below } from '../protocol/any-tariff.ts'

/** Past trips at random, with their ends where the random trips have them. */
function pastTrips(of: ReturnType<typeof below>, count: number): PastTrip[] {
  return Array.from({ length: count }, () => {
    const { class: id, startedAtS, segments, waitS, path } = anyTrip(of)
    const sum = (key: 'metres' | 'secs') =>
      Math.min(
        2 ** 32 - 1,
        segments.reduce((a, each) => a + each[key], 0),
      )
    const ends =
      path && path.length > 0 ? { pickup: path[0]!, dropoff: path.at(-1)! } : { pickup: '', dropoff: '' }
    return { class: id, startedAtS, metres: sum('metres'), secs: sum('secs'), waitS, ...ends }
  })
}

describe('simulating a tariff on past trips', () => {
  it('adds up what the meter gives, trip by trip, to the millionth', () => {
    const of = below(0x51)
    for (let i = 0; i < 40; i++) {
      const any = anyDocument(of)
      const doc = {
        ...any,
        wage: { per: 'trip' as const, perKm: of(300), perMin: of(80), wavPerKm: of(400) },
      }
      const trips = pastTrips(of, 50)
      const found = simulate(doc, tripColumns(trips))
      const sums = { riders: 0n, fare: 0n, wait: 0n, charge: 0n, levy: 0n, drivers: 0n, missing: 0n }
      const cells = new Map<string, bigint>()
      let belowFloor = 0
      for (const trip of trips) {
        const { total, fare, wait, charge, shares } = meter(
          { ...doc, tolls: [] },
          {
            class: trip.class,
            startedAtS: trip.startedAtS,
            segments: [{ metres: trip.metres, secs: trip.secs }],
            waitS: trip.waitS,
            ...(trip.pickup !== '' && { path: [trip.pickup, trip.dropoff] }),
          },
        )
        const levy = shares.reduce((a, share) => a + share.amount, 0n)
        const floor = wageFloor(doc, { ...trip, isWav: trip.class === 'b' }) ?? 0n
        const pay = fare + wait - levy
        if (pay < floor) belowFloor++
        const add = {
          riders: total,
          fare,
          wait,
          charge,
          levy,
          drivers: pay,
          missing: pay < floor ? floor - pay : 0n,
        }
        for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] += add[key]
        if (trip.pickup !== '') cells.set(trip.pickup, (cells.get(trip.pickup) ?? 0n) + total)
      }
      expect(found, `tariff ${i}`).toMatchObject({ ...sums, belowFloor, trips: 50 })
      expect(new Map([...found.byCell].map(([cell, each]) => [cell, each.riders]))).toEqual(cells)
      expect(found.byHour.reduce((a, each) => a + each.riders, 0n)).toBe(sums.riders)
    }
  })

  it('reads the CSV of the authority page, and NDJSON, and says which line is wrong', () => {
    const csv = [
      'trip,class,metres,seconds,wait_seconds,pickup_cell,destination_cell,started_at\r',
      '0x1,"car",5237,851,30,87c2e3119ffffff,87c2e3118ffffff,2026-06-02T15:00:00.000Z\r',
      '0x2,,,,,,,\r',
    ]
    const json = '{"class":"car","metres":5237,"seconds":851,"wait_seconds":30,"started_at":1780412400}'
    const [first, ...others] = readTrips(csv)
    expect(others).toEqual([])
    expect(first).toEqual({
      class: 'car',
      metres: 5_237,
      secs: 851,
      waitS: 30,
      startedAtS: 1_780_412_400,
      pickup: '87c2e3119ffffff',
      dropoff: '87c2e3118ffffff',
    })
    expect([...readTrips([json])]).toEqual([{ ...first, pickup: '', dropoff: '' }])
    expect(() => [...readTrips(['metres,seconds'])]).toThrow('no column «started_at»: correct line 1')
    expect(() => [...readTrips(['metres,seconds,started_at', '1.5,1,1'])]).toThrow('correct line 2')
    expect(() => [...readTrips(['{'])]).toThrow('no JSON')
  })

  it('refuses trips of a class that the tariff does not have', () => {
    const trips = tripColumns([{ ...pastTrips(below(1), 1)[0]!, class: 'boat' }])
    expect(() => simulate(GOLDEN.demo, trips)).toThrow('no class «boat»')
  })

  it('takes the congestion charge where a trip ends in its zone', () => {
    const inside = cellToChildren(PLACES.core[0]!, 9)[0]!
    const trip = { class: 'taxi', metres: 3_220, secs: 400, waitS: 0, startedAtS: 1_780_416_000 }
    const ends = [
      { pickup: '892a1072b5bffff', dropoff: inside },
      { pickup: '892a1072b5bffff', dropoff: '892a1072b5bffff' },
    ].map(each => simulate(GOLDEN.nyc, tripColumns([{ ...trip, ...each }])).riders)
    expect(ends[0]! - ends[1]!).toBe(2_750_000n) // congestion and, the drive not being known, clean air
  })
})

describe('the diff of two tariffs', () => {
  it('says what rose and fell, what is new and gone, and what three rides cost', () => {
    const { demo } = GOLDEN
    const [car] = demo.classes
    const after = {
      ...demo,
      version: 2,
      prev: `0x${'12'.repeat(32)}` as const,
      classes: [
        { ...car!, perKm: 99, flag: 100 },
        { ...car!, id: 'van', name: 'Van' },
      ],
      periods: [],
      holidays: ['2026-12-25'],
    }
    const diff = diffTariffs(demo, after)
    const lines = diffText(diff)
    expect(lines).toContain('classes[car].perKm rose from 95 to 99 (+4.2 %)')
    expect(lines).toContain('classes[car].flag fell from 120 to 100 (-16.7 %)')
    expect(lines).toContain('classes[van].name is new: Van')
    expect(lines).toContain('periods[night].multBp is gone: it was 12000')
    expect(lines).toContain('holidays is new: 2026-12-25')
    expect(lines).toContain('car: 2 km in 7 min fell from 4.36 to 4.24 (-2.8 %)')
    expect(lines).toContain('car: 20 km in 35 min rose from 26.50 to 27.10 (+2.3 %)')
    expect(diff.rides).toHaveLength(3)
    expect(lines.some(line => /version|prev/.test(line))).toBe(false)
    expect(diffTariffs(demo, demo).changes).toEqual([])
  })
})
