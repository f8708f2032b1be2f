import { isHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { MonthKey } from '@hexhail/protocol/month-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { fromBase64, toBase64 } from './base64.ts'
import { type Spent, spentFrom } from './cubes/epsilon-ledger.ts'
import type { ListedRecord } from './desk.ts'

/** A sealed record as a page gets it. */
export interface SealedRecord {
  readonly seq: number
  readonly terms: Hex
  readonly sealed: Uint8Array<ArrayBuffer>
  readonly atMs: number
  readonly status: ListedRecord['status']
}

/** The audit node's desk from afar. */
export interface DeskClient {
  /** Files a sealed record; filing it again is the same. Rejects with `HexhailError` `AUDIT_DOWN` or `AUDIT_REFUSED`. */
  file(terms: Hex, sealed: Uint8Array): Promise<void>
  /** The next records after a number, oldest first; empty when there are none. Rejects with `HexhailError` `AUDIT_DOWN`. */
  list(after: number): Promise<SealedRecord[]>
  /** Trips that something is filed for, whose digest begins with 3 or 4 hex digits. Rejects with `HexhailError` `AUDIT_DOWN`. */
  filed(prefix: string): Promise<readonly Hex[]>
  /** The authority's keys of the months as the desk has them; who uses one checks it. Rejects with `HexhailError` `AUDIT_DOWN`. */
  keys(): Promise<readonly MonthKey[]>
  /** Releases of open figures by the audit node's ledger, oldest first. Rejects with `HexhailError` `AUDIT_DOWN`. */
  releases(): Promise<readonly Spent[]>
}

/** A request that takes longer is given up. */
const TIMEOUT_MS = 10_000

/** Talks to the desk at `url` (`http://127.0.0.1:7020`). */
export function createDeskClient(url: string, fetch: typeof globalThis.fetch = globalThis.fetch): DeskClient {
  const base = url.replace(/\/+$/, '')
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    try {
      return await fetch(`${base}${path}`, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) })
    } catch (cause) {
      throw down(base, cause)
    }
  }
  const field = async (path: string, name: string): Promise<readonly unknown[]> => {
    const response = await ask(path, { method: 'GET' })
    const answer = (response.ok ? await response.json().catch(() => null) : null) as Record<
      string,
      unknown
    > | null
    const list = answer?.[name]
    if (!Array.isArray(list)) throw down(base, response.status)
    return list
  }
  return {
    filed: async prefix =>
      (await field(`/records/filed?prefix=${prefix}`, 'terms')).filter(each => isHex(each, 32)),
    releases: async () => (await field('/releases', 'releases')).flatMap(each => spentFrom(each) ?? []),
    keys: async () => (await field('/keys', 'keys')) as readonly MonthKey[],
    async file(terms, sealed) {
      const body = JSON.stringify({ terms, sealed: toBase64(sealed) })
      const headers = { 'content-type': 'application/json' }
      const response = await ask('/records', { method: 'POST', headers, body })
      if (response.ok) return
      if (response.status === 429 || response.status >= 500) throw down(base, response.status)
      const code = await response.json().then(
        (answer: { code?: string }) => answer.code,
        () => undefined,
      )
      throw new HexhailError(
        'AUDIT_REFUSED',
        `The audit node refused the record (${code ?? response.status}).`,
        { code },
      )
    },
    async list(after) {
      const response = await ask(`/records?after=${after}`, { method: 'GET' })
      if (!response.ok) throw down(base, response.status)
      const answer: unknown = await response.json().catch(() => null)
      const records = (answer as { records?: unknown } | null)?.records
      if (!Array.isArray(records)) throw down(base, 'its answer is no list of records')
      return records.flatMap(each => parse(each) ?? [])
    },
  }
}

const down = (base: string, cause: unknown): HexhailError =>
  new HexhailError('AUDIT_DOWN', `The audit node at ${base} does not answer: try again later.`, {}, cause)

function parse(each: unknown): SealedRecord | null {
  const { seq, terms, sealed, atMs, status } = (each ?? {}) as Partial<ListedRecord>
  const bytes = typeof sealed === 'string' ? fromBase64(sealed) : null
  if (!Number.isSafeInteger(seq) || !isHex(terms, 32) || bytes === null || !Number.isFinite(atMs)) return null
  const known = status === 'settled' || status === 'pending' ? status : 'unknown'
  return { seq: seq as number, terms, sealed: bytes, atMs: atMs as number, status: known }
}
