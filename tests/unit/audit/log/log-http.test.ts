import { signAct } from '@hexhail/audit/log/act-signature.ts'
import { appendAct } from '@hexhail/audit/log/append-act.ts'
import { signedCheckpointFrom } from '@hexhail/audit/log/checkpoint.ts'
import { decodeEntry, encodeEntry } from '@hexhail/audit/log/entry.ts'
import { createLogClient } from '@hexhail/audit/log/log-client.ts'
import { createLogHandler, type LogHandlerDeps } from '@hexhail/audit/log/log-http.ts'
import { promiseFrom } from '@hexhail/audit/log/promise.ts'
import { readView } from '@hexhail/audit/log/read-view.ts'
import { checkConsistency } from '@hexhail/audit/log/tree-proof.ts'
import { createWalletKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { expect, test } from 'vitest'
import { HASH, LOG_KEY, MAX_DELAY_MS, newLog, START_MS, serve, someRecord } from './log-world.ts'

const clock = { nowMs: START_MS }
const authority = walletFromKey(createWalletKey())

async function world(more: Partial<LogHandlerDeps> = {}) {
  const { log, disk } = await newLog(clock)
  const deps = { log, now: () => clock.nowMs, prefix: '/log', authorities: [authority.address], ...more }
  const handler = createLogHandler(deps)
  const url = await serve((request, response) => {
    if (!handler(request, response)) response.writeHead(418).end()
  })
  return { log, disk, url: `${url}/log`, client: createLogClient(`${url}/log`), base: url }
}

const post = async (url: string, body: Uint8Array) => {
  const answer = await fetch(`${url}/add`, { method: 'POST', body: body as BodyInit })
  return [answer.status, ((await answer.json()) as { code?: string }).code]
}

test('an entry that is filed is promised, and filed again it is promised at the same index', async () => {
  const { client, log } = await world()
  const [first, second] = [await client.add(someRecord(1)), await client.add(someRecord(2))]
  expect([first.index, second.index, (await client.add(someRecord(1))).index]).toEqual([0, 1, 0])
  const promise = await promiseFrom(second.promise, LOG_KEY)
  expect(promise).toMatchObject({
    value: { index: 1, leafHash: new Uint8Array(HASH.leaf(someRecord(2))), maxDelayMs: MAX_DELAY_MS },
  })
  expect(await client.proof(HASH.leaf(someRecord(2)))).toBeNull()
  await log.publish()
  expect(await client.proof(HASH.leaf(someRecord(2)))).toMatchObject({ index: 1 })
})

test('many who file at once share a write, and each gets his own index', async () => {
  const { log } = await newLog(clock)
  const added = await Promise.all(Array.from({ length: 600 }, (_, i) => log.add(someRecord2(i % 500))))
  const places = added.map(each => each.verdict === 'accept' && each.value.index)
  expect(new Set(places).size).toBe(500)
  expect(places.slice(500)).toEqual(places.slice(0, 100))
  expect(log.store.size).toBe(500)
})

const someRecord2 = (n: number): Uint8Array =>
  encodeEntry({ name: 'record', terms: new Uint8Array(32), sealed: Uint8Array.of(n >> 8, n & 255) })

test('what is read from tiles is what the checkpoint signs, also over several tiles', async () => {
  const { client, log } = await world()
  await Promise.all(Array.from({ length: 300 }, (_, i) => log.add(someRecord2(i))))
  await log.publish()
  const sent = await client.checkpoint()
  const checkpoint = await signedCheckpointFrom(sent, LOG_KEY)
  if (checkpoint.verdict !== 'accept') throw new Error(checkpoint.code)
  const view = await readView(client, sent, checkpoint.value, HASH)
  expect(toHex(view!.leafHash(299))).toBe(toHex(log.store.root(300) && HASH.leaf(await client.entry(299))))
  expect(decodeEntry(await client.entry(17)).verdict).toBe('accept')
  const wrong = { ...checkpoint.value, root: new Uint8Array(32) }
  expect(await readView(client, sent, wrong, HASH)).toBeNull()
  const proof = await client.consistency(256, 300)
  const [root1, root2] = [log.store.root(256), checkpoint.value.root]
  expect(checkConsistency({ size1: 256, root1, size2: 300, root2, proof: proof! })).toMatchObject({
    value: true,
  })
})

test('strangers may file records and nothing else; an act needs its authority, who is known here', async () => {
  const { url, client } = await world()
  const key = { name: 'key', key: new Uint8Array(32), change: 1, fromMs: 0, untilMs: 9 } as const
  const stranger = walletFromKey(createWalletKey())
  expect(await appendAct(client.add, key, { wallet: authority, atMs: 5 })).toMatchObject({ index: 0 })
  await expect(appendAct(client.add, key, { wallet: stranger, atMs: 5 })).rejects.toMatchObject({
    data: { code: 'authority' },
  })
  const onChain = { authority: authority.address, tx: `0x${'11'.repeat(32)}`, logIndex: 0, atMs: 5 } as const
  await expect(appendAct(client.add, key, onChain)).rejects.toMatchObject({ data: { code: 'signature' } })
  const bare = {
    ...key,
    authority: authority.address,
    atMs: 5,
    tx: new Uint8Array(32),
    logIndex: 0,
    signature: new Uint8Array(0),
  }
  const signed = await signAct(authority, bare)
  expect(await post(url, encodeEntry({ ...signed, change: 0 }))).toEqual([403, 'signature'])
  expect(await post(url, encodeEntry(signed))).toEqual([200, undefined])
})

test('requests that are none get a status and a code', async () => {
  const { url, base } = await world()
  const said = async (path: string, init?: RequestInit) => {
    const answer = await fetch(path, init)
    return [answer.status, ((await answer.json().catch(() => ({}))) as { code?: string }).code]
  }
  expect(await post(url, new Uint8Array(0))).toEqual([400, 'size'])
  expect(await post(url, Uint8Array.of(9, 1, 2))).toEqual([400, 'version'])
  expect(await post(url, new Uint8Array(20_100))).toEqual([413, 'size'])
  expect(await said(`${url}/proof?leaf=0x12`)).toEqual([400, 'leaf'])
  expect(await said(`${url}/proof?leaf=0x${'12'.repeat(32)}`)).toEqual([404, 'unknown'])
  for (const query of ['', 'from=1&to=0', 'from=0&to=99', 'from=a&to=0', 'from=-1&to=0'])
    expect(await said(`${url}/consistency?${query}`)).toEqual([400, 'range'])
  expect(await said(`${url}/tile/0/0000`)).toEqual([400, 'path'])
  expect(await said(`${url}/tile/0/000`)).toEqual([404, 'tile'])
  expect(await said(`${url}/nothing`)).toEqual([404, 'route'])
  expect(await said(`${url}/checkpoint`, { method: 'DELETE' })).toEqual([405, 'method'])
  expect((await fetch(`${base}/else`)).status).toBe(418)
})

test('who asks too much is told to wait', async () => {
  const { url, client } = await world({ limits: { add: { burst: 1, perS: 1 } } })
  await client.add(someRecord(1))
  await expect(client.add(someRecord(2))).rejects.toMatchObject({ code: 'LOG_DOWN' })
  expect((await fetch(`${url}/checkpoint`)).status).toBe(200)
})

test('a log does not start over a disk that has less than it signed', async () => {
  const { log, disk } = await newLog(clock)
  await log.add(someRecord(1))
  await log.publish()
  await newLog(clock, { disk }) // as it is, it does
  await disk.truncate('tile/entries/000', 0)
  await expect(newLog(clock, { disk })).rejects.toMatchObject({ code: 'log-corrupt' })
})
