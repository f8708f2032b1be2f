import { randomBytes } from 'node:crypto'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { concat } from '@hexhail/protocol/hex.ts'
import { latLngToCell } from 'h3-js'
import { describe, expect, it } from 'vitest'
import { byteNeedles, placeNeedles, textNeedles } from './encodings.ts'
import { search } from './search.ts'

const PLACE: LngLat = [-56.1723946, -34.8921377]
const random = (size: number) => new Uint8Array(randomBytes(size))
const ascii = (text: string) => new TextEncoder().encode(text)

function numbers(
  write: (view: DataView, value: number, little: boolean) => void,
  size: number,
  scale: number,
) {
  return [true, false].map(little => {
    const bytes = new Uint8Array(2 * size)
    PLACE.forEach((degrees, i) => {
      write(new DataView(bytes.buffer, i * size), degrees * scale, little)
    })
    return bytes
  })
}
const cells = Array.from({ length: 8 }, (_, i) => latLngToCell(PLACE[1], PLACE[0], i + 8))
const u64 = (cell: string) => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(`0x${cell}`))
  return bytes
}

/** The place as a careless program would send it: written here by other means than in the scanner. */
const LEAKS: [string, Uint8Array[]][] = [
  ['decimal text', [3, 4, 5, 6, 7].map(n => ascii(`{"at":[${PLACE[0].toFixed(n)},${PLACE[1].toFixed(n)}]}`))],
  ['decimal text with commas', [ascii('34,892 S 56,172 W')]],
  [
    'int32',
    [1e5, 1e6, 1e7].flatMap(scale =>
      numbers((view, value, little) => view.setInt32(0, Math.round(value), little), 4, scale),
    ),
  ],
  ['float32', numbers((view, value, little) => view.setFloat32(0, value, little), 4, 1)],
  ['float64', numbers((view, value, little) => view.setFloat64(0, value, little), 8, 1)],
  ['float64 radians', numbers((view, value, little) => view.setFloat64(0, value, little), 8, Math.PI / 180)],
  ['H3 text', cells.map(ascii)],
  ['H3 u64', cells.flatMap(cell => [u64(cell), u64(cell).reverse()])],
]

describe('the scanner for planted places', () => {
  const needles = placeNeedles('pickup', PLACE)
  const wrap = (bytes: Uint8Array) => concat(random(61), bytes, random(37))

  it.each(LEAKS)('finds %s in the midst of ciphertext, and in hex and base64 of it', (_, leaks) => {
    for (const leak of leaks) {
      const sent = Buffer.from(wrap(leak))
      const forms = [
        sent,
        ascii(sent.toString('hex')),
        ascii(`0x${sent.toString('hex').toUpperCase()}`),
        ...[0, 1, 2].flatMap(shift => [
          ascii(`"${Buffer.from(concat(random(shift), sent)).toString('base64')}"`),
          ascii(sent.subarray(shift).toString('base64url')),
        ]),
      ]
      for (const bytes of forms)
        expect(search([{ where: 'fake', bytes }], needles), String(leak)).not.toEqual([])
    }
  })

  it.each([
    ['geohash', [10.40744, 57.64911], 'u4pruydqqvj'],
    ['plus code', [8.524997, 47.36559], '8FVC9G8F+6X'],
  ] as [string, LngLat, string][])('finds the %s that others give for a place', (_, place, code) => {
    expect(search([{ where: 'fake', bytes: wrap(ascii(code)) }], placeNeedles('pickup', place))).toHaveLength(
      1,
    )
  })

  it('finds one coordinate alone once it was sent twice', () => {
    const bytes = new Uint8Array(4)
    new DataView(bytes.buffer).setInt32(0, Math.round(PLACE[1] * 1e7))
    const seen = { where: 'fake', bytes: wrap(bytes) }
    expect(search([seen], needles)).toEqual([])
    expect(search([seen, { ...seen, bytes: wrap(bytes) }], needles)).toHaveLength(1)
  })

  it('finds names, words of addresses and secrets', () => {
    const words = [
      ...textNeedles('street', 'Calle Zitarrosa 7731'),
      ...byteNeedles('secret', ascii('0123456789abcdef')),
    ]
    for (const text of ['Calle Zitarrosa 7731', 'zitarrosa', '0123456789abcdef'])
      expect(
        search(
          [
            { where: 'fake', bytes: wrap(ascii(text)) },
            { where: 'fake', bytes: wrap(ascii(text)) },
          ],
          words,
        ),
        text,
      ).not.toEqual([])
  })

  it('finds nothing in noise, nor in what a request may say', () => {
    const cell = latLngToCell(PLACE[1], PLACE[0], 7)
    const allowed = concat(random(200_000), u64(cell), ascii(cell), ascii('-56.17 -34.89'))
    expect(search([{ where: 'noise', bytes: allowed }], needles)).toEqual([])
  })
})
