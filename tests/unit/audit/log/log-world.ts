import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createMemoryDisk, type MemoryDisk } from '@hexhail/audit/log/disk.ts'
import { ed25519Key } from '@hexhail/audit/log/ed25519.ts'
import { recordEntry } from '@hexhail/audit/log/entry.ts'
import { createLogClient, type LogClient } from '@hexhail/audit/log/log-client.ts'
import { createLogHandler } from '@hexhail/audit/log/log-http.ts'
import { nodeSha256 } from '@hexhail/audit/log/node-sha256.ts'
import { NOTE_ALGORITHM, noteSigner } from '@hexhail/audit/log/note-key.ts'
import { type LogDeps, openLog, type TransparencyLog } from '@hexhail/audit/log/transparency-log.ts'
import { treeHash } from '@hexhail/audit/log/tree-hash.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { onTestFinished } from 'vitest'

export const HASH = treeHash(nodeSha256)
export const LOG_KEY = noteSigner('city.example/log', NOTE_ALGORITHM.log, await ed25519Key(seed(1)))
export const COUNCIL = noteSigner('council.example', NOTE_ALGORITHM.witness, await ed25519Key(seed(2)))
export const START_MS = 1_795_390_412_000
export const MAX_DELAY_MS = 60_000

function seed(n: number): Uint8Array {
  return new Uint8Array(32).fill(n)
}

/** A clock that a test sets. */
export interface TestClock {
  nowMs: number
}

/** A log in memory. */
export async function newLog(
  clock: TestClock,
  more: Partial<LogDeps> = {},
): Promise<{ log: TransparencyLog; disk: MemoryDisk }> {
  const disk = createMemoryDisk()
  const deps = { key: LOG_KEY, disk, hash: HASH, now: () => clock.nowMs, maxDelayMs: MAX_DELAY_MS, ...more }
  return { log: await openLog(deps), disk }
}

/** An entry of a record of a made-up trip. */
export function someRecord(n: number): Uint8Array<ArrayBuffer> {
  const terms = new Uint8Array(32).fill(n)
  return recordEntry(terms, new TextEncoder().encode(`sealed bytes of trip ${n}`))
}

/** Serves a handler until the test ends; gives its URL. */
export async function serve(handler: RequestListener): Promise<string> {
  const server = createServer(handler).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Serves a log, and a client of it. */
export async function serveLog(
  log: TransparencyLog,
  clock: TestClock,
  authorities: readonly Hex[] = [],
): Promise<{ url: string; client: LogClient }> {
  const handler = createLogHandler({ log, now: () => clock.nowMs, prefix: '', authorities })
  const url = await serve((request, response) => void handler(request, response))
  return { url, client: createLogClient(url) }
}

/** A page's memory. */
export function newMemory() {
  const kept = new Map<string, string>()
  return {
    get: async (key: string) => kept.get(key),
    set: async (key: string, value: string) => void kept.set(key, value),
  }
}
