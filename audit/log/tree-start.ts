import { equalBytes } from '@hexhail/protocol/hex.ts'
import { reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import type { Checkpoint } from './checkpoint.ts'
import { strictBase64 } from './signed-note.ts'
import { HASH_BYTES } from './tile.ts'
import { TREE_HASH } from './tree-hash.ts'
import { type NodeHash, rootOf } from './tree-nodes.ts'
import { checkConsistency, type ProofCode } from './tree-proof.ts'

/** How a tree begins: the root of its first leaves, base64, and the hashes that lead from it to the whole tree's. */
export interface TreeStart {
  readonly root: string
  readonly proof: readonly string[]
}

/** The shape of such a beginning. */
export function isStart(value: unknown): value is TreeStart {
  const { root, proof } = (value ?? {}) as Partial<TreeStart>
  const isText = (each: unknown): boolean => typeof each === 'string'
  return isText(root) && Array.isArray(proof) && proof.length <= 64 && proof.every(isText)
}

/** Root of the tree over leaf hashes that lie one after the other. */
export function rootOfLeaves(leaves: Uint8Array): Uint8Array {
  const known = new Map<string, Uint8Array>()
  const of: NodeHash = ({ level, index }) => {
    if (level === 0) return leaves.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES)
    const name = `${level}/${index}`
    const there = known.get(name)
    if (there) return there
    const [left, right] = [0, 1].map(i => of({ level: level - 1, index: 2 * index + i }))
    const made = TREE_HASH.node(left!, right!)
    known.set(name, made)
    return made
  }
  return rootOf(leaves.length / HASH_BYTES, of, TREE_HASH)
}

/** True where a tree begins, at the size of an earlier one, with another root than that. */
export function startsOtherwise(
  begins: TreeStart,
  tree: Pick<Checkpoint, 'size' | 'root'>,
  earlier: Pick<Checkpoint, 'size' | 'root'>,
): Verdict<true, ProofCode | 'file' | 'same'> {
  const [root1, ...proof] = [begins.root, ...begins.proof].map(strictBase64)
  if (!root1 || !proof.every(hash => hash !== null)) return reject('file')
  if (equalBytes(root1, earlier.root)) return reject('same')
  return checkConsistency({ size1: earlier.size, root1, size2: tree.size, root2: tree.root, proof })
}
