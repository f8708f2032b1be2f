/** Our entities against the published bindings of GTFS-Realtime, and against hostile bytes. */
import { cellAt } from '@hexhail/protocol/cells.ts'
import { decodeEntity, isEntity } from '@hexhail/transit/realtime/check-entity.ts'
import { type Entity, subjectOf } from '@hexhail/transit/realtime/entity.ts'
import { readFeedMessage, writeFeedMessage } from '@hexhail/transit/realtime/feed-message.ts'
import { placeEntities } from '@hexhail/transit/realtime/place-entities.ts'
import { writeEntity } from '@hexhail/transit/realtime/write-entity.ts'
import fc from 'fast-check'
import bindings from 'gtfs-realtime-bindings'
import { describe, expect, it } from 'vitest'
import { NOW } from '../../protocol/some-gossip.ts'
import { AT, FEED_CELL, someTrip, someVehicle } from './some-feed.ts'

const { FeedMessage } = bindings.transit_realtime
const parsed = (bytes: Uint8Array) =>
  FeedMessage.toObject(FeedMessage.decode(bytes), { longs: Number, enums: String, defaults: false })

const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
const id = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 })
const int = (min: number, max: number) => maybe(fc.integer({ min, max }))
const float = (max: number) => fc.float({ min: 0, max, noNaN: true }).map(value => value + 0)
const trip = fc.record({
  ...{ trip: id, startTime: fc.constantFrom('', '06:05:00'), startDate: fc.constantFrom('', '20261123') },
  ...{ as: int(0, 3), route: id, direction: int(0, 1) },
})
const time = maybe(fc.record({ lateS: int(-3600, 3600), timeS: int(0, 4_000_000_000) }))
const anyEntity: fc.Arbitrary<Entity> = fc.oneof(
  fc.record({
    ...{ kind: fc.constant('vehicle' as const), id, trip: maybe(trip), vehicle: id, label: id },
    at: fc.tuple(float(180), float(90)) as fc.Arbitrary<readonly [number, number]>,
    ...{ bearingDeg: maybe(float(360)), speedMps: maybe(float(40)), sequence: int(0, 99), stop: id },
    ...{ status: int(0, 2), occupancy: int(0, 8), atS: fc.nat(2 ** 33) },
  }),
  fc.record({
    ...{ kind: fc.constant('trip' as const), id, trip, vehicle: id, lateS: int(-3600, 3600) },
    calls: fc.array(
      fc.record({ sequence: int(0, 99), stop: id, arrival: time, departure: time, as: int(0, 3) }),
      { maxLength: 6 },
    ),
    atS: fc.nat(2 ** 33),
  }),
)

describe('an entity of a feed', () => {
  it('is read by the published bindings as it was meant', () => {
    const bytes = writeFeedMessage(1_800_000_000, [writeEntity(someVehicle()), writeEntity(someTrip())])
    const ref = {
      ...{ tripId: 't1', startDate: '20270115', scheduleRelationship: 'SCHEDULED', routeId: '121' },
      directionId: 0,
    }
    expect(parsed(bytes)).toEqual({
      header: { gtfsRealtimeVersion: '2.0', incrementality: 'FULL_DATASET', timestamp: 1_800_000_000 },
      entity: [
        {
          id: 'v7',
          vehicle: {
            trip: ref,
            position: { latitude: AT[1], longitude: AT[0], bearing: 90 },
            ...{ currentStopSequence: 4, currentStatus: 'IN_TRANSIT_TO', timestamp: 1_800_000_000 },
            vehicle: { id: 'bus-7', label: '121' },
          },
        },
        {
          id: 't7',
          tripUpdate: {
            trip: ref,
            stopTimeUpdate: [
              { stopSequence: 4, arrival: { delay: -30 } },
              {
                ...{ stopSequence: 6, stopId: 's6', scheduleRelationship: 'SCHEDULED' },
                ...{ arrival: { delay: 240 }, departure: { delay: 250 } },
              },
              { stopSequence: 9, scheduleRelationship: 'SKIPPED' },
            ],
            ...{ vehicle: { id: 'bus-7' }, timestamp: 1_800_000_000 },
          },
        },
      ],
    })
  })

  it('comes back the same through our bytes and through those that the bindings write', () => {
    fc.assert(
      fc.property(anyEntity, entity => {
        const bytes = writeEntity(entity)
        expect(decodeEntity(bytes)).toEqual({ verdict: 'accept', value: entity })
        const feed = writeFeedMessage(7, [bytes])
        const again = FeedMessage.encode(FeedMessage.decode(feed)).finish()
        expect(readFeedMessage(again)).toEqual({
          atS: 7,
          entities: [entity.atS === 0 ? { ...entity, atS: 7 } : entity],
        })
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  it('is refused in any other encoding, and hostile bytes never throw', () => {
    const good = writeEntity(someTrip())
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc
            .tuple(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }))
            .map(([at, xor]) => good.with(at, good[at]! ^ xor)),
          fc.nat(good.length - 1).map(n => good.subarray(0, n)),
        ),
        bytes => {
          const verdict = decodeEntity(bytes)
          if (verdict.verdict === 'accept') {
            expect(isEntity(verdict.value)).toBe(true)
            expect(writeEntity(verdict.value)).toEqual(bytes)
          } else expect(verdict).toEqual({ verdict: 'reject', code: 'entity' })
          readFeedMessage(bytes)
        },
      ),
      { seed: 6, numRuns: 3000 },
    )
    expect(readFeedMessage(new TextEncoder().encode('<html>no feed</html>'))).toBe(null)
    expect(readFeedMessage(new Uint8Array(0))).toBe(null)
  })

  it('of a foreign feed is taken for what it says of vehicles and trips', () => {
    const bytes = FeedMessage.encode(
      FeedMessage.fromObject({
        header: { gtfsRealtimeVersion: '2.0', timestamp: 1_800_000_000 },
        entity: [
          {
            id: 'both',
            vehicle: {
              position: { latitude: AT[1], longitude: AT[0], odometer: 5 },
              vehicle: { id: 'v', licensePlate: 'S 1' },
            },
            tripUpdate: { trip: { tripId: 't' }, delay: 60, timestamp: 1_799_999_990 },
          },
          { id: 'gone', isDeleted: true, vehicle: { position: { latitude: 1, longitude: 1 } } },
          { id: 'alert', alert: { headerText: { translation: [{ text: 'Strike' }] } } },
        ],
      }),
    ).finish()
    const feed = readFeedMessage(bytes)!
    expect(feed.entities.map(({ kind, id: of, atS }) => [kind, of, atS])).toEqual([
      ['trip', 'both', 1_799_999_990],
      ['vehicle', 'both', 1_800_000_000],
    ])
  })

  it('of a foreign feed goes to the cell of its vehicle, else of its first stop; what is old or nowhere is left out', () => {
    const nowMs = NOW
    const stop = [-55.5, -34.6] as const
    const vehicles = [
      someVehicle({ vehicle: '', at: [-56.16451234, -34.90111234] }),
      someVehicle({ vehicle: 'old', atS: NOW / 1000 - 90 }),
      someVehicle({ vehicle: 'far', at: [0, 91] }),
    ]
    const ref = someTrip().trip
    const trips = [
      someTrip(),
      someTrip({ trip: { ...ref, trip: 't2' }, vehicle: '' }),
      someTrip({ trip: { ...ref, trip: 't3' }, vehicle: '', calls: [] }),
      someTrip({ trip: { ...ref, trip: 'unknown' } }),
    ]
    const { placed, left } = placeEntities([...trips, ...vehicles], nowMs, {
      settle: news => (news.trip.trip === 'unknown' ? null : news),
      stopAt: id => (id === 's6' ? stop : null),
    })
    const told = placed.map(({ cell, bytes }) => {
      const decoded = decodeEntity(bytes)
      return [cell, decoded.verdict === 'accept' && subjectOf(decoded.value)]
    })
    expect(told).toEqual([
      [FEED_CELL, 'vehicle v7'],
      [FEED_CELL, 'trip 20270115  t1'],
      [cellAt(stop, 5), 'trip 20270115  t2'],
    ])
    expect(left).toBe(4)
  })
})
