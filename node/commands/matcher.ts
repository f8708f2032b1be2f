import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openCity } from '@hexhail/streets/city.ts'
import { createCityRouter } from '@hexhail/streets/city-router.ts'
import { command } from '../command.ts'
import { createMatcherHandler } from '../matcher-handler.ts'
import { report, untilStopped } from '../parent.ts'
import { turnOrderBeside } from '../turn-order.ts'

/** `hexhail matcher`: anyone may run one; it ranks drivers by road time over a city bundle, and nobody must trust it. */
export const matcherCommand = command({
  usage: 'matcher',
  about:
    'Runs a matcher: POST /nearest {rider, drivers: [{id, at}], k} answers the k drivers who are there first,\n' +
    'by exact road time, with the hash of the bundle and the model it comes from: anyone can compute the same.',
  options: {
    port: { kind: 'integer', value: 7030, min: 0, max: 65_535, help: 'HTTP port; 0 takes a free one' },
    host: { kind: 'text', value: '127.0.0.1', shown: 'IP', help: 'address to listen on' },
    junctions: { kind: 'flag', help: 'leave out what turns cost, as browsers do (starts sooner)' },
    city: { kind: 'text', value: '', shown: 'FILE', help: 'bundle, as `hexhail city` made it' },
  },
  async run({ port, host, city: path, junctions }) {
    const model = junctions ? 'junctions' : 'turns'
    const opened = openCity(new Uint8Array(await readFile(path)))
    const router = createCityRouter(opened, model, turnOrderBeside(path, opened.info.hash))
    const server = createServer(createMatcherHandler(router, model))
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, resolve)
    })
    const { port: taken } = server.address() as AddressInfo
    report({ type: 'ready', data: { url: `http://${host}:${taken}`, city: router.hash } })
    await untilStopped()
    server.close()
    server.closeAllConnections()
  },
})
