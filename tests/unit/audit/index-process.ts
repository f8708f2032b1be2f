/** A process that indexes a scripted chain into a file and ends: `index-process.ts URL FILE`. For tests that kill it. */

import { openSqliteStore } from '@hexhail/audit/store/sqlite-store.ts'
import { indexFacts } from '@hexhail/chain/index-facts.ts'
import { SCRIPTED } from './scripted-chain.ts'

const [rpcUrl, path] = process.argv.slice(2) as [string, string]
await using store = openSqliteStore(path, { chainId: SCRIPTED.chainId, vault: SCRIPTED.contracts.vault })
await indexFacts({ config: { ...SCRIPTED, rpcUrl }, shelf: store })
