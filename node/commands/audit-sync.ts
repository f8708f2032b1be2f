import { setTimeout as pause } from 'node:timers/promises'
import { openStore } from '@hexhail/audit/store/open-store.ts'
import { indexFacts } from '@hexhail/chain/index-facts.ts'
import { isRpcDown } from '@hexhail/chain/rpc.ts'
import { readAddresses } from '../addresses.ts'
import { command } from '../command.ts'
import { untilStopped } from '../parent.ts'

/** Between two looks at the chain. */
const POLL_MS = 1_000

/** `hexhail audit sync`: the vault's facts into the audit's database. */
export const auditSyncCommand = command({
  usage: 'audit sync',
  about:
    "Reads the vault's facts from the chain into a database, from where it stopped the last time, and takes back what\n" +
    'a reorganisation took away. It may be killed at any point. Prints one line of JSON each time it is at the newest block.',
  options: {
    addresses: { kind: 'text', value: '.hexhail/addresses.json', shown: 'FILE', help: 'chain and contracts' },
    db: {
      kind: 'text',
      value: '.hexhail/audit/audit.sqlite',
      shown: 'DB',
      help: 'a SQLite file, or postgres://user@host/database',
    },
    watch: { kind: 'flag', help: 'goes on with each new block until it is stopped' },
  },
  async run({ addresses: path, db, watch }) {
    const config = readAddresses(path)
    const { chainId, contracts } = config
    await using store = await openStore(db, { chainId, vault: contracts.vault })
    let added = 0
    let undone = 0
    const count = ({ type }: { readonly type: 'fact' | 'undone' }) => (type === 'fact' ? added++ : undone++)
    const tell = async () => {
      const blocks = await store.count()
      const block = blocks === 0 ? null : ((await store.at(blocks - 1))?.number ?? null)
      process.stdout.write(`${JSON.stringify({ block, added, undone })}\n`)
      added = undone = 0
    }
    const sync = () => indexFacts({ config, shelf: store, onChange: count })
    await sync()
    await tell()
    if (!watch) return
    const stop = untilStopped().then(() => true)
    while (!(await Promise.race([stop, pause(POLL_MS, false)]))) {
      // A chain that is away for a while is no reason to end.
      await sync().catch(error => {
        if (!isRpcDown(error)) throw error
      })
      if (added + undone > 0) await tell()
    }
  },
})
