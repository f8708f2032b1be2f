/** Files that tell of a log and can be checked by anyone, without a network: plain JSON, notes as they were signed. */
import { equalBytes, fromHex, isHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { toBase64 } from '../base64.ts'
import { type CheckpointCode, type SignedCheckpoint, signedCheckpointFrom } from './checkpoint.ts'
import { cosignedAt } from './cosignature.ts'
import { decodeEntry } from './entry.ts'
import { type NoteKey, noteKeyFrom } from './note-key.ts'
import { promiseFrom } from './promise.ts'
import { strictBase64 } from './signed-note.ts'
import { HASH_BYTES } from './tile.ts'
import { TREE_HASH } from './tree-hash.ts'
import { checkInclusion, type ProofCode } from './tree-proof.ts'
import { isStart, rootOfLeaves, startsOtherwise, type TreeStart } from './tree-start.ts'

/** An act may take so long from its block into the log: confirmations and a few looks. Ms. */
export const ACT_DELAY_MS = 600_000

/** Where a checkpoint was anchored: to be looked up on the chain, which is not in the file. */
export interface AnchorPlace {
  readonly chainId: number
  readonly contract: string
  readonly keeper: string
  readonly tx: string
  readonly size: number
  readonly root: string
}

/** One leaf with its hashes up to a root, base64. */
export interface LeafProof {
  readonly leafHash: string
  readonly proof: readonly string[]
}

/** An entry stands in the log. */
export interface InclusionFile {
  readonly kind: 'inclusion'
  readonly vkey: string
  /** Keys of the witnesses whose cosignatures are to be looked for. */
  readonly witnesses: readonly string[]
  readonly checkpoint: string
  readonly index: number
  /** Base64. */
  readonly entry: string
  readonly proof: readonly string[]
  readonly promise?: string
  readonly anchor?: AnchorPlace
}

/** A log signed two trees that cannot be one: of one size with two roots, or with two leaves at one index. */
export interface EquivocationFile {
  readonly kind: 'equivocation'
  readonly vkey: string
  readonly checkpoints: readonly [string, string]
  /** How the second tree, the larger, begins where the first ends: with another root. */
  readonly begins?: TreeStart
  /** A leaf in which they differ. Both are absent where the sizes are the same. */
  readonly split?: { readonly index: number; readonly leaves: readonly [LeafProof, LeafProof] }
}

/** A log promised an index to a leaf; the checkpoint is late and shorter, or has another leaf there. */
export interface BrokenPromiseFile {
  readonly kind: 'broken-promise'
  readonly vkey: string
  readonly promise: string
  readonly checkpoint: string
  /** The leaf that stands there; absent where the checkpoint does not reach the index. */
  readonly instead?: LeafProof
}

/** A log put a tree on the chain that is not how the tree that it signed begins. The anchor is looked up on the chain. */
export interface AnchorConflictFile {
  readonly kind: 'anchor-conflict'
  readonly vkey: string
  readonly checkpoint: string
  readonly anchor: AnchorPlace
  readonly begins: TreeStart
}

/** An act of an authority on the chain is none of a log's leaves, of which all are here. The act is looked up on the chain. */
export interface UnloggedActFile {
  readonly kind: 'unlogged-act'
  readonly vkey: string
  readonly checkpoint: string
  /** The entry that it would be, base64. */
  readonly entry: string
  /** All leaf hashes of the checkpoint's tree, one after the other, base64. */
  readonly leaves: string
}

/** Any of the files. */
export type LogFile =
  | InclusionFile
  | EquivocationFile
  | BrokenPromiseFile
  | AnchorConflictFile
  | UnloggedActFile

/** Why a file proves nothing. `same`: the two do not contradict each other; `kept`: the promise is not broken. */
export type EvidenceCode =
  | CheckpointCode
  | ProofCode
  | 'file'
  | 'vkey'
  | 'algorithm'
  | 'promise'
  | 'same'
  | 'kept'

/** What a file proves. */
export interface Proven {
  readonly kind: LogFile['kind']
  readonly origin: string
  /** Of the newest checkpoint in it. */
  readonly size: number
  /** When each witness cosigned it, unix seconds. */
  readonly witnesses: readonly { readonly name: string; readonly atS: number }[]
}

/** Checks a file. Whose key `vkey` is the reader must know: two files are of one log if their keys are the same. */
export async function verifyLogFile(file: unknown): Promise<Verdict<Proven, EvidenceCode>> {
  if (!isLogFile(file)) return reject('file')
  const key = noteKeyFrom(file.vkey)
  if (key.verdict !== 'accept') return reject(key.code)
  switch (file.kind) {
    case 'inclusion':
      return verifyInclusion(file, key.value)
    case 'equivocation':
      return verifyEquivocation(file, key.value)
    case 'broken-promise':
      return verifyBrokenPromise(file, key.value)
    case 'anchor-conflict':
      return verifyAnchorConflict(file, key.value)
    case 'unlogged-act':
      return verifyUnloggedAct(file, key.value)
  }
}

async function verifyInclusion(file: InclusionFile, log: NoteKey): Promise<Verdict<Proven, EvidenceCode>> {
  const checkpoint = await signedCheckpointFrom(file.checkpoint, log)
  if (checkpoint.verdict !== 'accept') return checkpoint
  const { size, note, origin } = checkpoint.value
  const entry = strictBase64(file.entry)
  const leaf = entry && { leafHash: toBase64(TREE_HASH.leaf(entry)), proof: file.proof }
  const included = leaf ? standsAt(leaf, file.index, checkpoint.value) : reject('file' as const)
  if (included.verdict !== 'accept') return included
  if (file.promise !== undefined) {
    const promise = await promiseFrom(file.promise, log)
    if (promise.verdict !== 'accept') return promise
    if (promise.value.index !== file.index) return reject('promise')
  }
  const witnesses: { name: string; atS: number }[] = []
  for (const vkey of file.witnesses.slice(0, 16)) {
    const key = noteKeyFrom(vkey)
    const atS = key.verdict === 'accept' ? await cosignedAt(key.value, note) : null
    if (key.verdict === 'accept' && atS !== null) witnesses.push({ name: key.value.name, atS })
  }
  return accept({ kind: file.kind, origin, size, witnesses })
}

async function verifyEquivocation(
  { checkpoints, begins, split }: EquivocationFile,
  log: NoteKey,
): Promise<Verdict<Proven, EvidenceCode>> {
  const [a, b] = await Promise.all(checkpoints.map(note => signedCheckpointFrom(note, log)))
  if (a!.verdict !== 'accept') return a!
  if (b!.verdict !== 'accept') return b!
  const proven = { kind: 'equivocation', origin: log.name, witnesses: [] } as const
  const size = Math.max(a!.value.size, b!.value.size)
  if (a!.value.size === b!.value.size && !equalBytes(a!.value.root, b!.value.root))
    return accept({ ...proven, size })
  if (begins && a!.value.size < b!.value.size) {
    const other = startsOtherwise(begins, b!.value, a!.value)
    return other.verdict === 'accept' ? accept({ ...proven, size }) : other
  }
  if (!split || split.leaves[0].leafHash === split.leaves[1].leafHash) return reject('same')
  for (const [i, tree] of [a!.value, b!.value].entries()) {
    const stands = standsAt(split.leaves[i]!, split.index, tree)
    if (stands.verdict !== 'accept') return stands
  }
  return accept({ ...proven, size })
}

async function verifyBrokenPromise(
  { promise: note, checkpoint: text, instead }: BrokenPromiseFile,
  log: NoteKey,
): Promise<Verdict<Proven, EvidenceCode>> {
  const promise = await promiseFrom(note, log)
  if (promise.verdict !== 'accept') return promise
  const checkpoint = await signedCheckpointFrom(text, log)
  if (checkpoint.verdict !== 'accept') return checkpoint
  const { index, leafHash, atMs, maxDelayMs } = promise.value
  const { size, atMs: saidAtMs } = checkpoint.value
  const proven = accept<Proven>({ kind: 'broken-promise', origin: log.name, size, witnesses: [] })
  if (size <= index) return saidAtMs !== null && saidAtMs >= atMs + maxDelayMs ? proven : reject('kept')
  if (!instead || instead.leafHash === toBase64(leafHash)) return reject('kept')
  const stands = standsAt(instead, index, checkpoint.value)
  return stands.verdict === 'accept' ? proven : stands
}

async function verifyAnchorConflict(
  { checkpoint: text, anchor, begins }: AnchorConflictFile,
  log: NoteKey,
): Promise<Verdict<Proven, EvidenceCode>> {
  const checkpoint = await signedCheckpointFrom(text, log)
  if (checkpoint.verdict !== 'accept') return checkpoint
  const { size } = checkpoint.value
  const anchored = { size: anchor.size, root: fromHex(anchor.root as Hex, 32) }
  const other = startsOtherwise(begins, checkpoint.value, anchored)
  if (other.verdict !== 'accept') return other
  return accept({ kind: 'anchor-conflict', origin: log.name, size, witnesses: [] })
}

async function verifyUnloggedAct(
  { checkpoint: text, entry, leaves }: UnloggedActFile,
  log: NoteKey,
): Promise<Verdict<Proven, EvidenceCode>> {
  const checkpoint = await signedCheckpointFrom(text, log)
  if (checkpoint.verdict !== 'accept') return checkpoint
  const { size, root, atMs } = checkpoint.value
  const [act, hashes] = [strictBase64(entry), strictBase64(leaves)]
  const read = act && decodeEntry(act)
  if (read?.verdict !== 'accept' || read.value.name === 'record') return reject('file')
  if (hashes?.length !== size * HASH_BYTES || size === 0) return reject('length')
  if (!equalBytes(rootOfLeaves(hashes), root)) return reject('root')
  const own = TREE_HASH.leaf(act!)
  for (let at = 0; at < hashes.length; at += HASH_BYTES)
    if (equalBytes(hashes.subarray(at, at + HASH_BYTES), own)) return reject('kept')
  if (atMs === null || atMs < read.value.atMs + ACT_DELAY_MS) return reject('kept')
  return accept({ kind: 'unlogged-act', origin: log.name, size, witnesses: [] })
}

/** The file that shows two checkpoints of one size with two roots, or null where they are no such pair. */
export async function equivocationOf(vkey: string, a: string, b: string): Promise<EquivocationFile | null> {
  const file = { kind: 'equivocation', vkey, checkpoints: [a, b] } as const
  return (await verifyLogFile(file)).verdict === 'accept' ? file : null
}

function standsAt(
  { leafHash, proof }: LeafProof,
  index: number,
  { size, root }: SignedCheckpoint,
): Verdict<true, ProofCode | 'file'> {
  const hashes = [leafHash, ...proof].map(strictBase64)
  if (!hashes.every(hash => hash !== null)) return reject('file')
  return checkInclusion({ index, size, leafHash: hashes[0]!, proof: hashes.slice(1) }, root)
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.length <= 64 && value.every(isText)
const isLeaf = (value: unknown): boolean => {
  const { leafHash, proof } = (value ?? {}) as Partial<LeafProof>
  return isText(leafHash) && isTexts(proof)
}

/** The shape alone: what the fields say is checked one by one. */
function isLogFile(value: unknown): value is LogFile {
  if (typeof value !== 'object' || value === null) return false
  const file = value as Record<string, unknown>
  if (!isText(file.vkey)) return false
  if (file.kind === 'inclusion') {
    const texts =
      isText(file.checkpoint) && isText(file.entry) && isTexts(file.proof) && isTexts(file.witnesses)
    return texts && Number.isSafeInteger(file.index) && (file.promise === undefined || isText(file.promise))
  }
  if (file.kind === 'equivocation') {
    const split = file.split as EquivocationFile['split']
    const hasPair = isTexts(file.checkpoints) && (file.checkpoints as unknown[]).length === 2
    if (file.begins !== undefined && !isStart(file.begins)) return false
    if (split === undefined) return hasPair
    return (
      hasPair &&
      typeof split === 'object' &&
      Array.isArray(split?.leaves) &&
      split.leaves.length === 2 &&
      split.leaves.every(isLeaf)
    )
  }
  if (file.kind === 'anchor-conflict') {
    const { size, root } = (file.anchor ?? {}) as Partial<AnchorPlace>
    return isText(file.checkpoint) && Number.isSafeInteger(size) && isHex(root, 32) && isStart(file.begins)
  }
  if (file.kind === 'unlogged-act')
    return isText(file.checkpoint) && isText(file.entry) && isText(file.leaves)
  if (file.kind !== 'broken-promise') return false
  return (
    isText(file.promise) && isText(file.checkpoint) && (file.instead === undefined || isLeaf(file.instead))
  )
}
