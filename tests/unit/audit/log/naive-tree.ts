import { createHash } from 'node:crypto'

const sha = (...parts: Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}
const cut = (n: number): number => 2 ** (31 - Math.clz32(n - 1))

/** MTH of RFC 6962 as it is written there: what the tree is judged by. */
export function naiveRoot(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length === 0) return sha()
  if (entries.length === 1) return sha(Uint8Array.of(0), entries[0]!)
  const k = cut(entries.length)
  return sha(Uint8Array.of(1), naiveRoot(entries.slice(0, k)), naiveRoot(entries.slice(k)))
}

/** PATH of RFC 6962. */
export function naiveInclusion(m: number, entries: readonly Uint8Array[]): Uint8Array[] {
  if (entries.length <= 1) return []
  const k = cut(entries.length)
  return m < k
    ? [...naiveInclusion(m, entries.slice(0, k)), naiveRoot(entries.slice(k))]
    : [...naiveInclusion(m - k, entries.slice(k)), naiveRoot(entries.slice(0, k))]
}

/** PROOF of RFC 6962, for 0 < m <= n. */
export const naiveConsistency = (m: number, entries: readonly Uint8Array[]): Uint8Array[] =>
  subproof(m, entries, true)

function subproof(m: number, entries: readonly Uint8Array[], isWhole: boolean): Uint8Array[] {
  if (m === entries.length) return isWhole ? [] : [naiveRoot(entries)]
  const k = cut(entries.length)
  return m <= k
    ? [...subproof(m, entries.slice(0, k), isWhole), naiveRoot(entries.slice(k))]
    : [...subproof(m - k, entries.slice(k), false), naiveRoot(entries.slice(0, k))]
}

/** Entries that differ from each other. */
export const someEntries = (count: number, name = 'entry'): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => new TextEncoder().encode(`${name} ${i}`))
