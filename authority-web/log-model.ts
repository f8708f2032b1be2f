import { toBase64 } from '@hexhail/audit/base64.ts'
import { signedCheckpointFrom } from '@hexhail/audit/log/checkpoint.ts'
import { cosignedAt } from '@hexhail/audit/log/cosignature.ts'
import { recordEntry } from '@hexhail/audit/log/entry.ts'
import type { InclusionFile } from '@hexhail/audit/log/evidence.ts'
import type { LogClient, LogStatus } from '@hexhail/audit/log/log-client.ts'
import { type NoteKey, vkeyOf } from '@hexhail/audit/log/note-key.ts'
import { originHash } from '@hexhail/audit/log/origin-hash.ts'
import { type ReadView, readView } from '@hexhail/audit/log/read-view.ts'
import { widthAt } from '@hexhail/audit/log/tile.ts'
import { TILE_WIDTH } from '@hexhail/audit/log/tile-path.ts'
import { TREE_HASH } from '@hexhail/audit/log/tree-hash.ts'
import { inclusionRanges, rangeHash, rootOf } from '@hexhail/audit/log/tree-nodes.ts'
import type { AnchorPoint } from '@hexhail/chain/anchor.ts'
import { equalBytes, fromHex, hexDigits, toHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { type ReadonlySignal, signal } from '@preact/signals'

/** What the log's screen stands on. */
export interface LogPorts {
  readonly client: Pick<LogClient, 'checkpoint' | 'leaves' | 'status' | 'entry' | 'bundle'>
  readonly log: NoteKey
  readonly witnesses: readonly NoteKey[]
  /** The checkpoint that a transaction put on the chain; null: this deployment names no contract for that. */
  readonly anchored: ((tx: Hex) => Promise<AnchorPoint | null>) | null
  readonly every: (ms: number, run: () => void) => () => void
  readonly report: (error: unknown) => void
}

/** A checkpoint whose signatures this page has checked. */
export interface ShownCheckpoint {
  readonly size: number
  readonly root: string
  readonly atMs: number | null
  readonly witnesses: readonly { readonly name: string; readonly atS: number }[]
  /** True where its root is that of the tree that this page worked out from the leaves. */
  readonly fits: boolean
  readonly note: string
}

/**
 * A checkpoint that the log says it put on the chain. `onChain`: the chain has it, with the root of the tree that this page
 * worked out; `other`: it has not, or with another root; `unasked`: the chain was not asked yet, or does not answer.
 */
export type ShownAnchor = LogStatus['anchors'][number] & { readonly state: 'onChain' | 'other' | 'unasked' }

/** How the log is: not read yet, as it should be, away, or with a tree that is not the one it signed. */
export type LogState = 'starting' | 'good' | 'away' | 'wrong'

/** The log's screen without its looks. */
export interface LogModel extends Disposable {
  readonly name: string
  readonly state: ReadonlySignal<LogState>
  readonly checkpoints: ReadonlySignal<readonly ShownCheckpoint[]>
  readonly anchors: ReadonlySignal<readonly ShownAnchor[]>
  /** Leaves that this page has read. */
  readonly size: ReadonlySignal<number>
  /** Checks a checkpoint once more: its signature, and its root against the leaves. */
  stands(note: string): Promise<boolean>
  /** Where a filed record stands, or null where it does not. */
  placeOf(terms: Hex, sealed: Uint8Array): number | null
  /** The evidence file of a record that stands there. */
  prove(terms: Hex, sealed: Uint8Array): InclusionFile | null
  /** The entry at an index, as this page's tree has it, or null where it has another or none. Rejects where the log is away. */
  entryAt(index: number): Promise<LoggedEntry | null>
  /** The same for many, read a bundle at a time; null also where the log keeps an entry back. */
  entriesAt(indexes: readonly number[]): Promise<readonly (Uint8Array | null)[]>
}

/** An entry, and the evidence file that it stands there. */
export interface LoggedEntry {
  readonly entry: Uint8Array
  readonly file: InclusionFile
}

const POLL_MS = 3_000

const bundleOf = (index: number): number => Math.floor(index / TILE_WIDTH)

/** Reads a log, and goes on reading it. */
export function createLogModel({ client, log, witnesses, anchored, every, report }: LogPorts): LogModel {
  const state = signal<LogState>('starting')
  const checkpoints = signal<readonly ShownCheckpoint[]>([])
  const anchors = signal<readonly ShownAnchor[]>([])
  const points = new Map<string, AnchorPoint>()
  const origin = originHash(log.name)
  const size = signal(0)
  let view: (ReadView & { readonly tiles: readonly Uint8Array[] }) | null = null
  let places = new Map<string, number>()

  const shown = async (note: string, tree: ReadView): Promise<ShownCheckpoint | null> => {
    const read = await signedCheckpointFrom(note, log)
    if (read.verdict !== 'accept') return null
    const { size: its, root, atMs } = read.value
    const asked = witnesses.map(async each => ({
      name: each.name,
      atS: await cosignedAt(each, read.value.note),
    }))
    const cosigned = (await Promise.all(asked)).flatMap(({ name, atS }) =>
      atS === null ? [] : { name, atS },
    )
    const own = its <= tree.size ? toBase64(rootOf(its, tree.nodeHash, TREE_HASH)) : ''
    return { size: its, root: toBase64(root), atMs, witnesses: cosigned, fits: own === toBase64(root), note }
  }

  /** What the chain says of an anchor; what it said once is not asked again. */
  const anchorOf = async (anchor: LogStatus['anchors'][number], tree: ReadView): Promise<ShownAnchor> => {
    if (anchored === null || anchor.size < 1 || anchor.size > tree.size)
      return { ...anchor, state: 'unasked' }
    try {
      const point = points.get(anchor.tx) ?? (await anchored(anchor.tx as Hex))
      if (point === null) return { ...anchor, state: 'other' }
      points.set(anchor.tx, point)
      const root = toHex(rootOf(anchor.size, tree.nodeHash, TREE_HASH))
      const isSame = point.origin === origin && point.size === anchor.size && point.root === root
      return { ...anchor, state: isSame ? 'onChain' : 'other' }
    } catch (error) {
      report(error)
      return { ...anchor, state: 'unasked' }
    }
  }

  const read = async (): Promise<LogState> => {
    const [sent, status] = await Promise.all([client.checkpoint(), client.status()])
    const newest = await signedCheckpointFrom(sent, log)
    if (newest.verdict !== 'accept') return 'wrong'
    const next = await readView(client, sent, newest.value, TREE_HASH, view?.tiles)
    // A log that grows never signs a smaller tree than this page has seen.
    if (next === null || (view !== null && next.size < view.size)) return 'wrong'
    if (next.size !== view?.size) {
      places = new Map(Array.from({ length: next.size }, (_, i) => [hexDigits(next.leafHash(i)), i]))
      size.value = next.size
    }
    view = next
    const list = await Promise.all(status.checkpoints.map(note => shown(note, next)))
    checkpoints.value = list.filter(each => each !== null)
    anchors.value = await Promise.all(status.anchors.map(each => anchorOf(each, next)))
    const isSigned = list.every(each => each !== null && (each.fits || each.size > next.size))
    return isSigned && anchors.value.every(each => each.state !== 'other') ? 'good' : 'wrong'
  }
  let isReading = false
  const poll = async (): Promise<void> => {
    if (isReading) return
    isReading = true
    state.value = await read().catch(error => {
      report(error)
      return 'away' as const
    })
    isReading = false
  }
  const stop = every(POLL_MS, () => void poll())
  void poll()

  const treeNow = (): ReadView => {
    if (view === null) throw new HexhailError('LOG_DOWN', 'The log was not read yet: try again later.', {})
    return view
  }
  const placeOf = (terms: Hex, sealed: Uint8Array): number | null =>
    places.get(hexDigits(TREE_HASH.leaf(recordEntry(fromHex(terms, 32), sealed)))) ?? null
  const fileOf = (index: number, entry: Uint8Array, tree: ReadView): InclusionFile => {
    const proof = inclusionRanges(index, tree.size).map(range => rangeHash(range, tree.nodeHash, TREE_HASH))
    return {
      kind: 'inclusion',
      vkey: vkeyOf(log),
      witnesses: witnesses.map(vkeyOf),
      checkpoint: tree.checkpoint,
      index,
      entry: toBase64(entry),
      proof: proof.map(toBase64),
    }
  }
  return {
    name: log.name,
    state,
    checkpoints,
    anchors,
    size,
    stands: async note => view !== null && (await shown(note, view))?.fits === true,
    placeOf,
    prove(terms, sealed) {
      const index = placeOf(terms, sealed)
      return index === null || view === null
        ? null
        : fileOf(index, recordEntry(fromHex(terms, 32), sealed), view)
    },
    async entryAt(index) {
      const tree = treeNow()
      if (index >= tree.size) return null
      const entry = await client.entry(index)
      if (!equalBytes(TREE_HASH.leaf(entry), tree.leafHash(index))) return null
      return { entry, file: fileOf(index, entry, tree) }
    },
    async entriesAt(indexes) {
      const tree = treeNow()
      const bundles = new Map<number, readonly Uint8Array[]>()
      for (const number of new Set(indexes.map(bundleOf)))
        bundles.set(number, await client.bundle(number, widthAt(tree.size, 0, number)))
      return indexes.map(index => {
        const entry = bundles.get(bundleOf(index))?.[index % TILE_WIDTH]
        return entry && equalBytes(TREE_HASH.leaf(entry), tree.leafHash(index)) ? entry : null
      })
    },
    [Symbol.dispose]: stop,
  }
}
