import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createDesk } from '@hexhail/audit/desk.ts'
import { createDeskClient } from '@hexhail/audit/desk-client.ts'
import { type AuditHandlerDeps, createAuditHandler } from '@hexhail/audit/http.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { expect, onTestFinished, test } from 'vitest'
import { memoryDesk, memoryRecords } from './memory-desk.ts'

const TRIP: Hex = `0x${'ab'.repeat(32)}`
const PAGE = 'http://127.0.0.1:7003'

async function serve(more: Partial<AuditHandlerDeps> = {}): Promise<string> {
  const desk = memoryDesk()
  const server = createServer(createAuditHandler({ desk, now: () => 0, origins: [PAGE], ...more }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const post = (url: string, body: unknown, origin = PAGE) =>
  fetch(url, {
    method: 'POST',
    headers: { origin },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

test('what a client files, another client lists', async () => {
  const url = await serve()
  const client = createDeskClient(url)
  const sealed = crypto.getRandomValues(new Uint8Array(256))
  await client.file(TRIP, sealed)
  await client.file(TRIP, sealed)
  expect(await createDeskClient(url).list(0)).toEqual([
    { seq: 1, terms: TRIP, sealed, atMs: 0, status: 'unknown' },
  ])
  expect(await client.list(1)).toEqual([])
})

test('a refusal has a status, a code, and an error with a name', async () => {
  const url = await serve()
  const answer = await post(`${url}/records`, { terms: '0x12', sealed: '' })
  expect([answer.status, await answer.json()]).toEqual([400, { code: 'terms' }])
  await expect(createDeskClient(url).file('0x12', new Uint8Array(64))).rejects.toMatchObject({
    code: 'AUDIT_REFUSED',
  })
})

test('an audit node that is away is an error that says so', async () => {
  await expect(createDeskClient('http://127.0.0.1:9').list(0)).rejects.toMatchObject({ code: 'AUDIT_DOWN' })
})

test('an answer that is no list is an error, and a bad line in a list is passed over', async () => {
  const fake = (body: unknown) => createDeskClient('http://x', async () => new Response(JSON.stringify(body)))
  await expect(fake({ records: 7 }).list(0)).rejects.toMatchObject({ code: 'AUDIT_DOWN' })
  expect(
    await fake({ records: [{ seq: 1 }, null, { seq: 2, terms: TRIP, sealed: '%', atMs: 1 }] }).list(0),
  ).toEqual([])
})

test.each([
  ['GET', '/nowhere', undefined, 404],
  ['DELETE', '/records', undefined, 405],
  ['GET', '/records?after=-1', undefined, 400],
  ['GET', '/records?after=x', undefined, 400],
  ['POST', '/records', '{', 400],
  ['POST', '/records', '[]', 400],
  ['POST', '/records', 'x'.repeat(40_000), 413],
  ['GET', '/health', undefined, 200],
])('%s %s answers in JSON with its status', async (method, path, body, status) => {
  const url = await serve()
  const answer = await fetch(url + path, { method, ...(body === undefined ? {} : { body }) })
  expect(answer.status).toBe(status)
  expect(await answer.json()).toBeTypeOf('object')
})

test('a strange request line is answered, not thrown at the server', async () => {
  const url = new URL(await serve())
  const sent = request({ host: url.hostname, port: url.port, path: '//', method: 'GET' })
  sent.end()
  const [answer] = await once(sent, 'response')
  expect(answer.statusCode).toBe(404)
  answer.resume()
})

test('only the named pages may read from a browser', async () => {
  const url = await serve()
  const origin = async (from: string) =>
    (await fetch(`${url}/health`, { headers: { origin: from } })).headers.get('access-control-allow-origin')
  expect(await origin(PAGE)).toBe(PAGE)
  expect(await origin('http://evil.example')).toBeNull()
  const preflight = (from: string) =>
    fetch(`${url}/records`, { method: 'OPTIONS', headers: { origin: from } })
  expect((await preflight(PAGE)).status).toBe(204)
  expect((await preflight('http://evil.example')).status).toBe(403)
})

test('one who asks too fast is told to wait, and may go on later', async () => {
  let nowMs = 0
  const url = await serve({ now: () => nowMs, limits: { read: { burst: 3, perS: 1 } } })
  const statuses = []
  for (let n = 0; n < 5; n++) statuses.push((await fetch(`${url}/health`)).status)
  expect(statuses).toEqual([200, 200, 200, 429, 429])
  nowMs = 1_000
  expect((await fetch(`${url}/health`)).status).toBe(200)
})

test('a fault of the server is reported and answered', async () => {
  const faults: unknown[] = []
  const records = { ...memoryRecords(), add: () => Promise.reject(new Error('disk full')) }
  const desk = createDesk({ records, now: () => 0 })
  const url = await serve({ desk, report: error => faults.push(error) })
  await expect(createDeskClient(url).file(TRIP, new Uint8Array(64))).rejects.toMatchObject({
    code: 'AUDIT_DOWN',
  })
  expect(faults).toHaveLength(1)
})

test('what was released is told to anyone, and read back as it stands in the ledger', async () => {
  const spent = [{ name: 'flows', period: '2026-10', epsilon: 1, sha256: 'ab'.repeat(32) }] as const
  expect(await createDeskClient(await serve({ releases: async () => spent })).releases()).toEqual(spent)
  expect(await createDeskClient(await serve()).releases()).toEqual([])
  const odd = [{ ...spent[0], period: '../x' }, null, { ...spent[0], epsilon: -1 }] as never
  expect(await createDeskClient(await serve({ releases: async () => odd })).releases()).toEqual([])
})
