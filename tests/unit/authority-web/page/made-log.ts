import type { Spent } from '@hexhail/audit/cubes/epsilon-ledger.ts'
import type { SealedRecord } from '@hexhail/audit/desk-client.ts'
import { signAct } from '@hexhail/audit/log/act-signature.ts'
import { createMemoryDisk } from '@hexhail/audit/log/disk.ts'
import { ed25519Key } from '@hexhail/audit/log/ed25519.ts'
import { encodeEntry, recordEntry } from '@hexhail/audit/log/entry.ts'
import { NOTE_ALGORITHM, noteSigner } from '@hexhail/audit/log/note-key.ts'
import { openLog } from '@hexhail/audit/log/transparency-log.ts'
import { TREE_HASH } from '@hexhail/audit/log/tree-hash.ts'
import { createLogModel, type LogModel } from '@hexhail/authority-web/log-model.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'

/** A log in the page's own memory: filed records with checkpoints in between, and the releases that the authority tells. */
export async function madeLog(
  filed: readonly SealedRecord[],
  released: readonly Spent[],
  authority: ChainWallet,
  nowMs: number,
): Promise<{ log: LogModel; released: readonly Spent[] }> {
  let atMs = nowMs - 86_400_000
  const key = noteSigner('city.example/log', NOTE_ALGORITHM.log, await ed25519Key(new Uint8Array(32).fill(1)))
  const log = await openLog({
    ...{ key, disk: createMemoryDisk(), hash: TREE_HASH, now: () => atMs, maxDelayMs: 60_000 },
  })
  for (const [n, { terms, sealed }] of filed.entries()) {
    await log.add(recordEntry(fromHex(terms, 32), sealed))
    atMs += 240_000
    if (n % 40 === 39) await log.publish()
  }
  const told: Spent[] = []
  for (const each of released) {
    const act = await signAct(authority, {
      ...{ name: 'release', authority: authority.address, atMs, tx: new Uint8Array(32), logIndex: 0 },
      ...{ signature: new Uint8Array(0), file: `${each.name}-${each.period}.csv` },
      ...{ content: fromHex(`0x${each.sha256}`, 32), epsilonMilli: Math.round(each.epsilon * 1_000) },
      totalMilli: Math.round(
        released.slice(0, told.length + 1).reduce((sum, { epsilon }) => sum + epsilon, 0) * 1_000,
      ),
    } as const)
    const added = await log.add(encodeEntry(act))
    told.push(added.verdict === 'accept' ? { ...each, leaf: added.value.index } : each)
  }
  await log.publish()
  const anchors = [{ size: log.published, tx: `0x${'5e'.repeat(32)}`, atS: Math.floor(atMs / 1_000) }]
  const model = createLogModel({
    client: {
      checkpoint: async () => log.checkpoint,
      leaves: async (tile, width) => log.store.tile(0, tile, width) ?? new Uint8Array(0),
      entry: async index => log.store.entry(index),
      bundle: async (number, width) =>
        Array.from({ length: width }, (_, n) => log.store.entry(number * 256 + n)),
      status: async () => ({ vkey: log.vkey, checkpoints: log.history, anchors }),
    },
    ...{ log: key, witnesses: [], anchored: null, every: () => () => {}, report: console.error },
  })
  return { log: model, released: told }
}
