import { packColumn, unpackColumn } from '../columns.ts'
import type { StreetTable } from '../street-table.ts'

/** The columns of which a few combinations make up a city. */
type Styled = Pick<StreetTable, 'flags' | 'kind' | 'speedKmh' | 'lights'>

/** Packs them as the combinations in use, four numbers each, the most frequent first; and which each segment has. */
export function packStyles({ flags, kind, speedKmh, lights }: Styled): {
  style: Uint8Array
  styles: Uint8Array
} {
  const keys = Uint32Array.from(
    flags,
    (bits, s) => ((bits << 24) | (kind[s]! << 16) | (speedKmh[s]! << 8) | lights[s]!) >>> 0,
  )
  const uses = new Map<number, number>()
  for (const key of keys) uses.set(key, (uses.get(key) ?? 0) + 1)
  const inUse = [...uses].sort(([a, m], [b, n]) => n - m || a - b).map(([key]) => key)
  const rank = new Map(inUse.map((key, i) => [key, i]))
  return {
    style: packColumn(
      keys.map(key => rank.get(key)!),
      'plain',
    ),
    styles: packColumn(
      inUse.flatMap(key => [key >>> 24, (key >>> 16) & 255, (key >>> 8) & 255, key & 255]),
      'plain',
    ),
  }
}

/** The columns as they were. @throws {RangeError} where a segment has a combination that is not there */
export function unpackStyles(style: Uint8Array, styles: Uint8Array): Styled {
  const of = unpackColumn(style, 'plain')
  const table = unpackColumn(styles, 'plain')
  if (table.length % 4 !== 0 || table.some(v => v > 255)) throw new RangeError('No street styles.')
  const columns = [0, 1, 2, 3].map(() => new Uint8Array(of.length))
  const [flags, kind, speedKmh, lights] = columns as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
  for (let s = 0; s < of.length; s++) {
    const k = 4 * of[s]!
    if (k >= table.length) throw new RangeError(`No street style ${of[s]}.`)
    flags[s] = table[k]!
    kind[s] = table[k + 1]!
    speedKmh[s] = table[k + 2]!
    lights[s] = table[k + 3]!
  }
  return { flags, kind, speedKmh, lights }
}
