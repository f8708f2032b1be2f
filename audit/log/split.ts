import { equalBytes } from '@hexhail/protocol/hex.ts'
import { toBase64 } from '../base64.ts'
import type { EquivocationFile, LeafProof } from './evidence.ts'
import type { TreeHash } from './tree-hash.ts'
import { inclusionRanges, type NodeHash, nodesOf, rangeHash, type TreeNode } from './tree-nodes.ts'

/** A log as somebody is shown it: a signed checkpoint, and the hashes under it. */
export interface LogView {
  readonly checkpoint: string
  readonly size: number
  readonly nodeHash: NodeHash
}

/** The first index at which two views have different leaves, or null where the shorter one begins the longer. */
export function splitIndex(a: LogView, b: LogView): number | null {
  const differs = (node: TreeNode): boolean => !equalBytes(a.nodeHash(node), b.nodeHash(node))
  let at = nodesOf({ start: 0, end: Math.min(a.size, b.size) }).find(differs)
  if (!at) return null
  while (at.level > 0) {
    const left: TreeNode = { level: at.level - 1, index: at.index * 2 }
    at = differs(left) ? left : { level: left.level, index: left.index + 1 }
  }
  return at.index
}

/** The file that shows that two views of one log contradict each other; null where they do not. */
export function splitFile(vkey: string, a: LogView, b: LogView, hash: TreeHash): EquivocationFile | null {
  const index = splitIndex(a, b)
  if (index === null) return null
  const leaf = ({ size, nodeHash }: LogView): LeafProof => ({
    leafHash: toBase64(nodeHash({ level: 0, index })),
    proof: inclusionRanges(index, size).map(range => toBase64(rangeHash(range, nodeHash, hash))),
  })
  const split = { index, leaves: [leaf(a), leaf(b)] as const }
  return { kind: 'equivocation', vkey, checkpoints: [a.checkpoint, b.checkpoint], split }
}
