import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity, readCity } from '@hexhail/streets/city.ts'
import type { Feature } from '@hexhail/streets/osm/feature.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gridTown, seeded } from './grid-town.ts'

const bytes = buildCity(gridTown(5, seeded(11)), { name: 'Town' }).bytes

test('the same features give the same bytes, another feature another hash', () => {
  const again = buildCity(gridTown(5, seeded(11)), { name: 'Town' })
  expect(again.bytes).toEqual(bytes)
  expect(again.info.hash).toMatch(/^[0-9a-f]{64}$/)
  expect(openCity(bytes).info.hash).toBe(again.info.hash)
  expect(buildCity(gridTown(5, seeded(12)), { name: 'Town' }).info.hash).not.toBe(again.info.hash)
})

test('a city cut off anywhere is a verdict, and so are foreign bytes and other versions', () => {
  for (let end = 0; end < bytes.length; end += 7)
    expect(readCity(bytes.subarray(0, end)).verdict).toBe('reject')
  const older = bytes.slice()
  older[7] = 99
  expect(readCity(older)).toEqual({ verdict: 'ignore', code: 'CITY_VERSION' })
  expect(readCity(new TextEncoder().encode('<!doctype html><title>404</title>'))).toEqual({
    verdict: 'reject',
    code: 'CITY_FOREIGN',
  })
  expect(readCity(bytes.subarray(0, bytes.length - 1))).toEqual({ verdict: 'reject', code: 'CITY_TRUNCATED' })
  expect(() => openCity(bytes.subarray(0, 20))).toThrow(HexhailError)
})

test('a flipped byte never throws: the city opens under another hash or is refused', () => {
  const hash = openCity(bytes).info.hash
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = bytes.slice()
      changed[at]! ^= flip
      const read = readCity(changed)
      if (read.verdict === 'accept') expect(read.value.info.hash).not.toBe(hash)
    }),
    { numRuns: 300 },
  )
})

test('streets without a way back are drawn but not driven', () => {
  const way = (id: number, tags: Record<string, string>, line: [number, number][]): Feature => ({
    kind: 'way',
    id,
    tags: { highway: 'residential', ...tags },
    line,
  })
  const city = openCity(
    buildCity(
      [
        way(1, { name: 'Main' }, [
          [0, 0],
          [0.01, 0],
        ]),
        way(2, { name: 'Side' }, [
          [0.01, 0],
          [0.01, 0.01],
        ]),
        way(3, { name: 'Trap', oneway: 'yes' }, [
          [0, 0],
          [0, 0.01],
        ]),
        way(4, { name: 'Far away' }, [
          [1, 1],
          [1.01, 1],
        ]),
        way(5, { name: 'Yard', access: 'private' }, [
          [0, 0],
          [-0.01, 0],
        ]),
        way(6, { name: 'Steps', highway: 'steps' }, [
          [0, 0],
          [0, -0.01],
        ]),
      ],
      { name: 'T' },
    ).bytes,
  )
  const driven = [...city.streets.name].map(id => city.names[id])
  const drawn = [...city.deadStreets.name].map(id => city.names[id])
  expect(driven.sort()).toEqual(['Main', 'Side'])
  expect(drawn.sort()).toEqual(['Far away', 'Steps', 'Trap', 'Yard'])
})

test('a street is not cut where its way is cut or only a footpath meets it', () => {
  const tags = { highway: 'residential', name: 'Long' }
  const city = openCity(
    buildCity(
      [
        {
          kind: 'way',
          id: 1,
          tags,
          line: [
            [0, 0],
            [0.001, 0],
            [0.002, 0],
          ],
        },
        {
          kind: 'way',
          id: 2,
          tags,
          line: [
            [0.004, 0],
            [0.003, 0],
            [0.002, 0],
          ],
        },
        {
          kind: 'way',
          id: 3,
          tags: { highway: 'footway' },
          line: [
            [0.001, 0],
            [0.001, 0.001],
          ],
        },
      ],
      { name: 'T' },
    ).bytes,
  )
  expect(city.streets.tail.length).toBe(1)
  expect(city.streets.geomXy.length).toBe(6)
  expect(city.streets.lengthDm[0]).toBeCloseTo(4448, -1)
})
