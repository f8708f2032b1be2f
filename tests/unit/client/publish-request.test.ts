import { coarseRequest, driversAround, publishRequest } from '@hexhail/client/publish-request.ts'
import { cellAt, cellCentre, requestCells, requestTopic } from '@hexhail/protocol/cells.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import { expect, test } from 'vitest'
import { PLAN, START_MS } from '../protocol/table-top.ts'

const CHAIN = 31_337
/** Near a corner of its cell: two neighbours come within 600 m. */
const pickup = (() => {
  const middle = cellCentre(cellAt(PLAN.pickup, 7))
  for (let east = 0; east < 0.02; east += 0.0005) {
    const place = [middle[0] + east, middle[1]] as const
    if (requestCells(place, 600).length > requestCells(place, 300).length) return place
  }
  throw new Error('no place near a border')
})()
const plan = { ...PLAN, pickup }

/** The network as far as a publication sees it. */
function air({ followers = 1, drivers = null as number | null, empty = [] as string[] }) {
  const said: string[] = []
  return {
    said,
    audience: (topic: string) => (empty.includes(topic) ? 0 : followers),
    publish: async (topic: string) => {
      said.push(topic)
      return followers
    },
    workBits: () => 0,
    presence: async (topics: readonly string[]) => (drivers === null ? null : topics.map(() => drivers)),
  }
}
const body = coarseRequest(plan, {
  requestId: `0x${'11'.repeat(16)}`,
  tariffId: 1,
  sealKey: new Uint8Array(32),
  replyTo: [],
})
async function publish(leaf: ReturnType<typeof air>, step: number, radiusM = 600) {
  const session = await createSessionKey()
  const deps = { leaf: leaf as never, session, chainId: CHAIN, now: () => START_MS }
  return publishRequest(deps, plan, body, step, radiusM)
}

test('neighbours within 600 m are asked, in a crowd those within 300 m; the ring is what is left', async () => {
  const calm = air({ drivers: 50 })
  expect(await publish(calm, 0)).toMatchObject({ radiusM: 600, drivers: 50 * calm.said.length })
  expect(calm.said).toEqual(requestCells(pickup, 600).map(cell => requestTopic(CHAIN, cell)))
  const crowd = air({ drivers: 100 })
  expect(await publish(crowd, 0)).toMatchObject({ radiusM: 300, drivers: 100 * crowd.said.length })
  expect(crowd.said).toEqual(requestCells(pickup, 300).map(cell => requestTopic(CHAIN, cell)))
  await publish(crowd, 1, 300)
  expect(new Set(crowd.said).size).toBe(7)
})

test('cells that nobody follows get no message; without word of relays nothing is known', async () => {
  const own = requestTopic(CHAIN, cellAt(pickup, 7))
  const leaf = air({ empty: [own] })
  expect(await publish(leaf, 0)).toMatchObject({ drivers: null, reached: leaf.said.length })
  expect(leaf.said).not.toContain(own)
})

test('drivers around are told by step, in one question', async () => {
  const around = await driversAround(air({ drivers: 2 }), CHAIN, pickup)
  expect(around).toHaveLength(3)
  expect(around![0]! + around![1]!).toBe(14)
  expect(await driversAround(air({}), CHAIN, pickup)).toBeNull()
})

test('a time for later is said on the grid of five minutes', () => {
  const later = coarseRequest(
    { ...plan, pickupAtMs: START_MS + 1 },
    {
      requestId: `0x${'11'.repeat(16)}`,
      tariffId: 1,
      sealKey: new Uint8Array(32),
      replyTo: [],
    },
  )
  expect(later.pickupAtMs).toBe(START_MS + 300_000)
})
