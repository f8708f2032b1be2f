import { greatCircleM } from '@hexhail/protocol/geo.ts'
import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { GRAIN, onGrain } from '@hexhail/streets/grain.ts'
import { packBends, unpackBends } from '@hexhail/streets/pack/bends.ts'
import { packLines, packPlaces, unpackLines, unpackPlaces } from '@hexhail/streets/pack/lines.ts'
import { packStyles, unpackStyles } from '@hexhail/streets/pack/styles.ts'
import { segmentLengthsDm } from '@hexhail/streets/segment-length.ts'
import { segmentLine } from '@hexhail/streets/street-table.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gridTown, seeded } from './grid-town.ts'

const place = fc.tuple(
  fc.integer({ min: -180e6 / GRAIN, max: 180e6 / GRAIN }).map(v => v * GRAIN),
  fc.integer({ min: -90e6 / GRAIN, max: 90e6 / GRAIN }).map(v => v * GRAIN),
)
const line = fc.array(place, { maxLength: 6 })
const flat = (places: readonly (readonly [number, number])[]): Int32Array => Int32Array.from(places.flat())

test('places and lines come back as they were', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), fc.boolean(), (lines, closed) => {
      const xy = flat(lines.flat())
      const points = Int32Array.from(lines, l => l.length)
      expect(unpackPlaces(packPlaces(xy))).toEqual(xy)
      expect(unpackLines(points, packLines(points, xy, closed), closed)).toEqual(xy)
      const more = Int32Array.of(xy.length + 1)
      expect(() => unpackLines(more, packLines(points, xy, closed), closed)).toThrow(RangeError)
    }),
    { seed: 61 },
  )
})

test('bends come back as they were, wherever tails and heads lie', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 8 }),
      fc.array(place, { minLength: 16 }),
      (lines, ends) => {
        const streets = {
          junctionXy: flat(ends),
          tail: Uint32Array.from(lines, (_, s) => s),
          head: Uint32Array.from(lines, (_, s) => s + 8),
          geomFirst: Uint32Array.from([[], ...lines], (_, s) => lines.slice(0, s).flat().length),
        }
        const geomXy = flat(lines.flat())
        expect(unpackBends(streets, packBends(streets, geomXy))).toEqual(geomXy)
      },
    ),
    { seed: 62 },
  )
})

test('styles come back as they were', () => {
  const byte = fc.nat(255)
  fc.assert(
    fc.property(fc.array(fc.tuple(byte, byte, byte, byte)), rows => {
      const [flags, kind, speedKmh, lights] = [0, 1, 2, 3].map(i => Uint8Array.from(rows, row => row[i]!))
      const styled = { flags: flags!, kind: kind!, speedKmh: speedKmh!, lights: lights! }
      const packed = packStyles(styled)
      expect(unpackStyles(packed.style, packed.styles)).toEqual(styled)
    }),
    { seed: 63 },
  )
})

test('all of a city lies on the grid, less than a third of a metre from its source', () => {
  const { streets } = openCity(buildCity(gridTown(6, seeded(3)), { name: 'Town' }).bytes)
  expect([...streets.junctionXy, ...streets.geomXy].every(v => v % GRAIN === 0)).toBe(true)
  fc.assert(
    fc.property(fc.double({ min: -180, max: 180, noNaN: true }), degrees => {
      expect(Math.abs(onGrain(degrees) / 1e6 - degrees) * 111_320).toBeLessThan(0.3)
    }),
    { seed: 64 },
  )
})

test('a segment is as long as its line on the sphere', () => {
  const { streets } = openCity(buildCity(gridTown(6, seeded(3)), { name: 'Town' }).bytes)
  streets.tail.forEach((_, s) => {
    const xy = segmentLine(streets, s)
    let sumM = 0
    for (let i = 2; i < xy.length; i += 2)
      sumM += greatCircleM([xy[i - 2]!, xy[i - 1]!], [xy[i]!, xy[i + 1]!])
    expect(Math.abs(streets.lengthDm[s]! - 10 * sumM)).toBeLessThanOrEqual(0.5 + sumM / 1000)
  })
})

test.each([
  ['ten kilometres east in Porto', [-8_700_000, 41_150_000, -8_580_000, 41_150_000]],
  ['ten kilometres north in the far north', [15_600_000, 78_200_000, 15_600_000, 78_290_000]],
  ['across the date line', [179_990_000, -17_000_000, -179_990_000, -17_010_000]],
])('%s is as long as on the sphere', (_, [ax, ay, bx, by]) => {
  const one = { tail: Uint32Array.of(0), head: Uint32Array.of(1), geomFirst: Uint32Array.of(0, 0) }
  const [lengthDm] = segmentLengthsDm({
    ...one,
    junctionXy: Int32Array.of(ax!, ay!, bx!, by!),
    geomXy: new Int32Array(),
  })
  const dm = 10 * greatCircleM([ax! / 1e6, ay! / 1e6], [bx! / 1e6, by! / 1e6])
  expect(Math.abs(lengthDm! / dm - 1)).toBeLessThan(3e-5)
})
