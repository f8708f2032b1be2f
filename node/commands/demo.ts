import { existsSync } from 'node:fs'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { command } from '../command.ts'
import { bringUp } from '../demo.ts'
import { checkPortsFree, demoPorts } from '../demo-ports.ts'
import { createFamily } from '../family.ts'
import { untilStopped } from '../parent.ts'
import { createProgressBar } from '../progress-bar.ts'
import { checkStateUnused, openStateDir } from '../state-dir.ts'

/** `hexhail demo`, which is `npm start`: the whole network on this machine. */
export const demoCommand = command({
  usage: 'demo',
  about:
    'Starts everything on this machine: a chain, two relays, an audit node, a matcher, a city, simulated\n' +
    'people, buses and the three pages. It prints their addresses, and «ready» once all of them answer.\n' +
    'As npm start: npm start -- --drivers 200 --riders 20',
  options: {
    drivers: { kind: 'integer', value: 24, min: 0, max: 2_000, help: 'simulated drivers' },
    riders: { kind: 'integer', value: 4, min: 0, max: 2_000, help: 'simulated riders' },
    buses: { kind: 'integer', value: 48, min: 0, max: 300, help: 'buses on the road at a time, at most' },
    city: { kind: 'text', value: null, shown: 'FILE', help: 'an .osm.pbf extract instead of Montevideo' },
    seed: { kind: 'integer', value: 1, min: 0, max: 2 ** 31 - 1, help: 'of everything that is simulated' },
    speed: { kind: 'integer', value: 10, min: 1, max: 60, help: 'seconds of the road a car drives in one' },
    fresh: { kind: 'flag', help: 'forgets chain, keys, city and pages first' },
    state: { kind: 'text', value: '.hexhail', shown: 'DIR', help: 'where all of that is kept' },
    'port-base': {
      kind: 'integer',
      value: 7_000,
      min: 1_024,
      max: 64_000,
      help: 'rider page is on base + 1',
    },
  },
  async run({ drivers, riders, buses, city, seed, speed, fresh, state: dir, 'port-base': base }) {
    const startMs = performance.now()
    if (city !== null && !existsSync(city))
      throw new HexhailError('no-city', `There is no file ${city}: give --city an .osm.pbf extract.`, {
        city,
      })
    const ports = demoPorts(base)
    checkStateUnused(dir)
    await checkPortsFree(ports)
    using state = openStateDir(dir, fresh)
    const stop = new AbortController()
    const stopped = untilStopped().then(() => 'stopped' as const)
    await using stack = new AsyncDisposableStack()
    const family = stack.use(createFamily())
    stack.defer(() => stop.abort())
    const bar = createProgressBar(process.stdout)
    const options = { drivers, riders, buses, seed, speed, cityFile: city }
    const up = bringUp({ options, ports, state, family, stack, bar, signal: stop.signal })
    up.catch(() => undefined)
    try {
      const table = await Promise.race([up, stopped, family.died])
      bar.done()
      if (table === 'stopped') return
      const width = Math.max(...table.map(([name]) => name.length))
      console.log(`\n${table.map(([name, where]) => `  ${name.padEnd(width)}  ${where}`).join('\n')}\n`)
      const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
      console.log(`Everything answers after ${seconds} s. Ctrl-C stops all of it.\nready`)
      await Promise.race([stopped, family.died])
    } finally {
      bar.done()
    }
  },
})
