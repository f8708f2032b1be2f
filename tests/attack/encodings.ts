import type { LngLat } from '@hexhail/protocol/geo.ts'
import { latLngToCell } from 'h3-js'

/** One way of writing something that must stay secret. `short` ones are seen by chance in long random bytes. */
export interface Needle {
  readonly what: string
  readonly bytes: Uint8Array
  readonly short: boolean
}

const ascii = new TextEncoder()
const BASE32 = '0123456789bcdefghjkmnpqrstuvwxyz'
const PLUS = '23456789CFGHJMPQRVWX'

/** Every way of writing a place more finely than its res-7 cell that a program would think of. */
export function placeNeedles(name: string, place: LngLat): Needle[] {
  const [lng, lat] = place
  const found: Needle[] = []
  const add = (what: string, bytes: Uint8Array) => found.push(...spelled(`${name} ${what}`, bytes))
  for (const [axis, degrees] of [
    ['lng', lng],
    ['lat', lat],
  ] as const) {
    for (const text of decimals(degrees)) add(`${axis} ${text}`, ascii.encode(text))
    for (const scale of [1e5, 1e6, 1e7]) {
      for (const value of new Set([Math.floor(degrees * scale), Math.ceil(degrees * scale)])) {
        add(
          `${axis} int32 ${scale} BE`,
          word(4, view => view.setInt32(0, value)),
        )
        add(
          `${axis} int32 ${scale} LE`,
          word(4, view => view.setInt32(0, value, true)),
        )
        add(`${axis} varint ${scale}`, varint(value < 0 ? -2 * value - 1 : 2 * value))
        add(`${axis} text ${scale}`, ascii.encode(String(Math.abs(value))))
      }
    }
    for (const [unit, value] of [
      ['degrees', degrees],
      ['radians', (degrees * Math.PI) / 180],
    ] as const) {
      add(
        `${axis} float32 ${unit} BE`,
        word(4, view => view.setFloat32(0, value)),
      )
      add(
        `${axis} float32 ${unit} LE`,
        word(4, view => view.setFloat32(0, value, true)),
      )
      add(
        `${axis} float64 ${unit} BE`,
        word(8, view => view.setFloat64(0, value)),
      )
      add(
        `${axis} float64 ${unit} LE`,
        word(8, view => view.setFloat64(0, value, true)),
      )
    }
  }
  for (let res = 8; res <= 15; res++) {
    const cell = latLngToCell(lat, lng, res)
    add(`h3 ${res} text`, ascii.encode(cell))
    add(
      `h3 ${res} u64 BE`,
      word(8, view => view.setBigUint64(0, BigInt(`0x${cell}`))),
    )
    add(
      `h3 ${res} u64 LE`,
      word(8, view => view.setBigUint64(0, BigInt(`0x${cell}`), true)),
    )
  }
  add('geohash', ascii.encode(geohash(place, 6)))
  add('plus code', ascii.encode(plusCode(place)))
  return found
}

/** A name, an address: whole, and each of its longer words. Digits alone are everywhere by chance. */
export function textNeedles(name: string, text: string): Needle[] {
  const parts = new Set([text, ...text.split(/[^\p{L}\p{N}]+/u).filter(part => /\p{L}{4}/u.test(part))])
  return [...parts].flatMap(part => [
    ...spelled(`${name} «${part}» utf-8`, ascii.encode(part)),
    ...spelled(`${name} «${part}» utf-16`, Uint8Array.from(Buffer.from(part, 'utf16le'))),
    ...spelled(`${name} «${part}» lower case`, ascii.encode(part.toLowerCase())),
  ])
}

/** Plain bytes: a secret, a salt, a hash of a PIN. */
export const byteNeedles = (name: string, bytes: Uint8Array): Needle[] => spelled(name, bytes)

const spelled = (what: string, bytes: Uint8Array): Needle[] => [{ what, bytes, short: bytes.length < 6 }]

/** Text with three digits after the point or the comma, cut off and rounded: more digits only add to it. */
function decimals(degrees: number): Set<string> {
  const size = Math.abs(degrees)
  const cut = (Math.floor(size * 1000) / 1000).toFixed(3)
  return new Set([cut, size.toFixed(3)].flatMap(text => [text, text.replace('.', ',')]))
}

function word(size: number, write: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(size)
  write(new DataView(bytes.buffer))
  return bytes
}

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return Uint8Array.from([...bytes, rest])
}

function geohash([lng, lat]: LngLat, length: number): string {
  const ranges: [number, number, number][] = [
    [-180, 180, lng],
    [-90, 90, lat],
  ]
  let text = ''
  for (let i = 0, bits = 0; text.length < length; i++) {
    const range = ranges[i % 2]!
    const middle = (range[0] + range[1]) / 2
    const upper = range[2] >= middle
    range[upper ? 0 : 1] = middle
    bits = bits * 2 + Number(upper)
    if (i % 5 === 4) {
      text += BASE32[bits]
      bits = 0
    }
  }
  return text
}

/** The first eight digits of an Open Location Code, about 250 m. */
function plusCode([lng, lat]: LngLat): string {
  let text = ''
  for (let step = 20, [x, y] = [lng + 180, lat + 90]; text.length < 8; step /= 20) {
    text += PLUS[Math.floor(y / step)]! + PLUS[Math.floor(x / step)]!
    x %= step
    y %= step
  }
  return text
}
