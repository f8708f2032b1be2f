/** A damaged copy of bytes: cut, flipped, overwritten, doubled or with a piece left out, drawn from numbers 0..1. */
export function damaged(bytes: Uint8Array, rng: () => number): Uint8Array {
  const below = (n: number): number => Math.floor(rng() * n)
  const copy = bytes.slice()
  if (copy.length === 0) return Uint8Array.from({ length: below(20) }, () => below(256))
  const way = below(6)
  if (way === 0) return copy.subarray(0, below(copy.length))
  if (way === 1) for (let i = below(4); i >= 0; i--) copy[below(copy.length)]! ^= 1 << below(8)
  if (way === 2) for (let i = below(8); i >= 0; i--) copy[below(copy.length)] = below(256)
  if (way === 3) copy.fill(rng() < 0.5 ? 0xff : below(256), below(copy.length), below(copy.length))
  const [a, b] = [below(copy.length), below(copy.length)].sort((p, q) => p - q) as [number, number]
  if (way === 4) return Uint8Array.from([...copy.subarray(0, b), ...copy.subarray(a)])
  if (way === 5) return Uint8Array.from([...copy.subarray(0, a), ...copy.subarray(b)])
  return copy
}
