import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Worker as Thread } from 'node:worker_threads'
import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { type AsyncCity, openCityWorker } from '@hexhail/streets/city-client.ts'
import { createLocalCity } from '@hexhail/streets/local-city.ts'
import { afterAll, describe, expect, test } from 'vitest'
import { gridTown, seeded } from './grid-town.ts'
import { tileAt } from './tile-at.ts'

const { bytes: bundle, info } = buildCity(gridTown(6, seeded(4)), { name: 'Town' })
const HERE: [number, number] = [-56.199, -34.899]
const THERE: [number, number] = [-56.196, -34.896]

/** A thread that looks like a browser's worker, running the real worker file. */
function threadWorker(): Worker {
  const thread = new Thread(new URL('./worker-host.ts', import.meta.url))
  const worker = {
    onmessage: null as ((event: { data: unknown }) => void) | null,
    onerror: null as ((event: { message: string }) => void) | null,
    postMessage: (message: unknown) => thread.postMessage(message),
    terminate: () => void thread.terminate(),
  }
  thread.on('message', data => worker.onmessage?.({ data }))
  thread.on('error', error => worker.onerror?.({ message: String(error) }))
  return worker as unknown as Worker
}

describe.each([
  ['in this thread', () => createLocalCity()],
  ['in a worker', () => openCityWorker(threadWorker())],
])('a city %s', (_, open: () => AsyncCity) => {
  const city = open()
  afterAll(() => city[Symbol.asyncDispose]())

  test('says that nothing is loaded, refuses foreign bytes, then loads', async () => {
    await expect(city.snap(HERE)).rejects.toMatchObject({ code: 'CITY_NOT_LOADED' })
    await expect(city.load(new Uint8Array([1, 2, 3]))).rejects.toMatchObject({ code: 'CITY_FOREIGN' })
    expect(await city.load(bundle)).toMatchObject({ name: 'Town', hash: info.hash })
    expect((await city.info()).name).toBe('Town')
  })

  test('answers like the pieces it is made of', async () => {
    const [from, to] = [(await city.snap(HERE))!, (await city.snap(THERE))!]
    const route = (await city.route(from, to))!
    expect(await city.distanceS(from, to)).toBe(route.durationS)
    expect(await city.nearest([{ id: 'd', place: from }], to, 1)).toEqual([
      { id: 'd', etaS: route.durationS },
    ])
    expect((await city.find('avenida 3')).map(f => f.title)).toContain('Avenida 3')
    expect(await city.nameAt(from.at)).toMatch(/^(Calle|Avenida) \d$/)
    expect((await city.tile(...tileAt(HERE, 14))).length).toBeGreaterThan(100)
    expect((await city.tile(14, 0, 0)).length).toBe(0)
  })

  test('a call that is given up rejects with the reason and leaves the others alone', async () => {
    const stop = new AbortController()
    const flock = Array.from({ length: 5 }, () => city.tile(...tileAt(HERE, 14), { signal: stop.signal }))
    const other = city.snap(HERE)
    stop.abort(new Error('moved on'))
    const given = await Promise.allSettled(flock)
    for (const result of given)
      if (result.status === 'rejected') expect(result.reason.message).toBe('moved on')
    await expect(city.snap(HERE, { signal: stop.signal })).rejects.toThrow('moved on')
    expect(await other).not.toBeNull()
  })
})

test('a worker fetches its bundle, and says so where it cannot', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/town.city') response.end(bundle)
    else response.writeHead(404).end()
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await using city = openCityWorker(threadWorker())
  await expect(city.load(`${root}/none.city`)).rejects.toMatchObject({ code: 'CITY_FETCH' })
  expect((await city.load(`${root}/town.city`)).name).toBe('Town')
  server.close()
})

test('a city that is closed rejects what is asked of it', async () => {
  const city = openCityWorker(threadWorker())
  const asked = city.info()
  await city[Symbol.asyncDispose]()
  await expect(asked).rejects.toMatchObject({ code: 'CITY_WORKER' })
  await expect(city.info()).rejects.toMatchObject({ code: 'CITY_WORKER' })
})
