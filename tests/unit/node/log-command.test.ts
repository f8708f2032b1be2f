import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { recordEntry } from '@hexhail/audit/log/entry.ts'
import { createLogClient, type LogClient } from '@hexhail/audit/log/log-client.ts'
import { expect, onTestFinished, test } from 'vitest'

const HEXHAIL = fileURLToPath(new URL('../../../node/hexhail.ts', import.meta.url))

interface Ready {
  readonly url: string
  readonly vkey: string
}

/** Starts a part as somebody would, and resolves with what it prints once it is ready. */
async function start(args: readonly string[]): Promise<{ ready: Ready; child: ChildProcess }> {
  const child = spawn(process.execPath, [HEXHAIL, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let text = ''
  for await (const part of child.stdout!) {
    text += String(part)
    if (text.trimEnd().endsWith('}')) break
  }
  return { ready: JSON.parse(text) as Ready, child }
}

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [HEXHAIL, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

test('a log and a witness run by anyone: what is filed is proven offline, also by a log that was killed', async () => {
  const home = mkdtempSync(join(tmpdir(), 'hexhail-log-command-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const at = (name: string) => join(home, name)
  const log = (...more: readonly string[]) =>
    start([
      'log',
      'serve',
      '--origin',
      'city.example/log',
      '--dir',
      at('log'),
      '--key',
      at('log.key'),
      '--port',
      '0',
      ...more,
    ])
  const first = await log()
  const { ready: council } = await start([
    ...['witness', '--name', 'council.example', '--log', first.ready.vkey],
    ...['--key', at('witness.key'), '--port', '0'],
  ])
  const entry = recordEntry(new Uint8Array(32).fill(3), new TextEncoder().encode('a sealed record'))
  writeFileSync(at('entry'), entry)
  await createLogClient(first.ready.url).add(entry)
  first.child.kill('SIGKILL') // promised, and perhaps in no checkpoint yet

  const { ready: again } = await log('--witness', `${council.url} ${council.vkey}`)
  expect(again.vkey).toBe(first.ready.vkey)
  const client: LogClient = createLogClient(again.url)
  const cosigned = async () => {
    const [newest] = (await client.status()).checkpoints
    return newest?.includes('\n1\n') && newest.includes('— council.example ') ? newest : null
  }
  await expect.poll(cosigned, { timeout: 150_000 }).not.toBeNull()

  const proof = ['log', 'prove', '--url', again.url, '--leaf', at('entry'), '--witness', `x ${council.vkey}`]
  expect(run(...proof, '--out', at('proof.json'))).toMatchObject({ status: 0, stderr: '' })
  const verified = run('log', 'verify', at('proof.json'), '--vkey', again.vkey)
  expect(verified.status).toBe(0)
  expect(JSON.parse(verified.stdout)).toMatchObject({
    proven: true,
    kind: 'inclusion',
    origin: 'city.example/log',
    size: 1,
    witnesses: [{ name: 'council.example' }],
  })
  writeFileSync(at('proof.json'), readFileSync(at('proof.json'), 'utf8').replace('"index": 0', '"index": 1'))
  expect(run('log', 'verify', at('proof.json'))).toMatchObject({
    status: 3,
    stdout: '{"proven":false,"code":"range"}\n',
  })
  const same = run('log', 'compare', '--url', again.url, '--url', again.url)
  expect([same.status, JSON.parse(same.stdout)]).toEqual([0, { same: true, sizes: [1, 1] }])
})

test('a command line that is wrong says so in one line', () => {
  for (const args of [['log'], ['log', 'verify'], ['log', 'prove'], ['witness'], ['witness', '--log', 'x']]) {
    const { status, stderr } = run(...args)
    expect([status === 0, stderr.trim().split('\n').length]).toEqual([false, 1])
  }
})
