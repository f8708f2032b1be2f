import { openPostgresStore } from '@hexhail/audit/store/postgres-store.ts'
import { openSqliteStore } from '@hexhail/audit/store/sqlite-store.ts'
import { tableHash } from '@hexhail/audit/store/table-hash.ts'
import { indexFacts } from '@hexhail/chain/index-facts.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { expect, test } from 'vitest'
import { findPostgres, startPostgres } from './postgres-server.ts'
import { createScriptedChain, SCRIPTED } from './scripted-chain.ts'

const ORIGIN = { chainId: SCRIPTED.chainId, vault: SCRIPTED.contracts.vault }
const bin = findPostgres()
if (bin === null) console.log("PostgreSQL: skipped, Debian's postgresql is not installed.")

test.skipIf(bin === null)(
  'PostgreSQL holds what SQLite holds, over growth, reorganisation and restart',
  async () => {
    await using server = await startPostgres(bin!)
    const random = createSeeded(19)
    const chain = createScriptedChain(random.next)
    await using sqlite = openSqliteStore(':memory:', ORIGIN)
    for (let round = 0; round < 8; round++) {
      chain.grow(1 + random.below(80))
      await using store = await openPostgresStore(server.url, ORIGIN)
      for (const shelf of [sqlite, store]) await indexFacts({ config: SCRIPTED, rpc: chain.rpc, shelf })
      expect(await tableHash(store)).toBe(await tableHash(sqlite))
      const [settled] = await Array.fromAsync(store.facts('settled'))
      if (settled) expect(await store.settled(settled.terms)).toEqual(settled)
      chain.shrink(random.below(13))
    }
    await expect(openPostgresStore(server.url, { ...ORIGIN, chainId: 2 })).rejects.toThrow(/another --db/)
    await using one = await openPostgresStore(server.url, ORIGIN)
    const late = { ...one, count: async () => 0 }
    await expect(indexFacts({ config: SCRIPTED, rpc: chain.rpc, shelf: late })).rejects.toThrow(
      /another process/,
    )
  },
)

test('a database that is not there is told in one line', async () => {
  await expect(openPostgresStore('postgres://audit@127.0.0.1:1/none', ORIGIN)).rejects.toThrow(
    /does not answer/,
  )
})
