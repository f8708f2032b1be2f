import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createDesk } from '@hexhail/audit/desk.ts'
import { openFileLog } from '@hexhail/audit/file-log.ts'
import { createAuditHandler } from '@hexhail/audit/http.ts'
import { createFollower } from '@hexhail/chain/follower.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { readAddresses } from '../addresses.ts'
import { command } from '../command.ts'
import { demoGifts } from '../demo-gifts.ts'
import { createGiftHandler } from '../gift-handler.ts'
import { report, untilStopped } from '../parent.ts'

/** A whole fleet files from one address. */
const DEMO_RATE = { burst: 2_000, perS: 200 }

/** `hexhail audit`: the desk for sealed trip records, and on a local chain the demo's faucet and permits. */
export const auditCommand = command({
  usage: 'audit',
  about:
    'Runs an audit node: POST and GET /records, GET /health. With --demo, on a local chain, also\n' +
    'POST /faucet and POST /permits, which give test money and a demo permit to anyone who asks.',
  options: {
    port: { kind: 'integer', value: 7020, min: 0, max: 65_535, help: 'HTTP port; 0 takes a free one' },
    host: { kind: 'text', value: '127.0.0.1', shown: 'IP', help: 'address to listen on' },
    dir: { kind: 'text', value: '.hexhail/audit', shown: 'DIR', help: 'where records are kept' },
    addresses: { kind: 'text', value: '.hexhail/addresses.json', shown: 'FILE', help: 'chain and contracts' },
    demo: { kind: 'flag', help: 'gives test money and permits away (local chain only)' },
  },
  async run({ port, host, dir, addresses: path, demo }) {
    const addresses = readAddresses(path)
    const faults = (error: unknown): void => console.error(error)
    const settled = new Set<Hex>()
    await using follower = createFollower({ config: addresses, report: faults })
    follower.on(({ type, fact }) => {
      if (fact.fact === 'settled') settled[type === 'fact' ? 'add' : 'delete'](fact.terms)
    })
    await using log = await openFileLog(join(dir, 'records.jsonl'))
    const desk = await createDesk({ log, now: Date.now, isSettled: terms => settled.has(terms) })
    const handler = createAuditHandler({
      desk,
      now: Date.now,
      origins: ['*'],
      report: faults,
      ...(demo && { limits: { file: DEMO_RATE, read: DEMO_RATE } }),
    })
    const gifts = demo ? createGiftHandler(demoGifts(addresses), Date.now, faults) : null
    const server = createServer((request, response) => {
      if (!gifts?.(request, response)) handler(request, response)
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, resolve)
    })
    const { port: taken } = server.address() as AddressInfo
    report({ type: 'ready', data: { url: `http://${host}:${taken}` } })
    await untilStopped()
    server.close()
    server.closeAllConnections()
  },
})
