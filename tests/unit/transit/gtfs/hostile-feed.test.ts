import { complaintText } from '@hexhail/transit/gtfs/complaint.ts'
import { CITY_LIMITS } from '@hexhail/transit/gtfs/feed-limits.ts'
import { type ReadFeed, readFeed } from '@hexhail/transit/gtfs/read-feed.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inflate, makeZip } from './make-zip.ts'
import { TINY } from './tiny-feed.ts'

const codes = ({ complaints }: ReadFeed): string[] => complaints.map(c => `${c.code} ${c.file}`)

/** What must hold of whatever is read out of whatever bytes. */
function expectSound({ feed, complaints, errors }: ReadFeed): void {
  for (const complaint of complaints) expect(complaintText(complaint)).toMatch(/^[^\p{C}]+$/u)
  expect(feed !== null || errors > 0).toBe(true)
  if (feed === null) return
  const { calls, stops, routes, services, trips, flex } = feed
  for (const trip of [...trips, ...flex.trips]) {
    expect(routes[trip.route]).toBeDefined()
    expect(services[trip.service]).toBeDefined()
  }
  for (const { callStart, callEnd } of trips) {
    expect(callEnd - callStart).toBeGreaterThanOrEqual(2)
    for (let i = callStart; i < callEnd; i++) {
      expect(stops[calls.stop[i]!]!.kind).toBe(0)
      expect(calls.depS[i]).toBeGreaterThanOrEqual(calls.arrS[i]!)
      const before = i > callStart ? calls.depS[i - 1]! : 0
      expect(calls.arrS[i]).toBeGreaterThanOrEqual(before)
    }
  }
  for (const stop of stops) {
    expect(Math.abs(stop.lat)).toBeLessThanOrEqual(90)
    expect(Math.abs(stop.lng)).toBeLessThanOrEqual(180)
    expect(stop.parent < 0 || stops[stop.parent] !== undefined).toBe(true)
  }
}

describe('bytes that are no feed', () => {
  test('no zip, an empty one, and one without the files of a feed are told apart', () => {
    expect(codes(readFeed(new Uint8Array(5), inflate))).toEqual(['ZIP_DAMAGED ', 'FEED_EMPTY '])
    expect(codes(readFeed(makeZip({}), inflate))).toContain('FILE_MISSING stop_times.txt')
    expect(codes(readFeed(makeZip({ 'readme.txt': 'hello' }), inflate))).toContain('FILE_MISSING agency.txt')
  })

  test('a file that says to be too big is not unpacked, and one that lies is not unpacked further', () => {
    const bomb = { ...TINY, 'shapes.txt': Buffer.alloc(3_000_000) }
    const small = { ...CITY_LIMITS, fileBytes: 2_000_000 }
    expect(codes(readFeed(makeZip(bomb), inflate, small))).toContain('ZIP_TOO_BIG shapes.txt')
    const unpacked: number[] = []
    const lied = readFeed(
      makeZip(bomb, length => Math.min(length, 1000)),
      (packed, most) => {
        unpacked.push(most)
        return inflate(packed, most)
      },
    )
    expect(codes(lied)).toContain('ZIP_DAMAGED shapes.txt')
    expect(Math.max(...unpacked)).toBe(1000)
  })

  test('more rows and more files than a feed has are not read', () => {
    expect(codes(readFeed(makeZip(TINY), inflate, { ...CITY_LIMITS, rows: 4 }))).toContain(
      'ROWS stop_times.txt',
    )
    expect(codes(readFeed(makeZip(TINY), inflate, { ...CITY_LIMITS, files: 4 }))).toContain('ZIP_TOO_BIG ')
  })

  test('a file in a folder is taken, one that is there twice is not', () => {
    const { 'agency.txt': agency, ...rest } = TINY
    expect(codes(readFeed(makeZip({ ...rest, 'feed/agency.txt': agency! }), inflate))).toEqual([
      'FILE_FOLDER agency.txt',
    ])
    expect(codes(readFeed(makeZip({ ...TINY, 'feed/agency.txt': agency! }), inflate))).toContain(
      'FILE_TWICE agency.txt',
    )
  })

  test('text that is not UTF-8 is told of by its row', () => {
    const latin = Buffer.from(TINY['stops.txt']!.slice(1).replace('Middle', 'Mañana'), 'latin1')
    const { complaints } = readFeed(makeZip({ ...TINY, 'stops.txt': latin }), inflate)
    expect(complaints).toContainEqual(
      expect.objectContaining({ code: 'ENCODING', file: 'stops.txt', row: 5 }),
    )
  })
})

describe('seeded mutations of a feed', () => {
  test('of its bytes give complaints and never a crash', () => {
    const zip = makeZip(TINY)
    const change = fc.tuple(fc.nat(zip.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), fc.nat(zip.length), (changes, cut) => {
        const bytes = zip.slice(0, cut < zip.length / 8 ? cut : zip.length)
        for (const [at, byte] of changes) bytes[at] = byte
        expectSound(readFeed(bytes, inflate))
      }),
      { seed: 20261123, numRuns: 100 },
    )
  })

  test('of its cells give a feed that holds together, or none', () => {
    const names = Object.keys(TINY)
    const nasty = [
      '',
      '"',
      ',',
      '\n',
      '-1',
      '99:99:99',
      'NaN',
      '1e999',
      '0x10',
      'hub',
      'p1',
      't1',
      'wk',
      '20260230',
      '\0',
      '😀',
      '-0',
      ' 7 ',
    ]
    const change = fc.tuple(fc.constantFrom(...names), fc.nat(400), fc.constantFrom(...nasty))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), changes => {
        const files: Record<string, string> = { ...TINY }
        for (const [name, nth, value] of changes) {
          const cells = files[name]!.split(/([,\n])/)
          cells[(nth * 2) % cells.length] = value
          files[name] = cells.join('')
        }
        expectSound(readFeed(makeZip(files), inflate))
      }),
      { seed: 20261123, numRuns: 150 },
    )
  })
})
