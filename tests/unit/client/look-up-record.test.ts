import { recordEntry } from '@hexhail/audit/log/entry.ts'
import { createLogHandler } from '@hexhail/audit/log/log-http.ts'
import { vkeyOf } from '@hexhail/audit/log/note-key.ts'
import { recordLookUp } from '@hexhail/client/look-up-record.ts'
import { createMemoryStore } from '@hexhail/client/store.ts'
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
