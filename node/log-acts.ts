import { type ActMatter, appendAct } from '@hexhail/audit/log/append-act.ts'
import type { LogDisk } from '@hexhail/audit/log/disk.ts'
import { PERMIT_CHANGES } from '@hexhail/audit/log/entry.ts'
import type { TransparencyLog } from '@hexhail/audit/log/transparency-log.ts'
import { type ChainAct, readActs } from '@hexhail/chain/authority-acts.ts'
import type { Rpc } from '@hexhail/chain/rpc.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import type { Addresses } from './addresses.ts'

const CURSOR = 'acts-read-to'
/** Blocks in one question at most. */
const SPAN = 10_000

/** What following takes. */
export interface ActsDeps {
  readonly log: Pick<TransparencyLog, 'add'>
  readonly disk: LogDisk
  readonly rpc: Rpc
  readonly addresses: Pick<Addresses, 'contracts' | 'authority'>
  /** Blocks on top of an act before it goes into the log, which cannot take it back. */
  readonly confirmations: number
}

/** Puts the authority's acts on the chain into the log, as far as they are settled. Each call goes on from the last. */
export function createActsReader({
  log,
  disk,
  rpc,
  addresses,
  confirmations,
}: ActsDeps): () => Promise<void> {
  const kept = Number(new TextDecoder().decode(disk.read(CURSOR) ?? new Uint8Array(0)))
  let next = Number.isSafeInteger(kept) && kept > 0 ? kept + 1 : addresses.contracts.deployBlock
  return async () => {
    const head = Number(await rpc('eth_blockNumber', [])) - confirmations
    // A chain that began anew under the same log.
    if (head + 1 < next) next = addresses.contracts.deployBlock
    while (next <= head) {
      const last = Math.min(head, next + SPAN - 1)
      const acts = await readActs(rpc, addresses.contracts, addresses.authority, next, last)
      for (const act of acts) await log.add(await entryOfAct(act))
      next = last + 1
      if (acts.length > 0) await disk.replace(CURSOR, new TextEncoder().encode(String(last)))
    }
  }
}

/** The entry that an act on the chain is in the log. */
export const entryOfAct = (act: ChainAct): Promise<Uint8Array> =>
  appendAct(async entry => entry, matterOf(act), { ...act, atMs: act.atS * 1_000 })

function matterOf(act: ChainAct): ActMatter {
  if (act.act === 'tariff') return { name: 'tariff', tariff: act.tariff, content: fromHex(act.content, 32) }
  if (act.act === 'ruling') {
    const { terms, toDriver, toRider } = act
    return { name: 'ruling', terms: fromHex(terms, 32), toDriver, toRider }
  }
  const change = PERMIT_CHANGES[act.change]
  return { name: 'permit', subject: fromHex(act.subject, 32), change, untilS: act.untilS }
}
