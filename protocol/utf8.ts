/** True when bytes `start` to `end` are UTF-8: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
export function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; ) {
    const first = bytes[i++]!
    if (first < 0x80) continue
    const more = first < 0xc2 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : 0
    if (more === 0 || i + more > end) return false
    const next = bytes[i]!
    // The second byte alone tells overlong forms, surrogates and too high code points.
    const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
    const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
    if (next < low || next > high) return false
    for (let j = 1; j < more; j++) if (bytes[i + j]! >>> 6 !== 2) return false
    i += more
  }
  return true
}
