import { EMPTY_ROOT, TREE_HASH } from '@hexhail/audit/log/tree-hash.ts'
import {
  consistencyRanges,
  inclusionRanges,
  type LeafRange,
  nodesOf,
  rangeHash,
  rootOf,
  type TreeNode,
} from '@hexhail/audit/log/tree-nodes.ts'
import { checkConsistency, checkInclusion } from '@hexhail/audit/log/tree-proof.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { expect, test } from 'vitest'
import { naiveConsistency, naiveInclusion, naiveRoot, someEntries } from './naive-tree.ts'

const ENTRIES = someEntries(37)
const leaves = ENTRIES.map(TREE_HASH.leaf)
const known: Uint8Array[] = []
const nodeHash = ({ level, index }: TreeNode): Uint8Array =>
  (known[level * 1e3 + index] ??= naiveRoot(ENTRIES.slice(index * 2 ** level, (index + 1) * 2 ** level)))
const hashOf = (range: LeafRange) => rangeHash(range, nodeHash, TREE_HASH)
const hexes = (list: readonly Uint8Array[]) => list.map(toHex)

test('roots and both proofs are those of RFC 6962, for every tree up to 37 leaves', () => {
  for (let size = 0; size <= ENTRIES.length; size++) {
    const entries = ENTRIES.slice(0, size)
    expect(toHex(rootOf(size, nodeHash, TREE_HASH))).toBe(toHex(naiveRoot(entries)))
    for (let i = size % 3; i < size; i += 3)
      expect(hexes(inclusionRanges(i, size).map(hashOf))).toEqual(hexes(naiveInclusion(i, entries)))
    for (let m = 1; m <= size; m += 1 + (m % 2))
      expect(hexes(consistencyRanges(m, size).map(hashOf))).toEqual(hexes(naiveConsistency(m, entries)))
  }
})

test('proofs hold for their own leaf, sizes and roots, and for no other', () => {
  for (const size of [1, 2, 3, 5, 8, 13, 32, 37]) {
    const root = rootOf(size, nodeHash, TREE_HASH)
    for (let index = 0; index < size; index++) {
      const proof = inclusionRanges(index, size).map(hashOf)
      const own = { index, size, leafHash: leaves[index]!, proof }
      expect(checkInclusion(own, root)).toMatchObject({ verdict: 'accept' })
      const others = [
        { ...own, index: (index + 1) % (size + 1) },
        { ...own, leafHash: leaves[(index + 1) % 37]! },
        { ...own, proof: [...proof, root] },
        { ...own, size: size * 4 },
        ...(proof.length > 0 ? [{ ...own, proof: proof.slice(1) }] : []),
      ]
      for (const other of others) expect(checkInclusion(other, root).verdict).toBe('reject')
    }
    for (let old = 1; old <= size; old++) {
      const proof = consistencyRanges(old, size).map(hashOf)
      const own = { size1: old, root1: rootOf(old, nodeHash, TREE_HASH), size2: size, root2: root, proof }
      expect(checkConsistency(own)).toMatchObject({ verdict: 'accept' })
      expect(checkConsistency({ ...own, root1: leaves[36]! }).verdict).toBe('reject')
      expect(checkConsistency({ ...own, root2: EMPTY_ROOT }).verdict).toBe('reject')
      expect(checkConsistency({ ...own, proof: [...proof, root] }).verdict).toBe('reject')
      if (proof.length > 0) expect(checkConsistency({ ...own, proof: proof.slice(1) }).verdict).toBe('reject')
    }
  }
})

test('the empty tree has the hash of nothing as its root, and nothing is proven in it or from it', () => {
  expect(toHex(EMPTY_ROOT)).toBe('0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  const leafHash = leaves[0]!
  expect(checkInclusion({ index: 0, size: 0, leafHash, proof: [] }, EMPTY_ROOT)).toMatchObject({
    code: 'empty',
  })
  const sizes = { size1: 0, root1: EMPTY_ROOT, size2: 0, root2: EMPTY_ROOT, proof: [] }
  expect(checkConsistency(sizes)).toMatchObject({ code: 'empty' })
  expect(checkConsistency({ ...sizes, size2: 1, root2: leafHash })).toMatchObject({ code: 'empty' })
  expect(consistencyRanges(0, 7)).toEqual([])
})

test('numbers that are none, or beyond what numbers tell apart, are refused', () => {
  const proof = { leafHash: leaves[0]!, proof: [] }
  for (const [index, size] of [
    [0.5, 1],
    [-1, 1],
    [2 ** 60, 2 ** 61],
    [Number.NaN, 1],
  ] as const)
    expect(checkInclusion({ ...proof, index, size }, leaves[0]!)).toMatchObject({ code: 'range' })
  expect(nodesOf({ start: 0, end: 2 ** 40 + 1 })).toEqual([
    { level: 40, index: 0 },
    { level: 0, index: 2 ** 40 },
  ])
})
