import { concat } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { TILE_WIDTH } from './tile-path.ts'

/** Bytes of one entry at most: the length before it has 16 bits. Source: C2SP tlog-tiles. */
export const ENTRY_MAX = 65_535

/** An entry as it stands in a bundle: big-endian u16 length, then its bytes. */
export function bundled(entry: Uint8Array): Uint8Array<ArrayBuffer> {
  if (entry.length > ENTRY_MAX)
    throw new HexhailError('entry-size', `An entry of a log has at most ${ENTRY_MAX} bytes.`, {
      size: entry.length,
    })
  return concat(Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry)
}

/** The whole entries at the start of a bundle, and how many bytes they take; a torn or surplus end is left out. */
export function unbundle(bytes: Uint8Array): { readonly entries: Uint8Array[]; readonly size: number } {
  const entries: Uint8Array[] = []
  let at = 0
  while (entries.length < TILE_WIDTH && at + 2 <= bytes.length) {
    const end = at + 2 + ((bytes[at]! << 8) | bytes[at + 1]!)
    if (end > bytes.length) break
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  return { entries, size: at }
}
