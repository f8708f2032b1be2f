import type { IncomingMessage, ServerResponse } from 'node:http'
import { ed25519Key } from '@hexhail/audit/log/ed25519.ts'
import { openFileDisk } from '@hexhail/audit/log/file-disk.ts'
import { createLogHandler } from '@hexhail/audit/log/log-http.ts'
import { nodeSha256 } from '@hexhail/audit/log/node-sha256.ts'
import { NOTE_ALGORITHM, noteKeyFrom, noteSigner } from '@hexhail/audit/log/note-key.ts'
import { openLog, type TransparencyLog } from '@hexhail/audit/log/transparency-log.ts'
import { treeHash } from '@hexhail/audit/log/tree-hash.ts'
import { askWitnessAt } from '@hexhail/audit/log/witness-client.ts'
import type { RateRule } from '@hexhail/audit/rate-limit.ts'
import type { AnchorPlace } from '@hexhail/chain/anchor.ts'
import { createRpc } from '@hexhail/chain/rpc.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Addresses } from './addresses.ts'
import { keyFromFile } from './key-file.ts'
import { createActsReader } from './log-acts.ts'
import { createLogAnchors } from './log-anchors.ts'

/** How a log is run. */
export interface LogNodeOptions {
  readonly origin: string
  readonly dir: string
  readonly keyPath: string
  /** Each `URL VKEY`. */
  readonly witnesses: readonly string[]
  /** Before each path of its door. */
  readonly prefix: string
  readonly report: (error: unknown) => void
  /** The chain whose authority's acts stand in the log. */
  readonly chain?: { readonly addresses: Addresses; readonly confirmations: number }
  /** Puts checkpoints on that chain. */
  readonly anchor?: { readonly place: AnchorPlace; readonly wallet: ChainWallet; readonly everyMs: number }
  /** As in `LogHandlerDeps`. */
  readonly records?: (prefix: string) => Promise<readonly number[]>
  readonly limits?: { readonly add?: RateRule; readonly read?: RateRule }
}

/** A log that runs, with its door. */
export interface LogNode extends AsyncDisposable {
  readonly log: TransparencyLog
  handle(request: IncomingMessage, response: ServerResponse): boolean
}

/** Entries are in a checkpoint this long after they were taken in, at most. */
export const MAX_DELAY_MS = 60_000
/** New entries are looked for this often; one checkpoint has all of them. */
const PUBLISH_MS = 1_000
/** A log in which nothing happens says so this often. */
const REFRESH_MS = 30_000
const ACTS_MS = 2_000

/** Opens a log and keeps it going. @throws {HexhailError} of the log's disk and keys, or 'bad-witness' */
export async function openLogNode(options: LogNodeOptions): Promise<LogNode> {
  const { origin, dir, keyPath, prefix, report, chain, anchor } = options
  await using stack = new AsyncDisposableStack()
  const disk = stack.use(openFileDisk(dir))
  const key = noteSigner(origin, NOTE_ALGORITHM.log, await ed25519Key(keyFromFile(keyPath)))
  const witnesses = options.witnesses.map(witnessFrom)
  const log = await openLog({
    key,
    disk,
    hash: treeHash(nodeSha256),
    now: Date.now,
    maxDelayMs: MAX_DELAY_MS,
    witnesses,
  })
  let publishedAtMs = Date.now()
  const publish = async (): Promise<void> => {
    const isIdle = log.store.size === log.published && Date.now() - publishedAtMs < REFRESH_MS
    if (isIdle) return
    publishedAtMs = Date.now()
    await log.publish()
  }
  stack.defer(repeat(publish, PUBLISH_MS, report))
  const rpc = chain && createRpc(chain.addresses.rpcUrl)
  if (chain && rpc) {
    const { addresses, confirmations } = chain
    stack.defer(repeat(createActsReader({ log, disk, rpc, addresses, confirmations }), ACTS_MS, report))
  }
  const fromBlock = chain?.addresses.contracts.deployBlock ?? 0
  const anchors = anchor && rpc ? createLogAnchors({ ...anchor, log, rpc, fromBlock }) : null
  if (anchor && anchors) stack.defer(repeat(anchors.anchor, anchor.everyMs, report))
  const handle = createLogHandler({
    log,
    now: Date.now,
    prefix,
    authorities: chain ? [chain.addresses.authority] : [],
    anchors: () => anchors?.points ?? [],
    report,
    ...(options.records && { records: options.records }),
    ...(options.limits && { limits: options.limits }),
  })
  const running = stack.move()
  return { log, handle, [Symbol.asyncDispose]: () => running[Symbol.asyncDispose]() }
}

/** Runs again and again, one run at a time; what is returned stops it and waits for the run under way. */
function repeat(run: () => Promise<void>, ms: number, report: (error: unknown) => void): () => Promise<void> {
  let running: Promise<void> | null = null
  const once = (): void => {
    running ??= run()
      .catch(report)
      .finally(() => {
        running = null
      })
  }
  once()
  const timer = setInterval(once, ms)
  return async () => {
    clearInterval(timer)
    await running
  }
}

function witnessFrom(text: string) {
  const [url = '', vkey = ''] = text.trim().split(/\s+/, 2)
  const key = noteKeyFrom(vkey)
  if (!URL.canParse(url) || key.verdict !== 'accept')
    throw new HexhailError('bad-witness', `--witness takes "URL VKEY" as a witness prints it, not «${text}».`)
  return askWitnessAt(url, key.value)
}
