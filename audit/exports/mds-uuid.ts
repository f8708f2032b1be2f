/** UUIDs of version 8 out of hashes: the same trip always has the same ones, and no clock or chance is in them. */

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** A UUID of 16 bytes at a place; `mark` tells apart several of one hash. */
export function uuidAt(b: Uint8Array, at: number, mark = 0): string {
  const x = (i: number) => HEX[b[at + i]!]!
  const last = HEX[(b[at + 15]! + mark) & 255]!
  const version = HEX[0x80 | (b[at + 6]! & 0x0f)]!
  const variant = HEX[0x80 | (b[at + 8]! & 0x3f)]!
  return `${x(0)}${x(1)}${x(2)}${x(3)}-${x(4)}${x(5)}-${version}${x(7)}-${variant}${x(9)}-${x(10)}${x(11)}${x(12)}${x(13)}${x(14)}${last}`
}
