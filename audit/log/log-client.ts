import { toHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { unbundle } from './entry-bundle.ts'
import { strictBase64 } from './signed-note.ts'
import { HASH_BYTES } from './tile.ts'
import { TILE_WIDTH, tilePath } from './tile-path.ts'

/** A log from afar; what it says is yet to be checked. Each call may reject with `HexhailError` 'LOG_DOWN'. */
export interface LogClient {
  readonly url: string
  /** Hands an entry in; filing it again is the same. Rejects with 'LOG_REFUSED' too. */
  add(entry: Uint8Array): Promise<{ readonly index: number; readonly promise: string }>
  /** Null: the log knows no such leaf, or has it in no checkpoint yet. */
  proof(leafHash: Uint8Array): Promise<{ index: number; proof: Uint8Array[]; checkpoint: string } | null>
  consistency(from: number, to: number): Promise<Uint8Array[] | null>
  checkpoint(): Promise<string>
  /** Leaf hashes, in tiles of 256. */
  leaves(tile: number, width: number): Promise<Uint8Array>
  /** Records of trips whose digest begins with three hex digits, as the log tells them. */
  records(prefix: string): Promise<ToldRecords>
  /** The entry at an index under the newest checkpoint. */
  entry(index: number): Promise<Uint8Array>
  /** The first `width` entries of a bundle of 256; fewer where the log keeps some back. */
  bundle(number: number, width: number): Promise<readonly Uint8Array[]>
  status(): Promise<LogStatus>
}

/** Records as a log tells them, with what it says for each; nothing of it is checked yet. */
export interface ToldRecords {
  readonly checkpoint: string
  readonly records: readonly {
    readonly index: number
    readonly entry: Uint8Array
    readonly promise: string
    readonly proof: readonly Uint8Array[] | null
  }[]
}

/** What a log says of itself, in passing. */
export interface LogStatus {
  /** As it tells it: who uses it compares it with the one that is known. */
  readonly vkey: string
  readonly checkpoints: readonly string[]
  readonly anchors: readonly { readonly size: number; readonly tx: string; readonly atS: number }[]
}

const TIMEOUT_MS = 10_000

/** Talks to the log at `url`. */
export function createLogClient(url: string, fetch: typeof globalThis.fetch = globalThis.fetch): LogClient {
  const base = url.replace(/\/+$/, '')
  const down = (cause: unknown): HexhailError =>
    new HexhailError('LOG_DOWN', `The log at ${base} does not answer: try again later.`, {}, cause)
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(`${base}/${path}`, {
      ...init,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(cause => {
      throw down(cause)
    })
    if (response.status === 429 || response.status >= 500) throw down(response.status)
    return response
  }
  const json = async (response: Response): Promise<Record<string, unknown>> => {
    const body: unknown = await response.json().catch(() => null)
    if (typeof body !== 'object' || body === null) throw down('its answer is no JSON')
    return body as Record<string, unknown>
  }
  const hashes = (value: unknown): Uint8Array[] => {
    const list = Array.isArray(value) && value.length <= 64 ? value : [null]
    const read = list.map(each => (typeof each === 'string' ? strictBase64(each) : null))
    if (!read.every(each => each?.length === HASH_BYTES)) throw down('its proof is none')
    return read as Uint8Array[]
  }
  const bundle = async (number: number, width: number): Promise<readonly Uint8Array[]> => {
    const response = await ask(tilePath({ level: 'entries', index: number, width }))
    return response.ok ? unbundle(new Uint8Array(await response.arrayBuffer())).entries : []
  }
  return {
    url: base,
    bundle,
    async add(entry) {
      const headers = { 'content-type': 'application/octet-stream' }
      const response = await ask('add', { method: 'POST', headers, body: entry as BodyInit })
      const { index, promise, code } = await json(response)
      if (!response.ok)
        throw new HexhailError('LOG_REFUSED', `The log refused the entry (${code ?? response.status}).`, {
          code,
        })
      if (!Number.isSafeInteger(index) || typeof promise !== 'string') throw down('it promised nothing')
      return { index: index as number, promise }
    },
    async proof(leafHash) {
      const response = await ask(`proof?leaf=${toHex(leafHash)}`)
      if (!response.ok) return null
      const { index, proof, checkpoint } = await json(response)
      if (!Number.isSafeInteger(index) || typeof checkpoint !== 'string') throw down('its proof is none')
      return { index: index as number, proof: hashes(proof), checkpoint }
    },
    async consistency(from, to) {
      const response = await ask(`consistency?from=${from}&to=${to}`)
      return response.ok ? hashes((await json(response)).proof) : null
    },
    checkpoint: async () => (await ask('checkpoint')).text(),
    async leaves(tile, width) {
      const path = tilePath({ level: 0, index: tile, width: Math.min(width, TILE_WIDTH) })
      const bytes = new Uint8Array(await (await ask(path)).arrayBuffer())
      if (bytes.length !== width * HASH_BYTES) throw down('its tile has another size')
      return bytes
    },
    async records(prefix) {
      const { checkpoint, records } = await json(await ask(`records?prefix=${prefix}`))
      if (typeof checkpoint !== 'string' || !Array.isArray(records)) throw down('it lists no records')
      const read = records.slice(0, 64).map((each: Record<string, unknown> | null) => {
        const { index, entry, promise, proof } = each ?? {}
        const bytes = typeof entry === 'string' ? strictBase64(entry) : null
        if (!Number.isSafeInteger(index) || !bytes || typeof promise !== 'string')
          throw down('its list is none')
        return { index: index as number, entry: bytes, promise, proof: proof === null ? null : hashes(proof) }
      })
      return { checkpoint, records: read }
    },
    async entry(index) {
      const at = index % TILE_WIDTH
      const found = (await bundle(Math.floor(index / TILE_WIDTH), at + 1))[at]
      if (!found) throw down('its bundle is shorter than that')
      return found
    },
    async status() {
      const { vkey, checkpoints, anchors } = await json(await ask('status'))
      const notes = Array.isArray(checkpoints) ? checkpoints.filter(each => typeof each === 'string') : []
      if (typeof vkey !== 'string') throw down('it tells no key')
      return { vkey, checkpoints: notes, anchors: Array.isArray(anchors) ? anchors.filter(isAnchor) : [] }
    },
  }
}

function isAnchor(value: unknown): value is LogStatus['anchors'][number] {
  const { size, tx, atS } = (value ?? {}) as Record<string, unknown>
  return Number.isSafeInteger(size) && typeof tx === 'string' && Number.isFinite(atS)
}
