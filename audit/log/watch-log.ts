import { equalBytes, fromHex, hexDigits } from '@hexhail/protocol/hex.ts'
import { toBase64 } from '../base64.ts'
import { type SignedCheckpoint, signedCheckpointFrom } from './checkpoint.ts'
import { cosignedAt } from './cosignature.ts'
import { ACT_DELAY_MS, type AnchorPlace, type LogFile } from './evidence.ts'
import type { LogClient } from './log-client.ts'
import { type NoteKey, vkeyOf } from './note-key.ts'
import { promiseFrom } from './promise.ts'
import type { Cosigned, LogMemory } from './public-record.ts'
import { type ReadView, readView } from './read-view.ts'
import { noteText } from './signed-note.ts'
import { HASH_BYTES } from './tile.ts'
import type { TreeHash } from './tree-hash.ts'
import { consistencyRanges, inclusionRanges, rangeHash, rootOf } from './tree-nodes.ts'
import type { TreeStart } from './tree-start.ts'

/** What a log is held against. */
export interface WatchDeps {
  readonly client: LogClient
  readonly log: NoteKey
  readonly witnesses: readonly NoteKey[]
  readonly hash: TreeHash
  /** Checkpoints and promises of earlier looks. */
  readonly memory: LogMemory
  /** Entries that were handed to the log: what it does not have is promised, and looked for the next time. */
  readonly filed: Iterable<Uint8Array> | AsyncIterable<Uint8Array>
  /** Acts on the chain, as entries, with the block's time. */
  readonly acts: Iterable<{ readonly entry: Uint8Array; readonly atMs: number }>
  /** Checkpoints that the log's keeper put on the chain. */
  readonly anchors: readonly AnchorPlace[]
}

/** What is wrong with a log, and the file that proves it. */
export interface WatchFault {
  readonly says: string
  readonly proof: LogFile
}

/** What a look at a whole log gives. */
export interface Watched {
  readonly size: number
  readonly witnesses: readonly Cosigned[]
  /** Checkpoints and anchors that the tree was compared with. */
  readonly compared: number
  readonly equivocations: readonly WatchFault[]
  readonly late: readonly WatchFault[]
}

/**
 * Reads a whole log (32 bytes a leaf) and compares it with every checkpoint that it shows or showed, with what it put on
 * the chain, and with what must stand in it. Null: what it shows is not its own checkpoint's tree.
 */
export async function watchLog(deps: WatchDeps): Promise<Watched | null> {
  const { client, log, hash } = deps
  const sent = await client.checkpoint()
  const read = await signedCheckpointFrom(sent, log)
  if (read.verdict !== 'accept') return null
  const newest = read.value
  const view = await readView(client, sent, newest, hash)
  if (view === null) return null
  const tree = { view, newest, vkey: vkeyOf(log), hash }
  const shown = await knownCheckpoints(deps)
  const equivocations = [
    ...shown.flatMap(each => contradiction(tree, each) ?? []),
    ...deps.anchors.flatMap(anchor => anchorConflict(tree, anchor) ?? []),
  ]
  await deps.memory.set(keptName(log), sent)
  const leaves = new Set<string>()
  for (let i = 0; i < view.size; i++) leaves.add(hexDigits(view.leafHash(i)))
  const witnesses: Cosigned[] = []
  for (const witness of deps.witnesses) {
    const atS = await cosignedAt(witness, newest.note)
    if (atS !== null) witnesses.push({ name: witness.name, atS })
  }
  const late = [...(await brokenPromises(deps, tree, leaves)), ...unloggedActs(deps, tree, leaves)]
  return { size: view.size, witnesses, compared: shown.length + deps.anchors.length, equivocations, late }
}

/** The tree that a log shows, under its newest checkpoint. */
interface Tree {
  readonly view: ReadView
  readonly newest: SignedCheckpoint
  readonly vkey: string
  readonly hash: TreeHash
}

const keptName = (log: NoteKey): string => `log/${vkeyOf(log)}/checkpoint`

/** Checkpoints that the log has signed: those that it lists, and the one of the last look. Strangers' are passed over. */
async function knownCheckpoints({ client, log, memory }: WatchDeps): Promise<SignedCheckpoint[]> {
  const { checkpoints } = await client.status()
  const kept = await memory.get(keptName(log))
  const known: SignedCheckpoint[] = []
  for (const note of kept === undefined ? checkpoints : [...checkpoints, kept]) {
    const read = await signedCheckpointFrom(note, log)
    if (read.verdict === 'accept') known.push(read.value)
  }
  return known
}

/** How the tree begins, with the hashes that show it; null where the size is not of this tree. */
function startOf(
  { view, newest, hash }: Tree,
  size: number,
): (TreeStart & { readonly bytes: Uint8Array }) | null {
  if (size < 1 || size > newest.size) return null
  const bytes = rootOf(size, view.nodeHash, hash)
  const ranges = size === newest.size ? [] : consistencyRanges(size, newest.size)
  const proof = ranges.map(range => toBase64(rangeHash(range, view.nodeHash, hash)))
  return { bytes, root: toBase64(bytes), proof }
}

function contradiction(tree: Tree, other: SignedCheckpoint): WatchFault | null {
  const found = startOf(tree, other.size)
  if (found === null || equalBytes(found.bytes, other.root)) return null
  const { bytes: _, ...begins } = found
  const checkpoints = [noteText(other.note), noteText(tree.newest.note)] as const
  return {
    says: `${other.origin} signed another tree of ${other.size} leaves than the one it shows`,
    proof: { kind: 'equivocation', vkey: tree.vkey, checkpoints, begins },
  }
}

function anchorConflict(tree: Tree, anchor: AnchorPlace): WatchFault | null {
  const found = startOf(tree, anchor.size)
  if (found === null || equalBytes(found.bytes, fromHex(anchor.root as `0x${string}`, 32))) return null
  const { bytes: _, ...begins } = found
  return {
    says: `${tree.newest.origin} anchored another tree of ${anchor.size} leaves (${anchor.tx}) than the one it shows`,
    proof: {
      kind: 'anchor-conflict',
      vkey: tree.vkey,
      checkpoint: noteText(tree.newest.note),
      anchor,
      begins,
    },
  }
}

/** Has what is missing promised and remembers that; what was promised before and is due by now is a fault. */
async function brokenPromises(
  { client, log, memory, filed, hash }: WatchDeps,
  tree: Tree,
  leaves: ReadonlySet<string>,
): Promise<WatchFault[]> {
  const faults: WatchFault[] = []
  for await (const entry of filed) {
    const leafHash = hash.leaf(entry)
    if (leaves.has(hexDigits(leafHash))) continue
    const name = `${keptName(log)}/promise/${hexDigits(leafHash)}`
    const kept = await memory.get(name)
    const note = kept ?? (await client.add(entry)).promise
    const promise = await promiseFrom(note, log)
    if (promise.verdict !== 'accept') continue
    if (kept === undefined) await memory.set(name, note)
    const proof = brokenBy(tree, note, promise.value.index, promise.value.atMs + promise.value.maxDelayMs)
    if (proof)
      faults.push({ says: `${log.name} promised leaf ${promise.value.index}, and it is not there`, proof })
  }
  return faults
}

/** The file that shows a promise broken; null while there is time. */
function brokenBy(
  { view, newest, vkey, hash }: Tree,
  promise: string,
  index: number,
  dueMs: number,
): LogFile | null {
  const parts = { kind: 'broken-promise', vkey, promise, checkpoint: noteText(newest.note) } as const
  if (index >= view.size) return newest.atMs !== null && newest.atMs >= dueMs ? parts : null
  const proof = inclusionRanges(index, view.size).map(range =>
    toBase64(rangeHash(range, view.nodeHash, hash)),
  )
  return { ...parts, instead: { leafHash: toBase64(view.leafHash(index)), proof } }
}

function unloggedActs({ acts, log, hash }: WatchDeps, tree: Tree, leaves: ReadonlySet<string>): WatchFault[] {
  const { view, newest, vkey } = tree
  const faults: WatchFault[] = []
  for (const { entry, atMs } of acts) {
    const leafHash = hash.leaf(entry)
    if (leaves.has(hexDigits(leafHash)) || (newest.atMs ?? 0) < atMs + ACT_DELAY_MS) continue
    const all = new Uint8Array(view.size * HASH_BYTES)
    for (let i = 0; i < view.size; i++) all.set(view.leafHash(i), i * HASH_BYTES)
    const proof = {
      kind: 'unlogged-act',
      vkey,
      checkpoint: noteText(newest.note),
      entry: toBase64(entry),
    } as const
    const says = `an act of ${new Date(atMs).toISOString()} on the chain is not in ${log.name} (${hexDigits(leafHash)})`
    faults.push({ says, proof: { ...proof, leaves: toBase64(all) } })
  }
  return faults
}
