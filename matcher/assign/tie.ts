/** Bits by which a tie may differ when at most `pairs` pairs are made: all of them together stay below 2^34. */
export const tieBits = (pairs: number): number => Math.min(32, 2 + Math.clz32(pairs))

/** 32 bits of an id in an epoch. Not a secret: a tie is worth less than a tenth of a second. */
export function idHash(epoch: number, id: string): number {
  let hash = mixed(((epoch % 2 ** 32) ^ Math.imul(Math.floor(epoch / 2 ** 32), 0x9e3779b1)) | 0)
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  return mixed(hash)
}

/** The tie of a pair, below 2^bits. */
export const tieOf = (rider: number, driver: number, bits: number): number =>
  mixed((Math.imul(rider, 0x9e3779b1) + driver) | 0) >>> (32 - bits)

/** The last step of MurmurHash3 (Austin Appleby, public domain): every bit in moves every bit out. */
function mixed(bits: number): number {
  let h = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
