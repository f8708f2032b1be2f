import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createMatcherHandler } from '@hexhail/node/matcher-handler.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { Place, Router } from '@hexhail/streets/router.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** A straight street along the equator: ten seconds a degree, and nothing north of it. */
const place = (at: LngLat): Place => ({ edge: 0, fraction: 0, at })
const router: Router = {
  hash: 'abc',
  snap: at => (at[1] === 0 ? place(at) : null),
  distanceS: (from, to) => Math.abs(from.at[0] - to.at[0]) * 10,
  nearest: (drivers, rider, k) =>
    drivers
      .map(({ id, place: { at } }) => ({ id, etaS: Math.abs(at[0] - rider.at[0]) * 10 }))
      .sort((a, b) => a.etaS - b.etaS)
      .slice(0, k),
  route: () => null,
}

let server: Server
let url: string

beforeAll(async () => {
  server = createServer(createMatcherHandler(router, 'turns'))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => new Promise(resolve => server.close(resolve)))

const ask = (body: string): Promise<Response> => fetch(`${url}/nearest`, { method: 'POST', body })

test('drivers are ranked by road time and those off the streets left out, under the bundle’s hash', async () => {
  const drivers = [
    { id: 'far', at: [5, 0] },
    { id: 'near', at: [1, 0] },
    { id: 'field', at: [0, 1] },
    { id: 'middle', at: [3, 0] },
  ]
  const answer = await ask(JSON.stringify({ rider: [0, 0], drivers, k: 2 }))
  expect(await answer.json()).toEqual({
    city: 'abc',
    model: 'turns',
    traffic: null,
    nearest: [
      { id: 'near', etaS: 10 },
      { id: 'middle', etaS: 30 },
    ],
  })
})

test.each([
  ['{'],
  ['null'],
  ['{"rider":[0,0]}'],
  ['{"rider":[0],"drivers":[]}'],
  ['{"rider":[0,0],"drivers":[null]}'],
  ['{"rider":[0,0],"drivers":[{"id":1,"at":[0,0]}]}'],
  ['{"rider":[0,0],"drivers":[],"k":0}'],
  ['{"rider":["0",0],"drivers":[]}'],
])('%s is no question', async body => {
  expect((await ask(body)).status).toBe(400)
})

test('a rider off the streets is told so, and other paths hold nothing', async () => {
  expect((await ask('{"rider":[0,1],"drivers":[]}')).status).toBe(422)
  expect((await fetch(`${url}/elsewhere`)).status).toBe(404)
  expect(await (await fetch(`${url}/health`)).json()).toEqual({
    ok: true,
    city: 'abc',
    traffic: null,
  })
  expect((await fetch(`${url}/traffic`)).status).toBe(404)
})
