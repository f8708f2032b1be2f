import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '@hexhail/audit/store/sqlite-store.ts'
import { tableHash } from '@hexhail/audit/store/table-hash.ts'
import { indexFacts } from '@hexhail/chain/index-facts.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { expect, test } from 'vitest'
import { createScriptedChain, SCRIPTED } from './scripted-chain.ts'
import { serveChain } from './serve-chain.ts'

const ORIGIN = { chainId: SCRIPTED.chainId, vault: SCRIPTED.contracts.vault }
const KILLS = 100

test(`an indexer that is killed ${KILLS} times ends with the table of one that never was`, async () => {
  const random = createSeeded(17)
  const chain = createScriptedChain(random.next)
  let child: ChildProcess | null = null
  let answersLeft = Number.POSITIVE_INFINITY
  await using served = await serveChain(chain.rpc, () => {
    // The answer is on its way: the kill hits whatever the indexer does with it.
    if (--answersLeft === 0) setImmediate(() => child?.kill('SIGKILL'))
  })
  const home = mkdtempSync(join(tmpdir(), 'hexhail-killed-'))
  const path = join(home, 'audit.sqlite')
  const index = async () => {
    child = spawn(process.execPath, [join(import.meta.dirname, 'index-process.ts'), served.url, path], {
      stdio: 'inherit',
    })
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
    return signal ?? code
  }

  let killed = 0
  while (killed < KILLS) {
    chain.grow(1 + random.below(40))
    answersLeft = 1 + random.below(8)
    if ((await index()) === 'SIGKILL') killed++
    chain.shrink(random.below(12))
  }
  answersLeft = Number.POSITIVE_INFINITY
  expect(await index()).toBe(0)
  await using store = openSqliteStore(path, ORIGIN)
  await using clean = openSqliteStore(':memory:', ORIGIN)
  await indexFacts({ config: SCRIPTED, rpc: chain.rpc, shelf: clean })
  expect(await tableHash(store)).toBe(await tableHash(clean))
  rmSync(home, { recursive: true })
}, 300_000)
