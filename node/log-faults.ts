/** The public log as an audit holds it against what it showed before, what was filed, and what stands on the chain. */
import type { DeskClient } from '@hexhail/audit/desk-client.ts'
import { recordEntry } from '@hexhail/audit/log/entry.ts'
import type { AnchorPlace } from '@hexhail/audit/log/evidence.ts'
import { createLogClient, type LogClient } from '@hexhail/audit/log/log-client.ts'
import { nodeSha256 } from '@hexhail/audit/log/node-sha256.ts'
import { type NoteKey, noteKeyFrom } from '@hexhail/audit/log/note-key.ts'
import { originHash } from '@hexhail/audit/log/origin-hash.ts'
import type { LogMemory } from '@hexhail/audit/log/public-record.ts'
import { treeHash } from '@hexhail/audit/log/tree-hash.ts'
import { type Watched, watchLog } from '@hexhail/audit/log/watch-log.ts'
import { anchoredIn, readAnchors } from '@hexhail/chain/anchor.ts'
import type { ChainAct } from '@hexhail/chain/authority-acts.ts'
import type { Rpc } from '@hexhail/chain/rpc.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Addresses } from './addresses.ts'
import { entryOfAct } from './log-acts.ts'

/** What is needed to look at a log. */
export interface LogFaultsInit {
  readonly url: string
  /** Its key; null: the one that it told the first time. */
  readonly vkey: string | null
  readonly witnesses: readonly string[]
  readonly memory: LogMemory
  readonly desk: Pick<DeskClient, 'list'>
  /** Acts of the authority whose log it is. */
  readonly acts: readonly ChainAct[]
  readonly rpc: Rpc
  readonly addresses: Addresses
}

/** Looks at a whole log. @throws {HexhailError} 'LOG_DOWN', 'log-key' where it has another key, 'bad-tiles' */
export async function logFaults(init: LogFaultsInit): Promise<Watched> {
  const { url, memory, desk, rpc, addresses } = init
  const client = createLogClient(url)
  const log = keyFrom(await vkeyOf(init, client))
  const acts = await Promise.all(
    init.acts.map(async act => ({ entry: await entryOfAct(act), atMs: act.atS * 1_000 })),
  )
  const watched = await watchLog({
    ...{ client, log, memory, acts, hash: treeHash(nodeSha256) },
    witnesses: init.witnesses.map(keyFrom),
    filed: filedEntries(desk),
    anchors: await anchorsOf(client, log, rpc, addresses, memory),
  })
  if (watched) return watched
  throw new HexhailError('bad-tiles', `The tiles at ${url} are not those of its checkpoint: ask for a copy.`)
}

/** The key is believed the first time, and never another one after that. */
async function vkeyOf({ vkey, memory, url }: LogFaultsInit, client: LogClient): Promise<string> {
  const name = `vkey/${client.url}`
  const kept = await memory.get(name)
  const told = vkey ?? kept ?? (await client.status()).vkey
  if (kept !== undefined && kept !== told)
    throw new HexhailError('log-key', `The log at ${url} had the key ${kept} before: ask who runs it.`)
  if (kept === undefined) await memory.set(name, told)
  return told
}

function keyFrom(vkey: string): NoteKey {
  const key = noteKeyFrom(vkey)
  if (key.verdict === 'accept') return key.value
  throw new HexhailError('bad-value', `A key of a log or witness is name+id+key, not «${vkey}».`)
}

async function* filedEntries(desk: Pick<DeskClient, 'list'>): AsyncGenerator<Uint8Array, void> {
  for (let after = 0; ; ) {
    const some = await desk.list(after)
    if (some.length === 0) return
    for (const { terms, sealed } of some) yield recordEntry(fromHex(terms, 32), sealed)
    after = some.at(-1)!.seq
  }
}

/** All that the log's keeper put on the chain; who that is the log tells once. */
async function anchorsOf(
  client: LogClient,
  log: NoteKey,
  rpc: Rpc,
  { chainId, contracts, others }: Addresses,
  memory: LogMemory,
): Promise<AnchorPlace[]> {
  if (!others) return []
  const name = `keeper/${log.name}`
  const [newest] = (await client.status()).anchors
  const told = newest ? ((await anchoredIn(rpc, others.anchor, newest.tx as Hex))?.keeper ?? null) : null
  const keeper = ((await memory.get(name)) as Hex | undefined) ?? told
  if (keeper === null) return []
  await memory.set(name, keeper)
  const origin = originHash(log.name)
  const points = await readAnchors(rpc, others.anchor, keeper, origin, contracts.deployBlock)
  return points.map(({ size, root, tx }) => ({ chainId, contract: others.anchor, keeper, tx, size, root }))
}
