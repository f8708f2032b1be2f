import { createLogClient } from '@hexhail/audit/log/log-client.ts'
import { noteKeyFrom } from '@hexhail/audit/log/note-key.ts'
import { anchoredIn } from '@hexhail/chain/anchor.ts'
import type { Rpc } from '@hexhail/chain/rpc.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { createLogModel, type LogModel, type LogPorts } from './log-model.ts'

/** The log of the page's configuration; null where that names none, or a key that is none. */
export function openLog(
  config: AppConfig['log'],
  rest: Pick<LogPorts, 'every' | 'report'> & { readonly rpc: Rpc },
): LogModel | null {
  const log = noteKeyFrom(config?.vkey ?? '')
  if (!config || log.verdict !== 'accept') return null
  const keys = config.witnesses.map(noteKeyFrom)
  const witnesses = keys.flatMap(key => (key.verdict === 'accept' ? key.value : []))
  const client = createLogClient(config.url, (input, init) => fetch(input, init))
  const { rpc, ...more } = rest
  const { anchor } = config
  const anchored = anchor === undefined ? null : (tx: Hex) => anchoredIn(rpc, anchor, tx)
  return createLogModel({ client, log: log.value, witnesses, anchored, ...more })
}
