import { join } from 'node:path'
import type { RateRule } from '@hexhail/audit/rate-limit.ts'
import type { RecordStore } from '@hexhail/audit/store/record-store.ts'
import { localChainKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import type { Addresses } from './addresses.ts'
import { createDeskLog, type DeskLog } from './desk-log.ts'
import { keyFromEnvironment } from './environment.ts'
import { logChain } from './log-chain.ts'
import { type LogNode, openLogNode } from './log-node.ts'

/** How often the log is put on the chain; in the demo sooner, so that it can be seen. */
const ANCHOR_MS = 600_000
const DEMO_ANCHOR_MS = 60_000
/** The account of the local chain that pays for anchors. */
const ANCHORER = 2

/** How the log of an audit node is run. */
interface AuditLogOptions {
  /** Null: there is none. */
  readonly origin: string | null
  readonly witnesses: readonly string[]
  readonly dir: string
  readonly addresses: Addresses
  /** The demo's limits; null = not a demo. */
  readonly demo: RateRule | null
  readonly filed: RecordStore
  readonly report: (error: unknown) => void
}

/** The public log in an audit node's own process, with all filed records in it. */
export async function openAuditLog(
  options: AuditLogOptions,
): Promise<(LogNode & Pick<DeskLog, 'publish'>) | null> {
  const { origin, witnesses, dir, addresses, demo, filed, report } = options
  if (origin === null) return null
  const paying = process.env.HEXHAIL_KEY === undefined ? null : walletFromKey(keyFromEnvironment())
  const wallet = demo ? walletFromKey(localChainKey(ANCHORER)) : paying
  const chain = await logChain(addresses, wallet, demo ? DEMO_ANCHOR_MS : ANCHOR_MS)
  const place = { origin, dir: join(dir, 'log'), keyPath: join(dir, 'log.key'), prefix: '/log', witnesses }
  const limits = demo && { limits: { add: demo, read: demo } }
  const records = (prefix: string) => filed.places(prefix)
  const node = await openLogNode({ ...place, ...chain, ...limits, records, report })
  await filed.useLog(node.log.vkey, node.log.store.size)
  const joined = createDeskLog(node.log, filed)
  await joined.publishAll()
  return { ...node, publish: joined.publish }
}
