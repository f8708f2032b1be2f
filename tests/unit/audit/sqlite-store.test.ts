import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuditStore } from '@hexhail/audit/store/audit-store.ts'
import { openSqliteStore } from '@hexhail/audit/store/sqlite-store.ts'
import { tableHash } from '@hexhail/audit/store/table-hash.ts'
import { indexFacts } from '@hexhail/chain/index-facts.ts'
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { afterAll, expect, test } from 'vitest'
import { createScriptedChain, SCRIPTED } from './scripted-chain.ts'

const ORIGIN = { chainId: SCRIPTED.chainId, vault: SCRIPTED.contracts.vault }
const home = mkdtempSync(join(tmpdir(), 'hexhail-store-'))
afterAll(() => rmSync(home, { recursive: true }))

const listed = async (store: AuditStore, kind?: ChainFact['fact']) => Array.fromAsync(store.facts(kind))

test('holds what the chain says, over any growth, reorganisation and restart', async () => {
  const random = createSeeded(11)
  const chain = createScriptedChain(random.next)
  const path = join(home, 'any.sqlite')
  for (let round = 0; round < 20; round++) {
    chain.grow(1 + random.below(80))
    const told: ChainFact[] = []
    await using store = openSqliteStore(path, ORIGIN)
    await indexFacts({
      config: SCRIPTED,
      rpc: chain.rpc,
      shelf: store,
      onChange: ({ type, fact }) => (type === 'fact' ? told.push(fact) : told.pop()),
    })
    await using clean = openSqliteStore(':memory:', ORIGIN)
    await indexFacts({ config: SCRIPTED, rpc: chain.rpc, shelf: clean })
    expect(await tableHash(store)).toBe(await tableHash(clean))
    chain.shrink(random.below(13))
  }
})

test('gives back each fact as the follower told it, and a settlement by its trip', async () => {
  const chain = createScriptedChain(createSeeded(12).next)
  chain.grow(400)
  const told: ChainFact[] = []
  await using store = openSqliteStore(':memory:', ORIGIN)
  await indexFacts({
    config: SCRIPTED,
    rpc: chain.rpc,
    shelf: store,
    onChange: ({ fact }) => told.push(fact),
  })
  expect(await listed(store)).toEqual(told)
  const settled = told.filter(fact => fact.fact === 'settled')
  expect(settled.some(({ tip }) => tip > 2n ** 63n)).toBe(true)
  expect(await listed(store, 'settled')).toEqual(settled)
  expect(await store.settled(settled[5]!.terms)).toEqual(settled[5])
  expect(await store.settled(`0x${'00'.repeat(32)}`)).toBeUndefined()
})

test('takes no facts of another deployment, and says so of a file that is no store', () => {
  const path = join(home, 'other.sqlite')
  openSqliteStore(path, ORIGIN)[Symbol.asyncDispose]()
  expect(() => openSqliteStore(path, { ...ORIGIN, chainId: 2 })).toThrow(/chain 1, vault 0x7a.*another --db/)
  writeFileSync(join(home, 'text'), 'no database at all, but long enough to be read as one'.repeat(40))
  expect(() => openSqliteStore(join(home, 'text'), ORIGIN)).toThrow(/cannot be opened as an audit store/)
})

test('does not let two processes write the same blocks', async () => {
  const chain = createScriptedChain(createSeeded(13).next)
  chain.grow(20)
  const path = join(home, 'two.sqlite')
  await using one = openSqliteStore(path, ORIGIN)
  await using other = openSqliteStore(path, ORIGIN)
  const late = { ...one, count: async () => 0 }
  await indexFacts({ config: SCRIPTED, rpc: chain.rpc, shelf: other })
  await expect(indexFacts({ config: SCRIPTED, rpc: chain.rpc, shelf: late })).rejects.toThrow(
    /another process/,
  )
})
