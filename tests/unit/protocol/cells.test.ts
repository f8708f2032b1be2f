import {
  agencyTag,
  cellAt,
  cellCentre,
  driverTopics,
  farCell,
  farCells,
  farTopic,
  isHexhailTopic,
  liesIn,
  meetTopic,
  parseTopic,
  refinedCell,
  requestCells,
  requestTopic,
  ringCells,
  type Topic,
  transitTopic,
} from '@hexhail/protocol/cells.ts'
import { cell as cellField } from '@hexhail/protocol/fields.ts'
import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import { createPlaceCheck } from '@hexhail/protocol/place-check.ts'
import fc from 'fast-check'
import { getResolution, gridDisk } from 'h3-js'
import { describe, expect, it } from 'vitest'

const MONTEVIDEO: LngLat = [-56.1645, -34.9011]
/** Whether a request of a cell may stand in the topic. */
const isIn = (cell: string, topic: Topic): boolean => createPlaceCheck(topic)(cellField.write(cell), 0)

const anyPlace = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -75, max: 75, noNaN: true }),
) as fc.Arbitrary<LngLat>

/** A place `metres` away, `turn` of the circle round. */
function moved([lng, lat]: LngLat, metres: number, turn: number): LngLat {
  const deg = metres / 111_195
  const angle = turn * 2 * Math.PI
  return [lng + (deg * Math.sin(angle)) / Math.cos((lat * Math.PI) / 180), lat + deg * Math.cos(angle)]
}

describe('cells', () => {
  it('hold the place they were made from, and have their middle inside', () => {
    fc.assert(
      fc.property(anyPlace, fc.nat(12), (place, res) => {
        const cell = cellAt(place, res)
        expect(getResolution(cell)).toBe(res)
        expect(cellAt(cellCentre(cell), res)).toBe(cell)
      }),
    )
  })

  it('for a request are the own one first, then exactly the neighbours that come near', () => {
    fc.assert(
      fc.property(anyPlace, fc.integer({ min: 100, max: 900 }), (place, radiusM) => {
        const cells = requestCells(place, radiusM)
        expect(cells[0]).toBe(cellAt(place, 7))
        const around = new Set<string>()
        for (let i = 0; i < 120; i++) around.add(cellAt(moved(place, radiusM - 5, i / 120), 7))
        for (const cell of around) expect(cells).toContain(cell)
        for (const cell of cells.slice(1)) {
          const closer = Array.from({ length: 720 }, (_, i) => cellAt(moved(place, radiusM + 12, i / 720), 7))
          expect(closer).toContain(cell)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('of the ring are the rest of the disk', () => {
    fc.assert(
      fc.property(anyPlace, place => {
        const all = [...requestCells(place), ...ringCells(place)]
        expect(new Set(all)).toEqual(new Set(gridDisk(cellAt(place, 7), 1)))
        expect(all.length).toBe(new Set(all).size)
      }),
    )
  })

  it('for a far request begin with the parent, and reach every place 10 km away', () => {
    const cells = farCells(MONTEVIDEO)
    expect(cells[0]).toBe(farCell(cellAt(MONTEVIDEO, 7)))
    for (let i = 0; i < 200; i++) {
      const far = cellAt(moved(MONTEVIDEO, 9_500, i / 200), 5)
      expect(cells).toContain(far)
    }
  })

  it('work on both sides of the date line', () => {
    const west = requestCells([179.9999, -17])
    const near = requestCells([-179.9999, -17])
    expect(greatCircleM([179.9999, -17], [-179.9999, -17])).toBeLessThan(30)
    expect(new Set(west)).toEqual(new Set(near))
  })
})

describe('topics', () => {
  it('are taken apart as they were put together', () => {
    const cell = cellAt(MONTEVIDEO, 7)
    const tag = Uint8Array.from({ length: 16 }, (_, i) => i)
    expect(parseTopic(requestTopic(31337, cell))).toEqual({ chainId: 31337, sort: 'req', cell })
    expect(parseTopic(farTopic(31337, farCell(cell)))).toEqual({
      chainId: 31337,
      sort: 'far',
      cell: farCell(cell),
    })
    expect(parseTopic(meetTopic(31337, tag))).toEqual({ chainId: 31337, sort: 'meet', tag })
    expect(driverTopics(1, MONTEVIDEO).every(isHexhailTopic)).toBe(true)
  })

  it.each([
    '',
    '/hexhail/1/31337/req/',
    '/hexhail/1/31337/req/87c2e3100ffffff/x',
    '/hexhail/2/31337/meet/000102030405060708090a0b0c0d0e0f',
    '/hexhail/1/031337/meet/000102030405060708090a0b0c0d0e0f',
    '/hexhail/1/0/meet/000102030405060708090a0b0c0d0e0f',
    '/hexhail/1/31337/meet/000102030405060708090A0B0C0D0E0F',
    '/hexhail/1/31337/meet/0001',
    '/hexhail/1/31337/req/87ffffffffffffff',
    '/hexhail/1/31337/req/87fffffffffffff',
    `/hexhail/1/31337/req/${cellAt(MONTEVIDEO, 8)}`,
    `/hexhail/1/31337/req/${cellAt(MONTEVIDEO, 5)}`,
    `/hexhail/1/31337/far/${cellAt(MONTEVIDEO, 7)}`,
    `/hexhail/1/31337/req/${cellAt(MONTEVIDEO, 7)}\n`,
    '/hexhail/1/relay',
  ])('are not %j', topic => {
    expect(parseTopic(topic)).toBe(null)
  })

  it('take requests of their own cell and of the next, and of no other', () => {
    const cell = cellAt(MONTEVIDEO, 7)
    const near = parseTopic(requestTopic(1, cell))!
    for (const from of gridDisk(cell, 1)) expect(isIn(from, near)).toBe(true)
    for (const from of gridDisk(cell, 2).filter(c => !gridDisk(cell, 1).includes(c)))
      expect(isIn(from, near)).toBe(false)
    const far = parseTopic(farTopic(1, farCell(cell)))!
    for (const to of farCells(MONTEVIDEO)) expect(isIn(cell, parseTopic(farTopic(1, to))!)).toBe(true)
    expect(isIn(cellAt([-56, -33], 7), far)).toBe(false)
    expect(isIn(cellAt(MONTEVIDEO, 8), near)).toBe(false)
    const tag = Uint8Array.from({ length: 16 }, (_, i) => i)
    const isTag = createPlaceCheck(parseTopic(meetTopic(1, tag))!)
    expect([isTag(tag, 0), isTag(tag.with(15, 0), 0)]).toEqual([true, false])
  })

  it('of transit carry an agency, and take exactly their own cell', () => {
    const cell = cellAt(MONTEVIDEO, 5)
    const topic = transitTopic(1, agencyTag('CUTCSA: Línea 121'), cell)
    expect(topic).toBe(`/hexhail/1/1/transit/cutcsa-l-nea-121/${cell}`)
    expect(parseTopic(topic)).toEqual({ chainId: 1, sort: 'transit', agency: 'cutcsa-l-nea-121', cell })
    expect(parseTopic(transitTopic(1, 'A', cell))).toBe(null)
    expect(parseTopic(transitTopic(1, 'a', cellAt(MONTEVIDEO, 7)))).toBe(null)
    expect(gridDisk(cell, 1).filter(each => isIn(each, parseTopic(topic)!))).toEqual([cell])
    fc.assert(
      fc.property(fc.string(), id => {
        expect(parseTopic(transitTopic(1, agencyTag(id), cell))?.sort).toBe('transit')
      }),
    )
  })

  it('never throw for junk, pentagons included', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        parseTopic(text)
      }),
    )
    const pentagon = '870800000ffffff'
    expect(isIn(pentagon, parseTopic(requestTopic(1, pentagon))!)).toBe(true)
    for (const next of gridDisk(pentagon, 1))
      expect(isIn(next, parseTopic(requestTopic(1, pentagon))!)).toBe(true)
    expect(isIn(cellAt(MONTEVIDEO, 7), parseTopic(requestTopic(1, pentagon))!)).toBe(false)
  })
})

describe('the cell that a few drivers are told', () => {
  it("lies in the request's cell wherever the place is, and near it", () => {
    fc.assert(
      fc.property(anyPlace, place => {
        const cell = refinedCell(place)
        expect(liesIn(cell, cellAt(place, 7))).toBe(true)
        expect(greatCircleM(place, cellCentre(cell))).toBeLessThan(900)
      }),
      { seed: 7, numRuns: 2_000 },
    )
  })

  it("is the place's own where that will do", () => {
    expect(refinedCell(MONTEVIDEO)).toBe(cellAt(MONTEVIDEO, 9))
  })
})
