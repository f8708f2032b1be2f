import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isOrigin } from '@hexhail/audit/log/checkpoint.ts'
import { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { readAddresses } from '../addresses.ts'
import { command } from '../command.ts'
import { keyFromEnvironment } from '../environment.ts'
import { logChain } from '../log-chain.ts'
import { openLogNode } from '../log-node.ts'
import { compareLogs, proveLeaf, verifyFile } from '../log-proofs.ts'
import { report, untilStopped } from '../parent.ts'

/** `hexhail log`: a public log, and proofs of what stands in one. */
export const logCommand = command({
  usage: 'log serve | prove | verify FILE | compare',
  about:
    'serve    runs a log that anyone may file records in and nobody can take anything out of:\n' +
    '         GET /checkpoint, /tile/… (C2SP tlog-tiles), /proof, /consistency, /status; POST /add.\n' +
    '         With --addresses also the acts of that authority, and with HEXHAIL_KEY anchors on its chain.\n' +
    'prove    writes the evidence file of an entry (--leaf HASH or FILE, --url URL) that verify takes\n' +
    'verify   checks an evidence file without a network; exit code 3 if it proves nothing\n' +
    'compare  reads a log at two addresses (--url A --url B) and writes the proof if they are not one; exit code 3 then',
  words: 2,
  options: {
    origin: {
      kind: 'text',
      value: 'log.local',
      shown: 'NAME',
      help: "serve: the log's name, its address without https://",
    },
    dir: {
      kind: 'text',
      value: '.hexhail/log',
      shown: 'DIR',
      help: 'serve: tiles and entries; a folder of its own',
    },
    key: {
      kind: 'text',
      value: 'log.key',
      shown: 'FILE',
      help: 'serve: its key, 64 hex digits; made if absent',
    },
    port: { kind: 'integer', value: 7022, min: 0, max: 65_535, help: 'serve: HTTP port; 0 takes a free one' },
    host: { kind: 'text', value: '127.0.0.1', shown: 'IP', help: 'serve: address to listen on' },
    witness: {
      kind: 'texts',
      shown: '"URL VKEY"',
      help: 'serve: a witness that cosigns; prove: "x VKEY" to name one',
    },
    addresses: {
      kind: 'text',
      value: null,
      shown: 'FILE',
      help: "serve: the chain whose authority's acts are logged",
    },
    'anchor-minutes': {
      kind: 'integer',
      value: 10,
      min: 1,
      max: 10_000,
      help: 'serve: how often it is anchored there',
    },
    url: { kind: 'texts', shown: 'URL', help: 'prove, compare: where the log is' },
    leaf: {
      kind: 'text',
      value: null,
      shown: 'LEAF',
      help: 'prove: leaf hash (0x…), or the file of the entry',
    },
    vkey: {
      kind: 'text',
      value: null,
      shown: 'VKEY',
      help: "the log's key as you know it; without it that of the log or file",
    },
    out: {
      kind: 'text',
      value: null,
      shown: 'FILE',
      help: 'prove, compare: where the file goes; else to the screen',
    },
  },
  async run(options, [deed = '', file]) {
    if (deed === 'serve') return serve(options)
    if (deed === 'prove') return proveLeaf(options)
    if (deed === 'compare') return compareLogs(options)
    if (deed === 'verify' && file !== undefined) return verifyFile(file, options.vkey)
    throw new HexhailError(
      'bad-value',
      'Say what: hexhail log serve, prove, verify FILE or compare; see --help.',
    )
  },
})

interface ServeOptions {
  readonly origin: string
  readonly dir: string
  readonly key: string
  readonly port: number
  readonly host: string
  readonly witness: readonly string[]
  readonly addresses: string | null
  readonly 'anchor-minutes': number
}

async function serve(options: ServeOptions): Promise<void> {
  const { origin, dir, key: keyPath, port, host, witness: witnesses, addresses } = options
  if (!isOrigin(origin))
    throw new HexhailError('bad-value', `--origin takes a name without spaces, not «${origin}».`)
  const faults = (error: unknown): void => console.error(error)
  const wallet = process.env.HEXHAIL_KEY === undefined ? null : walletFromKey(keyFromEnvironment())
  const everyMs = options['anchor-minutes'] * 60_000
  const chain = addresses === null ? {} : await logChain(readAddresses(addresses), wallet, everyMs)
  await using node = await openLogNode({
    origin,
    dir,
    keyPath,
    witnesses,
    prefix: '',
    report: faults,
    ...chain,
  })
  const server = createServer((request, response) => {
    if (node.handle(request, response)) return
    response.writeHead(404).end()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve)
  })
  const { port: taken } = server.address() as AddressInfo
  report({
    type: 'ready',
    data: { url: `http://${host}:${taken}`, vkey: node.log.vkey, size: node.log.published },
  })
  await untilStopped()
  server.close()
  server.closeAllConnections()
}
