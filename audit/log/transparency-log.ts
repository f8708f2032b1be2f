import { equalBytes } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { checkpointText, signedCheckpointFrom } from './checkpoint.ts'
import type { LogDisk } from './disk.ts'
import { ENTRY_MAX } from './entry-bundle.ts'
import { type NoteSigner, signatureOver, vkeyOf } from './note-key.ts'
import { signPromise } from './promise.ts'
import { type NoteSignature, noteText } from './signed-note.ts'
import { openTileStore, type TileStore } from './tile-store.ts'
import type { TreeHash } from './tree-hash.ts'
import { consistencyRanges, inclusionRanges } from './tree-nodes.ts'

/** Asks a witness to cosign; null = it did not, now. */
export type AskWitness = (
  checkpoint: { readonly note: string; readonly text: string; readonly size: number },
  consistencyFrom: (size: number) => readonly Uint8Array[],
) => Promise<NoteSignature | null>

/** What a log stands on. */
export interface LogDeps {
  /** Its name is the log's origin. */
  readonly key: NoteSigner
  readonly disk: LogDisk
  readonly hash: TreeHash
  readonly now: () => number
  /** How long after a promise the entry may be missing in a new checkpoint, ms. */
  readonly maxDelayMs: number
  readonly witnesses?: readonly AskWitness[]
}

/** An entry that was taken in. */
export interface AddedEntry {
  readonly index: number
  /** The log's signed word, a note. */
  readonly promise: string
  readonly isNew: boolean
}

/** A leaf with its proof under the newest checkpoint. */
export interface ProvenLeaf {
  readonly index: number
  readonly proof: readonly Uint8Array[]
  readonly checkpoint: string
}

/** A log that runs. */
export interface TransparencyLog {
  readonly origin: string
  readonly vkey: string
  readonly maxDelayMs: number
  readonly store: Pick<TileStore, 'size' | 'tile' | 'entry' | 'root'>
  /** Takes an entry in; resolves when it lasts. What stands here already is promised again at its index. */
  add(entry: Uint8Array): Promise<Verdict<AddedEntry, 'size'>>
  /** Signs a checkpoint of all entries, has it cosigned, and shows it. */
  publish(): Promise<void>
  /** The newest checkpoint, with its cosignatures. */
  readonly checkpoint: string
  /** Leaves under the newest checkpoint. */
  readonly published: number
  /** Checkpoints with which the log grew, newest first. */
  readonly history: readonly string[]
  /** `pending`: taken in, and in no checkpoint yet. */
  prove(leafHash: Uint8Array): Verdict<ProvenLeaf, 'unknown' | 'pending'>
  /** The same for the leaf at an index. */
  proveAt(index: number): Verdict<ProvenLeaf, 'unknown' | 'pending'>
  /** Proof from a size to another under the newest checkpoint. */
  consistency(from: number, to: number): Verdict<readonly Uint8Array[], 'range'>
}

const CHECKPOINT = 'checkpoint'
const HISTORY = 'checkpoints.jsonl'
const MOST_SHOWN = 200
/** Entries that are written with one sync. */
const BATCH = 1_024

/**
 * Opens a log on its disk, with a first checkpoint where there is none.
 * @throws {HexhailError} 'log-corrupt' where the disk has less than was signed, or something else: nothing is signed then
 */
export async function openLog(deps: LogDeps): Promise<TransparencyLog> {
  const { key, disk, hash, now, maxDelayMs, witnesses = [] } = deps
  const utf8 = new TextEncoder()
  const store = await openTileStore(disk, hash)
  let stampMs = 0
  let published = -1
  let checkpoint = ''
  const textOf = (path: string): string => new TextDecoder().decode(disk.read(path) ?? new Uint8Array(0))
  const history: string[] = textOf(HISTORY)
    .split('\n')
    .slice(-MOST_SHOWN - 1)
    .flatMap(noteFromLine)
    .reverse()

  /** Never before an earlier time that was signed, so that a clock that is set back breaks no promise. */
  const stamp = (): number => {
    stampMs = Math.max(now(), stampMs)
    return stampMs
  }

  const kept = textOf(CHECKPOINT)
  if (kept !== '') {
    const last = await signedCheckpointFrom(kept, key)
    const fits =
      last.verdict === 'accept' &&
      last.value.size <= store.size &&
      equalBytes(store.root(last.value.size), last.value.root)
    if (!fits)
      throw new HexhailError(
        'log-corrupt',
        `The log ${key.name} on disk is not the one that was signed: put it back from a copy, with its key.`,
        { origin: key.name, size: store.size },
      )
    stampMs = last.value.atMs ?? 0
    published = last.value.size
    checkpoint = kept
  }

  const publishNow = async (): Promise<void> => {
    const size = store.size
    const text = checkpointText({ origin: key.name, size, root: store.root(size), atMs: stamp() })
    const own = await signatureOver(key, text)
    const note = noteText({ text, signatures: [own] })
    const consistencyFrom = (from: number) => store.hashes(consistencyRanges(from, size))
    const asked = await Promise.all(
      witnesses.map(ask => ask({ note, text, size }, consistencyFrom).catch(() => null)),
    )
    const signed = noteText({ text, signatures: [own, ...asked.filter(line => line !== null)] })
    await disk.replace(CHECKPOINT, utf8.encode(signed))
    if (size > published) {
      await disk.append(HISTORY, utf8.encode(`${JSON.stringify(signed)}\n`))
      history.unshift(signed)
      history.length = Math.min(history.length, MOST_SHOWN)
    } else if (history.length > 0) history[0] = signed
    published = size
    checkpoint = signed
  }

  interface Waiting {
    readonly entry: Uint8Array
    readonly leafHash: Uint8Array
    readonly done: PromiseWithResolvers<AddedEntry>
  }
  const waiting: Waiting[] = []
  let isWriting = false

  const promise = async (index: number, leafHash: Uint8Array, isNew: boolean): Promise<AddedEntry> => {
    const said = { origin: key.name, index, leafHash, atMs: stamp(), maxDelayMs }
    return { index, promise: await signPromise(key, said), isNew }
  }
  /** Writes what waits, as much as one sync serves. */
  const write = async (): Promise<void> => {
    const batch = waiting.splice(0, BATCH)
    const first = store.size
    const places = new Map<string, number>()
    const fresh: Uint8Array[] = []
    const found = batch.map(({ entry, leafHash }) => {
      const name = leafHash.join()
      const known = store.find(leafHash) ?? places.get(name)
      if (known !== undefined) return { index: known, isNew: false }
      places.set(name, first + fresh.length)
      fresh.push(entry)
      return { index: first + fresh.length - 1, isNew: true }
    })
    try {
      await store.append(fresh)
      for (const [i, { leafHash, done }] of batch.entries())
        promise(found[i]!.index, leafHash, found[i]!.isNew).then(done.resolve, done.reject)
    } catch (error) {
      for (const { done } of batch) done.reject(error)
    }
  }
  const pump = async (): Promise<void> => {
    if (isWriting) return
    isWriting = true
    while (waiting.length > 0) await write()
    isWriting = false
  }

  let publishing: Promise<void> = Promise.resolve()
  const log: TransparencyLog = {
    origin: key.name,
    vkey: vkeyOf(key),
    maxDelayMs,
    store,
    history,
    get checkpoint() {
      return checkpoint
    },
    get published() {
      return Math.max(0, published)
    },
    async add(entry) {
      if (entry.length > ENTRY_MAX) return reject('size')
      const done = Promise.withResolvers<AddedEntry>()
      waiting.push({ entry, leafHash: hash.leaf(entry), done })
      queueMicrotask(pump)
      return accept(await done.promise)
    },
    publish() {
      publishing = publishing.catch(() => undefined).then(publishNow)
      return publishing
    },
    prove(leafHash) {
      const index = store.find(leafHash)
      return index === null ? reject('unknown') : log.proveAt(index)
    },
    proveAt(index) {
      if (index >= store.size) return reject('unknown')
      if (index >= published) return reject('pending')
      return accept({ index, proof: store.hashes(inclusionRanges(index, published)), checkpoint })
    },
    consistency(from, to) {
      if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) return reject('range')
      if (from < 0 || from > to || to > published) return reject('range')
      return accept(store.hashes(consistencyRanges(from, to)))
    },
  }
  if (checkpoint === '') await log.publish()
  return log
}

function noteFromLine(line: string): string[] {
  try {
    const note: unknown = JSON.parse(line)
    return typeof note === 'string' ? [note] : []
  } catch {
    return [] // a line that a crash tore
  }
}
