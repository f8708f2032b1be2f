import { equalBytes } from '@hexhail/protocol/hex.ts'
import { toBase64 } from '../base64.ts'
import { type SignedCheckpoint, signedCheckpointFrom } from './checkpoint.ts'
import { cosignedAt } from './cosignature.ts'
import {
  type BrokenPromiseFile,
  equivocationOf,
  type InclusionFile,
  type LeafProof,
  type LogFile,
  verifyLogFile,
} from './evidence.ts'
import type { LogClient } from './log-client.ts'
import { type NoteKey, vkeyOf } from './note-key.ts'
import { type InclusionPromise, promiseFrom } from './promise.ts'
import { noteText } from './signed-note.ts'
import { HASH_BYTES, hashAt, widthAt } from './tile.ts'
import { TILE_WIDTH } from './tile-path.ts'
import { TREE_HASH } from './tree-hash.ts'
import { checkConsistency, checkInclusion } from './tree-proof.ts'

/** What a page remembers of a log. */
export interface LogMemory {
  get(key: string): Promise<string | undefined>
  set(key: string, value: string): Promise<void>
}

/** What a check stands on. */
export interface PublicRecordDeps {
  readonly client: LogClient
  readonly log: NoteKey
  /** Witnesses that the page knows. */
  readonly witnesses: readonly NoteKey[]
  readonly memory: LogMemory
  readonly now: () => number
}

/** A witness, and when it cosigned, unix seconds. */
export interface Cosigned {
  readonly name: string
  readonly atS: number
}

/**
 * Where an entry is. `promised`: the log has signed that it comes; `included`: it stands under a checkpoint, and these
 * witnesses cosigned that (none: only the log says so); `late`: the promised time is over and it is not there; `lied`:
 * the log contradicts itself, and `file`, where it can be had, shows that to anyone.
 */
export type PublicRecord =
  | { readonly state: 'promised'; readonly by: string; readonly dueAtMs: number }
  | {
      readonly state: 'included'
      readonly size: number
      readonly witnesses: readonly Cosigned[]
      readonly file: InclusionFile
    }
  | { readonly state: 'late'; readonly by: string; readonly dueAtMs: number }
  | { readonly state: 'lied'; readonly by: string; readonly file: LogFile | null }

/**
 * Has an entry promised, then looks for it in the log and checks all that is said: promise, signature, proof, cosignatures,
 * and that the log goes on from what this page saw before. Rejects with `HexhailError` of the client where the log is
 * away; what a log says wrongly is 'lied' or 'LOG_DOWN'.
 */
export async function lookUpEntry(deps: PublicRecordDeps, entry: Uint8Array): Promise<PublicRecord> {
  const { client, log, now } = deps
  const leafHash = TREE_HASH.leaf(entry)
  const promised = await promiseOf(deps, entry, leafHash)
  if (promised === null) return { state: 'lied', by: log.name, file: null }
  const { promise, note } = promised
  const dueAtMs = promise.atMs + promise.maxDelayMs
  const proven = await client.proof(leafHash)
  const sent = proven?.checkpoint ?? (await client.checkpoint())
  const read = await signedCheckpointFrom(sent, log)
  if (read.verdict !== 'accept') return { state: 'lied', by: log.name, file: null }
  const checkpoint = read.value

  const contradiction = await goesOn(deps, checkpoint)
  if (contradiction !== true) return { state: 'lied', by: log.name, file: contradiction }

  if (proven?.index === promise.index) {
    const { index, proof } = proven
    const { size, root } = checkpoint
    if (checkInclusion({ index, size, leafHash, proof }, root).verdict !== 'accept')
      return { state: 'lied', by: log.name, file: null }
    const witnesses: Cosigned[] = []
    for (const witness of deps.witnesses) {
      const atS = await cosignedAt(witness, checkpoint.note)
      if (atS !== null) witnesses.push({ name: witness.name, atS })
    }
    const file: InclusionFile = {
      kind: 'inclusion',
      vkey: vkeyOf(log),
      witnesses: deps.witnesses.map(vkeyOf),
      checkpoint: noteText(checkpoint.note),
      index,
      entry: toBase64(entry),
      proof: proof.map(toBase64),
      promise: note,
    }
    return { state: 'included', size, witnesses, file }
  }
  const file = await brokenPromise(deps, note, promise, checkpoint)
  if (file) return { state: 'lied', by: log.name, file }
  const isOver = now() > dueAtMs
  return { state: isOver ? 'late' : 'promised', by: log.name, dueAtMs }
}

/** The log's promise of an entry: the one kept from before, else a new one; null where what it signed is another thing. */
async function promiseOf(
  { client, log, memory }: PublicRecordDeps,
  entry: Uint8Array,
  leafHash: Uint8Array,
): Promise<{ readonly promise: InclusionPromise; readonly note: string } | null> {
  const name = `log/${vkeyOf(log)}/promise/${toBase64(leafHash)}`
  const kept = await memory.get(name)
  const note = kept ?? (await client.add(entry)).promise
  const read = await promiseFrom(note, log)
  if (read.verdict !== 'accept' || !equalBytes(read.value.leafHash, leafHash)) return null
  if (kept === undefined) await memory.set(name, note)
  return { promise: read.value, note }
}

/**
 * True when the checkpoint and the last one that this page saw are of one log that grows; else the file that shows the
 * contradiction, or null where the log gives no proof either way.
 */
async function goesOn(
  { client, log, memory }: PublicRecordDeps,
  checkpoint: SignedCheckpoint,
): Promise<true | LogFile | null> {
  const name = `log/${vkeyOf(log)}/checkpoint`
  const sent = noteText(checkpoint.note)
  const kept = await memory.get(name)
  const last = kept === undefined ? null : await signedCheckpointFrom(kept, log)
  if (kept !== undefined && last?.verdict === 'accept') {
    const [old, young] =
      last.value.size <= checkpoint.size ? [last.value, checkpoint] : [checkpoint, last.value]
    const isSame = old.size === young.size
    if (isSame && !equalBytes(old.root, young.root)) return equivocationOf(vkeyOf(log), kept, sent)
    if (!isSame && old.size > 0) {
      const proof = await client.consistency(old.size, young.size)
      const sizes = { size1: old.size, root1: old.root, size2: young.size, root2: young.root }
      const good = proof !== null && checkConsistency({ ...sizes, proof }).verdict === 'accept'
      if (!good) return null
    }
    if (last.value.size > checkpoint.size) return true // an older view of the same log: what was seen is kept
  }
  await memory.set(name, sent)
  return true
}

/** The file that shows that a promise is broken, where this checkpoint shows it; else null. */
async function brokenPromise(
  { client, log }: PublicRecordDeps,
  promiseNote: string,
  promise: InclusionPromise,
  checkpoint: SignedCheckpoint,
): Promise<BrokenPromiseFile | null> {
  const parts = { vkey: vkeyOf(log), promise: promiseNote, checkpoint: noteText(checkpoint.note) }
  const bare: BrokenPromiseFile = { kind: 'broken-promise', ...parts }
  const instead = checkpoint.size > promise.index ? await leafAt(client, promise.index, checkpoint) : null
  const file = instead ? { ...bare, ...instead } : bare
  return (await verifyLogFile(file)).verdict === 'accept' ? file : null
}

/** The leaf that a log shows at an index, proven under its newest checkpoint. */
async function leafAt(
  client: LogClient,
  index: number,
  { size }: SignedCheckpoint,
): Promise<{ readonly instead: LeafProof; readonly checkpoint: string } | null> {
  const tile = Math.floor(index / TILE_WIDTH)
  const hashes = await client.leaves(tile, widthAt(size, 0, tile))
  if (hashes.length <= (index % TILE_WIDTH) * HASH_BYTES) return null
  const leafHash = hashAt(hashes, index % TILE_WIDTH)
  const proven = await client.proof(leafHash)
  if (proven?.index !== index) return null
  const instead = { leafHash: toBase64(leafHash), proof: proven.proof.map(toBase64) }
  return { instead, checkpoint: proven.checkpoint }
}
