import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { expect, test } from 'vitest'
import { ROOT } from '../../runner/live.ts'
import { createScriptedChain, SCRIPTED } from './scripted-chain.ts'
import { serveChain } from './serve-chain.ts'

test('audit sync goes on where it stopped, follows new blocks and forks, and ends when it is told to', async () => {
  const chain = createScriptedChain(createSeeded(23).next)
  chain.grow(30)
  await using served = await serveChain(chain.rpc)
  const home = mkdtempSync(join(tmpdir(), 'hexhail-sync-'))
  const addresses = join(home, 'addresses.json')
  writeFileSync(addresses, JSON.stringify({ ...SCRIPTED, rpcUrl: served.url, tariffId: 1 }))
  const hexhail = (...more: string[]) => {
    const args = [
      'node/hexhail.ts',
      'audit',
      'sync',
      '--addresses',
      addresses,
      '--db',
      join(home, 'db'),
      ...more,
    ]
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    return { child, said: async () => JSON.parse((await lines.next()).value as string) as unknown }
  }

  const single = hexhail()
  const first = (await single.said()) as { block: number; added: number }
  expect(first).toMatchObject({ block: 30, undone: 0 })
  expect(await once(single.child, 'exit')).toEqual([0, null])

  const watching = hexhail('--watch')
  expect(await watching.said()).toEqual({ block: 30, added: 0, undone: 0 })
  chain.shrink(30)
  chain.grow(40, 1)
  expect(await watching.said()).toMatchObject({ block: 40, undone: first.added })
  watching.child.kill('SIGTERM')
  expect(await once(watching.child, 'exit')).toEqual([0, null])
  rmSync(home, { recursive: true })
})
