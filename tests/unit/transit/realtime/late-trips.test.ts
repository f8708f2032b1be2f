/** News of trips, as vehicles and foreign feeds tell them, laid over the search; and buses played by a timetable. */

import { createBusPlayer, type PlayedBus } from '@hexhail/transit/realtime/bus-player.ts'
import { decodeEntity } from '@hexhail/transit/realtime/check-entity.ts'
import type { CallNews, TripEntity, TripRef } from '@hexhail/transit/realtime/entity.ts'
import { dayOf, lateTripOf, newsSettler } from '@hexhail/transit/realtime/late-trips.ts'
import { writeEntity } from '@hexhail/transit/realtime/write-entity.ts'
import { dayView } from '@hexhail/transit/search/day-view.ts'
import { type LateTrip, layDelays } from '@hexhail/transit/search/delays.ts'
import { buildTimetable } from '@hexhail/transit/timetable/build-timetable.ts'
import { describe, expect, it } from 'vitest'
import { someTrip } from './some-feed.ts'

const START = Date.UTC(2026, 10, 22) / 86_400_000
const HOUR = 3600
/** Two lines along five stops 1 km apart in Montevideo, a bus each ten minutes from 6 h to 26 h. */
const timetable = buildTimetable({
  info: {
    ...{ name: 'Two lines', timezone: 'America/Montevideo', startDay: START, days: 3 },
    ...{ modelled: true, feetBy: 'crow' },
  },
  agencies: [{ id: 'a', name: 'A' }],
  stops: Array.from({ length: 5 }, (_, i) => ({
    ...{
      id: `s${i}`,
      name: `Stop ${i}`,
      lng: -56.2 + i / 100,
      lat: -34.9,
      zone: '',
      wheelchair: 0,
      parent: -1,
    },
  })),
  routes: ['121', '64'].map(id => ({ id, agency: 0, shortName: id, longName: '', type: 3, colour: '' })),
  services: [{ id: 'daily', days: [0, 1, 2] }],
  trips: [0, 1].flatMap(route =>
    Array.from({ length: 120 }, (_, n) => {
      const startS = 6 * HOUR + n * 600
      const arrS = [0, 300, 600, 900, 1200].map(s => startS + s)
      return {
        ...{
          id: `${route}-${n}`,
          route,
          service: 0,
          headsign: 'East',
          direction: route,
          wheelchair: 0,
          bikes: 0,
        },
        ...{ stops: [0, 1, 2, 3, 4], sequence: [1, 2, 3, 4, 5], flags: [0, 0, 0, 0, 0] },
        ...{ arrS, depS: arrS.map(s => s + 20) },
      } as const
    }),
  ),
  feet: [],
})
/** Monday 2026-11-23, 12:05 in Montevideo, which is three hours behind UTC. */
const NOON_MS = Date.UTC(2026, 10, 23, 15, 5)
const settle = newsSettler(timetable)
/** As they go: settled by whoever has the timetable, laid over the search by whoever hears them. */
const read = (told: readonly TripEntity[], nowMs: number): LateTrip[] =>
  told.flatMap(each => {
    const settled = settle(each, nowMs)
    return (settled && lateTripOf(settled, START)) ?? []
  })
const ref = (over: Partial<TripRef> = {}): TripRef => ({
  ...someTrip().trip,
  trip: '0-36',
  startDate: '20261123',
  ...over,
})
const call = (over: Partial<CallNews>): CallNews => ({
  ...{ sequence: null, stop: '', arrival: null, departure: null, as: null },
  ...over,
})
const news = (over: Partial<TripEntity>): TripEntity => ({ ...someTrip(), trip: ref(), calls: [], ...over })

describe('news of a trip', () => {
  it('names calls by number or by stop, and times by delay or by the clock', () => {
    const plannedS = NOON_MS / 1000 - 300 // 0-36 departs at 12:00:20, calls first at 12:00
    const calls = [
      call({ sequence: 2, arrival: { lateS: 60, timeS: null } }),
      call({
        stop: 's2',
        arrival: { lateS: null, timeS: plannedS + 600 + 90 },
        departure: { lateS: 100, timeS: 1 },
      }),
      call({ stop: 's3', as: 1 }),
      call({ sequence: 99, arrival: { lateS: 5, timeS: null } }),
    ]
    expect(read([news({ calls })], NOON_MS)).toEqual([
      {
        ...{ trip: '0-36', day: 1 },
        calls: [
          { sequence: 2, arrivalLateS: 60 },
          { sequence: 3, arrivalLateS: 90, departureLateS: 100 },
          { sequence: 4, skipped: true },
        ],
      },
    ])
  })

  it('of the whole trip, cancelled, and of trips that no timetable has', () => {
    expect(read([news({ lateS: 120 })], NOON_MS)).toEqual([
      { trip: '0-36', day: 1, calls: [{ sequence: 1, arrivalLateS: 120, departureLateS: 120 }] },
    ])
    expect(read([news({ trip: ref({ as: 3 }) })], NOON_MS)).toEqual([
      { trip: '0-36', day: 1, cancelled: true },
    ])
    const unknown = [ref({ trip: 'x' }), ref({ as: 1 }), ref({ as: 2 }), ref({ startDate: '20261332' })]
    expect(
      read(
        unknown.map(trip => news({ trip, lateS: 60 })),
        NOON_MS,
      ),
    ).toEqual([])
    expect([dayOf('20261123'), dayOf('20260230')]).toEqual([START + 1, null])
  })

  it('without a service day is of the run nearest to now, past midnight of yesterday’s', () => {
    const late = (trip: string, nowMs: number) =>
      read([news({ trip: ref({ trip, startDate: '' }), lateS: 1 })], nowMs)[0]!.day
    expect(late('0-36', NOON_MS)).toBe(1)
    const oneAtNightMs = Date.UTC(2026, 10, 23, 4, 0)
    expect(late('0-114', oneAtNightMs)).toBe(0)
    expect(late('0-0', oneAtNightMs)).toBe(1)
  })
})

describe('a bus that is played', () => {
  const play = (latePercent: number, buses = 4) => createBusPlayer(timetable, { buses, latePercent, seed: 3 })

  it('says what passes the check, moves along its line, and ends', () => {
    const tick = play(0, 2)
    const ends = new Set<string>()
    let before = new Map<string, PlayedBus>()
    for (let s = 0; s < 1800; s += 10) {
      const now = new Map(tick(NOON_MS + s * 1000).map(bus => [bus.vehicle.vehicle, bus]))
      expect(now.size).toBe(2)
      for (const [id, { vehicle, news: told }] of now) {
        for (const entity of [vehicle, told])
          expect(decodeEntity(writeEntity(entity))).toEqual({ verdict: 'accept', value: entity })
        expect(told.calls).toEqual([call({ sequence: vehicle.sequence, ...onTime })])
        const last = before.get(id)
        if (last !== undefined) expect(vehicle.at[0]).toBeGreaterThanOrEqual(last.vehicle.at[0])
      }
      for (const id of before.keys()) if (!now.has(id)) ends.add(id)
      before = now
    }
    expect(ends.size).toBeGreaterThanOrEqual(2)
  })
  const onTime = { arrival: { lateS: 0, timeS: null }, departure: { lateS: 0, timeS: null } }

  it('is where its delay has it, and the news tell when it will come', () => {
    const tick = play(100, 1)
    const first = tick(NOON_MS)[0]!
    const { trip } = first.news.trip
    const [route, n] = trip.split('-').map(Number)
    const [late] = read([first.news], NOON_MS)
    const lastCall = late!.calls!.at(-1)!
    expect(lastCall.departureLateS).toBeGreaterThanOrEqual(120)
    const endMs = Date.UTC(2026, 10, 23, 9) + (n! * 600 + 1200 + lastCall.departureLateS!) * 1000
    const beforeEnd = tick(endMs - 2000)[0]!
    expect([beforeEnd.news.trip.trip, beforeEnd.vehicle.at[0]]).toEqual([trip, expect.closeTo(-56.16, 3)])
    expect(tick(endMs)[0]!.news.trip.trip).not.toBe(trip)
    const view = dayView(timetable, 1)
    expect(layDelays(view, [late!])).toEqual([])
    expect(timetable.routes[route!]!.shortName).toBe(first.vehicle.label)
  })

  it('is late by the seed: the same again, and about as often as was asked', () => {
    const all = (tick: ReturnType<typeof play>) =>
      tick(NOON_MS).map(({ news: told }) => told.calls.at(-1)!.arrival!.lateS!)
    expect(all(play(50))).toEqual(all(play(50)))
    const tick = play(30)
    const late = new Map<string, boolean>()
    for (let s = 0; s < 6 * HOUR; s += 60)
      for (const { news: told } of tick(NOON_MS + s * 1000))
        late.set(told.trip.trip, told.calls.at(-1)!.arrival!.lateS! > 0)
    const share = [...late.values()].filter(Boolean).length / late.size
    expect(late.size).toBeGreaterThan(30)
    expect(share).toBeGreaterThan(0.15)
    expect(share).toBeLessThan(0.45)
  })
})
