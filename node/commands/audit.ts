import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { importAuditKey } from '@hexhail/audit/audit-key.ts'
import { createDesk } from '@hexhail/audit/desk.ts'
import { readLedger } from '@hexhail/audit/exports/cube-ledger.ts'
import { createAuditHandler } from '@hexhail/audit/http.ts'
import { listMonthKeys, makeMonthKeysAt, publicMonthKeys } from '@hexhail/audit/month-keys.ts'
import { moveRecordFile } from '@hexhail/audit/store/move-record-file.ts'
import { openRecordStore } from '@hexhail/audit/store/open-store.ts'
import { createTariffHandler } from '@hexhail/audit/tariff/tariff-http.ts'
import { createFollower } from '@hexhail/chain/follower.ts'
import { localChainKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { type Addresses, readAddresses } from '../addresses.ts'
import { auditKeyFrom } from '../audit-key-file.ts'
import { openAuditLog } from '../audit-log.ts'
import { command } from '../command.ts'
import { demoGifts } from '../demo-gifts.ts'
import { keyFromEnvironment } from '../environment.ts'
import { createGiftHandler } from '../gift-handler.ts'
import { tellKeys } from '../key-acts.ts'
import { monthKeySigner } from '../month-key-signer.ts'
import { report, untilStopped } from '../parent.ts'
import { createPermitHandler } from '../permit-handler.ts'
import { openPermitOffice } from '../permit-office.ts'
import { fileShelf, shelveDemo } from '../tariff-shelf.ts'
import { type TellAct, teller } from '../tell-act.ts'

/** Between two looks whether the next month has its key. */
const MONTH_KEYS_MS = 3_600_000
/** A whole fleet files from one address. */
const DEMO_RATE = { burst: 2_000, perS: 200 }

/** `hexhail audit`: the desk for sealed trip records, their public log, the permit office, and the demo's faucet. */
export const auditCommand = command({
  usage: 'audit',
  about:
    'Runs an audit node: POST and GET /records, GET /keys, GET /health, GET /tariffs/HASH.json, and POST /tariffs for what the\n' +
    'authority has signed. With --office also the permit office of the authority\n' +
    'whose account is HEXHAIL_KEY (32 bytes, hex): /permits/… and OpenID4VCI; officers decide in the authority page or\n' +
    'by hexhail permit. With --demo, on a local chain, the office grants at once, and POST /faucet gives test money.',
  options: {
    port: { kind: 'integer', value: 7020, min: 0, max: 65_535, help: 'HTTP port; 0 takes a free one' },
    host: { kind: 'text', value: '127.0.0.1', shown: 'IP', help: 'address to listen on' },
    dir: { kind: 'text', value: '.hexhail/audit', shown: 'DIR', help: 'where its keys and files are kept' },
    db: {
      kind: 'text',
      value: null,
      shown: 'DB',
      help: 'the audit database, as for audit sync; audit.sqlite in --dir',
    },
    addresses: { kind: 'text', value: '.hexhail/addresses.json', shown: 'FILE', help: 'chain and contracts' },
    office: { kind: 'flag', help: 'runs the permit office too' },
    url: {
      kind: 'text',
      value: null,
      shown: 'URL',
      help: 'where pages reach this node; http and its address',
    },
    'log-origin': {
      kind: 'text',
      value: null,
      shown: 'NAME',
      help: 'runs a public log of what is filed, at /log',
    },
    'log-witness': { kind: 'texts', shown: '"URL VKEY"', help: 'a witness that cosigns the log' },
    demo: { kind: 'flag', help: 'gives test money and permits away (local chain only)' },
  },
  async run(options) {
    const { port, host, dir, addresses: path, office: asked, url: given, demo } = options
    const addresses = readAddresses(path)
    const faults = (error: unknown): void => console.error(error)
    const settled = new Set<Hex>()
    await using follower = createFollower({ config: addresses, report: faults })
    follower.on(({ type, fact }) => {
      if (fact.fact === 'settled') settled[type === 'fact' ? 'add' : 'delete'](fact.terms)
    })
    const monthKeys = join(dir, 'month-keys')
    mkdirSync(dir, { recursive: true })
    await using records = await openRecordStore(options.db ?? join(dir, 'audit.sqlite'), {
      chainId: addresses.chainId,
      vault: addresses.contracts.vault,
    })
    await moveRecordFile(join(dir, 'records.jsonl'), records)
    const desk = createDesk({ records, now: Date.now, isSettled: terms => settled.has(terms) })
    await using logNode = await openAuditLog({
      origin: options['log-origin'],
      witnesses: options['log-witness'],
      dir,
      addresses,
      demo: demo ? DEMO_RATE : null,
      filed: records,
      report: faults,
    })
    const handler = createAuditHandler({
      desk,
      now: Date.now,
      origins: ['*'],
      keys: async () => publicMonthKeys(await listMonthKeys(monthKeys)),
      releases: async () => readLedger(join(dir, 'epsilon.jsonl')),
      report: faults,
      ...(logNode && { publish: logNode.publish }),
      ...(demo && { limits: { file: DEMO_RATE, read: DEMO_RATE } }),
    })
    const gifts = demo ? createGiftHandler(demoGifts(addresses), Date.now, faults) : null
    const shelf = fileShelf(join(dir, 'tariffs'))
    if (demo) await shelveDemo(shelf, addresses.chainId)
    const tariffs = createTariffHandler({ ...addresses, shelf, now: Date.now, report: faults })
    let permits: ReturnType<typeof createPermitHandler> = () => false
    const server = createServer((request, response) => {
      const others = [gifts, permits, tariffs, logNode?.handle]
      if (!others.some(take => take?.(request, response))) handler(request, response)
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, resolve)
    })
    const { port: taken } = server.address() as AddressInfo
    const url = given ?? `http://${host}:${taken}`
    const authority = demo || asked ? authorityOf(demo) : null
    const tell = authority && logNode ? teller(entry => logNode.log.add(entry), authority) : null
    await using office = demo || asked ? await officeOf({ addresses, url, dir, demo, tell, faults }) : null
    if (office) permits = createPermitHandler(office, Date.now, faults, ...(demo ? [DEMO_RATE] : []))
    await using _keeper =
      demo || asked ? await keepMonthKeys({ addresses, folder: monthKeys, demo, faults, tell }) : null
    report({ type: 'ready', data: { url } })
    await untilStopped()
    server.close()
    server.closeAllConnections()
  },
})

/** The authority's wallet: in a demo the local chain's first account. */
const authorityOf = (demo: boolean) => walletFromKey(demo ? localChainKey(0) : keyFromEnvironment())

/** Makes the keys of this month and the next while the node runs, and tells the log of them and of those destroyed. */
async function keepMonthKeys(init: {
  addresses: Addresses
  folder: string
  demo: boolean
  faults: (error: unknown) => void
  tell: TellAct | null
}): Promise<AsyncDisposable> {
  const { addresses, folder, demo, faults, tell } = init
  const wallet = authorityOf(demo)
  const sign = monthKeySigner(wallet, addresses.chainId)
  const make = async () => {
    const keys = await makeMonthKeysAt(folder, wallet.address, Date.now(), sign)
    if (tell) await tellKeys(keys, tell)
  }
  await make()
  const timer = setInterval(() => void make().catch(faults), MONTH_KEYS_MS)
  return { [Symbol.asyncDispose]: async () => clearInterval(timer) }
}

/** The office: in a demo of the local chain's first account, which grants at once; else of the account in the environment. */
async function officeOf(init: {
  addresses: Addresses
  url: string
  dir: string
  demo: boolean
  faults: (error: unknown) => void
  tell: TellAct | null
}) {
  const { addresses, url, dir, demo, faults, tell } = init
  const keys = await auditKeyFrom(join(dir, 'key.json'))
  const authority = authorityOf(demo)
  const taken = demo ? await importAuditKey(keys.privateKey, keys.publicKey) : null
  const automatic = taken?.verdict === 'accept' ? taken.value : null
  return openPermitOffice({
    addresses,
    authority,
    sealKey: keys.publicKey,
    automatic,
    url,
    dir,
    now: Date.now,
    report: faults,
    ...(tell && { tell }),
  })
}
