import type { IncomingMessage, ServerResponse } from 'node:http'
import { fromHex, isHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { toBase64 } from '../base64.ts'
import { createRateLimit, type RateRule } from '../rate-limit.ts'
import { backingOf } from './act-signature.ts'
import { decodeEntry } from './entry.ts'
import { readBody, TooLong } from './read-body.ts'
import { TILE_WIDTH, tileFrom } from './tile-path.ts'
import type { TransparencyLog } from './transparency-log.ts'

/** What answers for a log. */
export interface LogHandlerDeps {
  readonly log: TransparencyLog
  readonly now: () => number
  /** Before each path: '' or '/log'. */
  readonly prefix: string
  /** Authorities whose signed acts are taken. Filed records are taken from anybody. */
  readonly authorities: readonly Hex[]
  /** Where the records of trips stand whose digest begins with three hex digits, where that is known. */
  readonly records?: (prefix: string) => Promise<readonly number[]>
  /** Checkpoints on the chain, newest first, for those who ask. */
  readonly anchors?: () => readonly unknown[]
  readonly report?: (error: unknown) => void
  readonly limits?: { readonly add?: RateRule; readonly read?: RateRule }
}

/** Bytes of an entry that is taken from outside: more is no record that a desk would take. */
const ADD_MAX = 20_000
const ADD: RateRule = { burst: 100, perS: 10 }
const READ: RateRule = { burst: 600, perS: 100 }

/** Records in one answer, at most; the newest are given. */
const MOST_RECORDS = 64

interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly text?: string
  readonly bytes?: Uint8Array
  readonly isLasting?: boolean
}

const fail = (status: number, code: string): Answer => ({ status, body: { code } })

/**
 * A log's door: C2SP tlog-tiles (`GET checkpoint`, `GET tile/…`), `POST add` with an entry's bytes, and for those who hold
 * no tiles `GET proof?leaf=0x…`, `GET consistency?from=…&to=…`, `GET records?prefix=abc`, `GET status`. Answers false for
 * paths of others.
 */
export function createLogHandler(
  deps: LogHandlerDeps,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const { log, now, prefix, authorities, anchors = () => [], report } = deps
  const limits = {
    add: createRateLimit(deps.limits?.add ?? ADD),
    read: createRateLimit(deps.limits?.read ?? READ),
  }

  const add = async (request: IncomingMessage): Promise<Answer> => {
    const bytes = await readBody(request, ADD_MAX)
    const entry = decodeEntry(bytes)
    if (entry.verdict !== 'accept') return fail(400, entry.code)
    const { value } = entry
    if (value.name !== 'record') {
      if (backingOf(value) !== 'signature') return fail(403, 'signature')
      if (!authorities.includes(value.authority)) return fail(403, 'authority')
    }
    const added = await log.add(bytes)
    if (added.verdict !== 'accept') return fail(413, added.code)
    const { index, promise, isNew } = added.value
    return { status: isNew ? 201 : 200, body: { index, promise } }
  }
  const prove = (query: URLSearchParams): Answer => {
    const leaf = query.get('leaf')
    if (!isHex(leaf, 32)) return fail(400, 'leaf')
    const proven = log.prove(fromHex(leaf))
    if (proven.verdict !== 'accept') return fail(404, proven.code)
    const { index, proof, checkpoint } = proven.value
    return { status: 200, body: { index, proof: proof.map(toBase64), checkpoint } }
  }
  const consistency = (query: URLSearchParams): Answer => {
    const proof = log.consistency(
      Number(query.get('from') ?? Number.NaN),
      Number(query.get('to') ?? Number.NaN),
    )
    return proof.verdict === 'accept'
      ? { status: 200, body: { proof: proof.value.map(toBase64) } }
      : fail(400, proof.code)
  }
  const tile = (path: string): Answer => {
    const name = tileFrom(path)
    if (name.verdict !== 'accept') return fail(400, name.code)
    const { level, index, width } = name.value
    const bytes = log.store.tile(level, index, width)
    return bytes ? { status: 200, bytes, isLasting: width === TILE_WIDTH } : fail(404, 'tile')
  }
  const group = async (query: URLSearchParams): Promise<Answer> => {
    const prefix = query.get('prefix') ?? ''
    if (!/^[0-9a-f]{3}$/.test(prefix)) return fail(400, 'prefix')
    const places = ((await deps.records?.(prefix)) ?? []).slice(-MOST_RECORDS)
    const records = await Promise.all(places.map(index => told(log, index)))
    return { status: 200, body: { checkpoint: log.checkpoint, records } }
  }
  const status = (): Answer => ({
    status: 200,
    body: {
      origin: log.origin,
      vkey: log.vkey,
      size: log.published,
      waiting: log.store.size - log.published,
      checkpoints: log.history.slice(0, 50),
      anchors: anchors().slice(0, 50),
    },
  })

  const answer = async (request: IncomingMessage, path: string, query: string): Promise<Answer> => {
    const isAdd = request.method === 'POST' && path === '/add'
    const caller = request.socket.remoteAddress ?? ''
    if (!(isAdd ? limits.add : limits.read).allow(caller, now())) return fail(429, 'rate')
    if (isAdd) return add(request)
    if (request.method !== 'GET') return fail(405, 'method')
    if (path === '/checkpoint') return { status: 200, text: log.checkpoint }
    if (path.startsWith('/tile/')) return tile(path.slice(1))
    if (path === '/proof') return prove(new URLSearchParams(query))
    if (path === '/consistency') return consistency(new URLSearchParams(query))
    if (path === '/records') return group(new URLSearchParams(query))
    if (path === '/status') return status()
    return fail(404, 'route')
  }

  return (request, response) => {
    const [path = '/', query = ''] = (request.url ?? '/').split('?', 2)
    if (!path.startsWith(`${prefix}/`)) return false
    const headers = {
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': '600',
    }
    const send = ({ status, body, text, bytes, isLasting }: Answer): void => {
      if (response.headersSent || response.destroyed) return
      const type = bytes
        ? 'application/octet-stream'
        : text === undefined
          ? 'application/json'
          : 'text/plain; charset=utf-8'
      response.writeHead(status, {
        ...headers,
        'content-type': type,
        'cache-control': isLasting ? 'public, max-age=31536000, immutable' : 'no-store',
        ...(status === 413 && { connection: 'close' }),
      })
      response.end(bytes ?? text ?? JSON.stringify(body))
    }
    if (request.method === 'OPTIONS') {
      response.writeHead(204, headers)
      response.end()
      return true
    }
    answer(request, path.slice(prefix.length), query).then(send, error => {
      if (error instanceof TooLong) return send(fail(413, 'size'))
      report?.(error)
      send(fail(500, error instanceof HexhailError ? error.code : 'internal'))
    })
    return true
  }
}

/** An entry with its promise, and with its proof where it is under the newest checkpoint. */
async function told(log: TransparencyLog, index: number) {
  const entry = log.store.entry(index)
  const added = await log.add(entry)
  const proven = log.proveAt(index)
  return {
    index,
    entry: toBase64(entry),
    promise: added.verdict === 'accept' ? added.value.promise : null,
    proof: proven.verdict === 'accept' ? proven.value.proof.map(toBase64) : null,
  }
}
