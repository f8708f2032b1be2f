import { recordEntry } from '@hexhail/audit/log/entry.ts'
import { createLogHandler } from '@hexhail/audit/log/log-http.ts'
import { vkeyOf } from '@hexhail/audit/log/note-key.ts'
import { originHash } from '@hexhail/audit/log/origin-hash.ts'
import { ANCHORED_TOPIC } from '@hexhail/chain/anchor.ts'
import { recordLookUp } from '@hexhail/client/look-up-record.ts'
import { createMemoryStore } from '@hexhail/client/store.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { expect, test } from 'vitest'
import { COUNCIL, LOG_KEY, newLog, START_MS, serve } from '../audit/log/log-world.ts'
import { loggedDesk } from '../audit/memory-desk.ts'

const TRIP: Hex = `0xabc${'1'.repeat(61)}`
const NEIGHBOUR: Hex = `0xabc${'2'.repeat(61)}`
const sealed = (text: string): string => Buffer.from(text.repeat(10)).toString('base64')

async function world() {
  const clock = { nowMs: START_MS }
  const { log } = await newLog(clock)
  const desk = loggedDesk(log)
  const asked: string[] = []
  const handler = createLogHandler({
    log,
    now: () => clock.nowMs,
    prefix: '/log',
    authorities: [],
    records: desk.places,
  })
  const url = await serve((request, response) => {
    asked.push(request.url ?? '')
    handler(request, response)
  })
  const config = { log: { url: `${url}/log`, vkey: vkeyOf(LOG_KEY), witnesses: [vkeyOf(COUNCIL)] } }
  const look = recordLookUp(config, createMemoryStore(), () => clock.nowMs)!
  return { clock, log, desk, look, asked, url }
}

test('a record goes from unfiled over promised into the log, and the log is not told which one is looked for', async () => {
  const { desk, log, look, asked } = await world()
  await desk.publish(NEIGHBOUR, sealed('neighbour'))
  expect(await look(TRIP)).toEqual({ state: 'unfiled' })
  await desk.publish(TRIP, sealed('mine'))
  expect(await look(TRIP)).toMatchObject({ state: 'promised' })
  await log.publish()
  expect(await look(TRIP)).toMatchObject({ state: 'included', size: 2, file: { index: 1 } })
  await desk.publish(TRIP, sealed('another, by the other side'))
  await log.publish()
  expect(await look(TRIP)).toMatchObject({ state: 'included', size: 3 })
  expect(new Set(asked.map(path => path.replace(/\d+/g, '0')))).toEqual(
    new Set(['/log/records?prefix=abc', '/log/consistency?from=0&to=0']),
  )
})

test('what is at the desk before the log is in it when all is published, once', async () => {
  const { desk, log, look } = await world()
  const bytes = Buffer.from(sealed('x'), 'base64')
  await desk.records.add([TRIP, NEIGHBOUR].map(terms => ({ terms, sealed: bytes, atMs: 0 })))
  await desk.publishAll()
  await desk.publishAll()
  await log.publish()
  expect([log.store.size, (await look(NEIGHBOUR)).state]).toEqual([2, 'included'])
  expect(log.store.entry(0)).toEqual(
    recordEntry(Buffer.from(TRIP.slice(2), 'hex'), Buffer.from('x'.repeat(10))),
  )
})

test('a page without a log, or with a key that is none, looks nothing up; a log that is away is an error with a code', async () => {
  const store = createMemoryStore()
  expect(recordLookUp({}, store, Date.now)).toBeNull()
  const log = { url: 'http://127.0.0.1:9', vkey: 'x', witnesses: [] }
  expect(recordLookUp({ log }, store, Date.now)).toBeNull()
  const look = recordLookUp({ log: { ...log, vkey: vkeyOf(LOG_KEY) } }, store, Date.now)
  await expect(look!(TRIP)).rejects.toMatchObject({ code: 'LOG_DOWN' })
  const { url } = await world()
  expect((await fetch(`${url}/log/records?prefix=ABC`)).status).toBe(400)
})

test('a record is said to be anchored when the chain has a tree with it, and not for the log’s word', async () => {
  const { desk, log, look, clock, url } = await world()
  await desk.publish(TRIP, sealed('mine'))
  await log.publish()
  const root = toHex(log.store.root(1))
  await desk.publish(NEIGHBOUR, sealed('neighbour'))
  await log.publish()
  expect(await look(TRIP)).toMatchObject({ state: 'included', size: 2, block: null }) // no anchor is configured
  const anchor = `0x${'aa'.repeat(20)}` as const
  const word = (n: number) => n.toString(16).padStart(64, '0')
  const chain = (told: string, size: number, origin = originHash(LOG_KEY.name)) => {
    const topics = [ANCHORED_TOPIC, `0x${word(9)}`, origin]
    const data = `0x${word(size)}${told.slice(2)}`
    return async () => ({ logs: [{ address: anchor, topics, data, blockNumber: '0x4d' }] })
  }
  const status = {
    vkey: vkeyOf(LOG_KEY),
    checkpoints: [],
    anchors: [{ size: 1, tx: `0x${word(5)}`, atS: 1 }],
  }
  const tells: typeof fetch = async (input, init) =>
    String(input).endsWith('/status') ? Response.json(status) : fetch(input, init)
  const config = { log: { url: `${url}/log`, vkey: vkeyOf(LOG_KEY), witnesses: [], anchor } }
  const ask = (rpc: () => Promise<unknown>, terms = TRIP) =>
    recordLookUp(config, createMemoryStore(), () => clock.nowMs, tells, rpc)!(terms)
  expect(await ask(chain(root, 1))).toMatchObject({ state: 'included', block: 77 })
  expect(await ask(chain(toHex(log.store.root(2)), 2))).toMatchObject({ state: 'included', block: 77 })
  for (const [rpc, terms] of [
    [chain(toHex(log.store.root(2)), 1), TRIP], // another tree of that size
    [chain(root, 1, `0x${word(1)}`), TRIP], // of another log
    [chain(root, 1), NEIGHBOUR], // from before it came
    [async () => null, TRIP], // the chain does not have it
    [() => Promise.reject(new Error('away')), TRIP],
  ] as const)
    expect(await ask(rpc, terms)).toMatchObject({ state: 'included', block: 'due' })
})
