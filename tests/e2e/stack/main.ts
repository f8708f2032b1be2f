/**
 * The demo without its watchdog, for the browser tests: a relay may be killed without everything else ending, and SIGUSR2
 * starts it again. Says where everything is in the file that `--file` names; ends in good order on SIGTERM.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ChildOptions } from '@hexhail/node/child.ts'
import { bringUp } from '@hexhail/node/demo.ts'
import { checkPortsFree, demoPorts } from '@hexhail/node/demo-ports.ts'
import { createFamily, type Family } from '@hexhail/node/family.ts'
import { untilStopped } from '@hexhail/node/parent.ts'
import { createProgressBar } from '@hexhail/node/progress-bar.ts'
import { checkStateUnused, openStateDir } from '@hexhail/node/state-dir.ts'
import type { StackFile } from './stack.ts'

/** What a run must not find from the one before; the city and the built pages stay. */
const FORGOTTEN = ['chain.json', 'addresses.json', 'audit', 'logs']

const { values } = parseArgs({
  options: {
    'port-base': { type: 'string', default: '23000' },
    state: { type: 'string', default: '.hexhail/e2e' },
    drivers: { type: 'string', default: '8' },
    speed: { type: 'string', default: '30' },
    file: { type: 'string', default: '.hexhail/e2e/stack.json' },
  },
})

const stopped = untilStopped()
const ports = demoPorts(Number(values['port-base']))
checkStateUnused(values.state)
await checkPortsFree(ports)
mkdirSync(values.state, { recursive: true })
for (const name of FORGOTTEN) rmSync(join(values.state, name), { recursive: true, force: true })

const pids: Record<string, number> = {}
const relays: ChildOptions[] = []
function counted(family: Family): Family {
  return {
    start(options) {
      const child = family.start(options)
      pids[options.name] = child.pid
      if (options.name.startsWith('relay')) relays.push(options)
      return child as never
    },
    died: family.died,
    [Symbol.asyncDispose]: () => family[Symbol.asyncDispose](),
  }
}

{
  using state = openStateDir(values.state, false)
  await using stack = new AsyncDisposableStack()
  const abort = new AbortController()
  const family = stack.use(counted(createFamily()))
  stack.defer(() => abort.abort())
  const bar = createProgressBar({ write: text => process.stdout.write(text) })
  const options = {
    drivers: Number(values.drivers),
    riders: 0,
    buses: 0,
    seed: 1,
    speed: Number(values.speed),
    cityFile: null,
  }
  const up = bringUp({ options, ports, state, family, stack, bar, signal: abort.signal })
  const table = await Promise.race([up, stopped, family.died])
  if (table !== undefined) {
    const config = await (await fetch(`http://127.0.0.1:${ports.rider}/config.json`)).json()
    const told = (): StackFile => ({
      urls: Object.fromEntries(table.slice(0, 3).map(([name, url]) => [name.toLowerCase(), url])) as never,
      stateDir: state.dir,
      ports,
      pids: { ...pids, stack: process.pid },
      config,
    })
    const tell = (): void => {
      writeFileSync(`${values.file}.tmp`, JSON.stringify(told()))
      renameSync(`${values.file}.tmp`, values.file)
    }
    process.on('SIGUSR2', async () => {
      for (const options of relays.splice(0)) {
        if (isAlive(pids[options.name]!)) relays.push(options)
        else await family.start(options).ready
      }
      tell()
    })
    tell()
    console.log('ready')
    await stopped
  }
}
rmSync(values.file, { force: true })

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
