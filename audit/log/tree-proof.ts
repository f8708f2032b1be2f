import { equalBytes } from '@hexhail/protocol/hex.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { TREE_HASH, type TreeHash } from './tree-hash.ts'

/**
 * Why a proof does not hold. `range`: no leaf or tree of that number; `empty`: the tree without leaves, from which and
 * in which nothing is proven; `length`: more or fewer hashes than the sizes ask for, or one that is not of 32 bytes;
 * `root`: it leads to another root.
 */
export type ProofCode = 'range' | 'empty' | 'length' | 'root'

/** A leaf's hash, and the hashes that lead from it to a root. */
export interface InclusionProof {
  /** From 0. */
  readonly index: number
  readonly size: number
  readonly leafHash: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** What shows that a tree goes on from an earlier one. */
export interface ConsistencyProof {
  readonly size1: number
  readonly root1: Uint8Array
  readonly size2: number
  readonly root2: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** Longer ones are for trees of more leaves than numbers are exact. */
const MOST_HASHES = 63

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0
const isHash = (bytes: Uint8Array): boolean => bytes.length === 32
const half = (n: number): number => Math.floor(n / 2)

/** True when the leaf stands at its index in the tree of this root. Source: RFC 9162 section 2.1.3.2. */
export function checkInclusion(
  { index, size, leafHash, proof }: InclusionProof,
  root: Uint8Array,
  hash: TreeHash = TREE_HASH,
): Verdict<true, ProofCode> {
  if (!isCount(index) || !isCount(size)) return reject('range')
  if (size === 0) return reject('empty')
  if (index >= size) return reject('range')
  if (proof.length > MOST_HASHES || ![leafHash, root, ...proof].every(isHash)) return reject('length')
  let at = index
  let last = size - 1
  let found = leafHash
  for (const sibling of proof) {
    if (last === 0) return reject('length')
    if (at % 2 === 1 || at === last) {
      found = hash.node(sibling, found)
      while (at % 2 === 0 && at !== 0) {
        at = half(at)
        last = half(last)
      }
    } else found = hash.node(found, sibling)
    at = half(at)
    last = half(last)
  }
  if (last !== 0) return reject('length')
  return equalBytes(found, root) ? accept(true) : reject('root')
}

/**
 * True when the tree of `size2` leaves begins with that of `size1`. Nothing is consistent with the empty tree or
 * from it: there would be nothing to check. Source: RFC 9162 section 2.1.4.2.
 */
export function checkConsistency(
  { size1, root1, size2, root2, proof }: ConsistencyProof,
  hash: TreeHash = TREE_HASH,
): Verdict<true, ProofCode> {
  if (!isCount(size1) || !isCount(size2) || size1 > size2) return reject('range')
  if (size1 === 0) return reject('empty')
  if (size1 === size2) {
    if (proof.length !== 0) return reject('length')
    return equalBytes(root1, root2) ? accept(true) : reject('root')
  }
  if (proof.length > MOST_HASHES || ![root1, root2, ...proof].every(isHash)) return reject('length')
  const isPower = 2 ** Math.round(Math.log2(size1)) === size1
  const path = isPower ? [root1, ...proof] : proof
  let at = size1 - 1
  let last = size2 - 1
  while (at % 2 === 1) {
    at = half(at)
    last = half(last)
  }
  const [first, ...rest] = path
  if (first === undefined) return reject('length')
  let [old, now] = [first, first]
  for (const sibling of rest) {
    if (last === 0) return reject('length')
    if (at % 2 === 1 || at === last) {
      old = hash.node(sibling, old)
      now = hash.node(sibling, now)
      while (at % 2 === 0 && at !== 0) {
        at = half(at)
        last = half(last)
      }
    } else now = hash.node(now, sibling)
    at = half(at)
    last = half(last)
  }
  if (last !== 0) return reject('length')
  return equalBytes(old, root1) && equalBytes(now, root2) ? accept(true) : reject('root')
}
