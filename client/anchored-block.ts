import { signedCheckpointFrom } from '@hexhail/audit/log/checkpoint.ts'
import type { InclusionFile } from '@hexhail/audit/log/evidence.ts'
import type { LogClient } from '@hexhail/audit/log/log-client.ts'
import type { NoteKey } from '@hexhail/audit/log/note-key.ts'
import { originHash } from '@hexhail/audit/log/origin-hash.ts'
import { checkConsistency } from '@hexhail/audit/log/tree-proof.ts'
import type { Rpc } from '@hexhail/chain/rpc.ts'
import { fromHex, isHex, toHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** What the look goes by. */
export interface AnchoredBlockDeps {
  readonly client: Pick<LogClient, 'status' | 'consistency'>
  readonly log: NoteKey
  readonly rpc: Rpc
  /** The contract of anchors. */
  readonly anchor: Hex
}

/**
 * The block in which the chain has a tree of the log that this entry stands in; null: the newest that it anchored is not
 * such a one. The log is asked for its newest anchor, whatever the entry, so that it does not learn which one is meant;
 * the chain is asked whether it stands, and the log's proof says that both trees are one.
 */
export async function anchoredBlock(
  { client, log, rpc, anchor }: AnchoredBlockDeps,
  { checkpoint, index }: Pick<InclusionFile, 'checkpoint' | 'index'>,
): Promise<number | null> {
  const [newest] = (await client.status()).anchors
  if (!isHex(newest?.tx, 32)) return null
  const { anchoredIn } = await import('@hexhail/chain/anchor.ts')
  const point = await anchoredIn(rpc, anchor, newest.tx)
  if (!point || point.origin !== originHash(log.name) || point.size <= index) return null
  const read = await signedCheckpointFrom(checkpoint, log)
  if (read.verdict !== 'accept') return null
  const shown = read.value
  if (shown.size === point.size) return toHex(shown.root) === point.root ? point.blockNumber : null
  const there = { size: point.size, root: fromHex(point.root, 32) }
  const [old, young] = shown.size < point.size ? [shown, there] : [there, shown]
  const proof = await client.consistency(old.size, young.size)
  const sizes = { size1: old.size, root1: old.root, size2: young.size, root2: young.root }
  return proof && checkConsistency({ ...sizes, proof }).verdict === 'accept' ? point.blockNumber : null
}
