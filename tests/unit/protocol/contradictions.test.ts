import { requestTopic } from '@hexhail/protocol/cells.ts'
import {
  type Contradiction,
  createContradictions,
  isContradiction,
} from '@hexhail/protocol/contradictions.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import { expect, it } from 'vitest'
import { sealRequest, TOPIC } from './some-gossip.ts'

const session = await createSessionKey()
const stranger = await createSessionKey()
const said = async (over: Parameters<typeof sealRequest>[1] = {}, by = session, topic = TOPIC) => ({
  topic,
  raw: await sealRequest(by, { ...over, topic }),
})
const first = await said()
const second = await said({ body: { seats: 4 } })
const proof: Contradiction = { key: session.publicKey, first, second }

it('is a proof that anybody can check', async () => {
  expect(await isContradiction(proof)).toBe(true)
  expect(await isContradiction({ ...proof, first: second, second: first })).toBe(true)
})

it('is none where one of the words is not the author’s, or both can be true', async () => {
  const forged = second.raw.slice()
  forged[90]! ^= 1
  const elsewhere = { ...second, topic: requestTopic(31_338, '87c2e0d4effffff') }
  const address = '/ip4/10.0.0.1/tcp/1/ws/p2p/a/p2p-circuit/p2p/b'
  const lies: Contradiction[] = [
    { ...proof, second: first },
    { ...proof, second: await said({ body: { replyTo: [address] } }) },
    { ...proof, second: await said({ body: { seats: 4 } }, stranger) },
    { ...proof, key: stranger.publicKey },
    { ...proof, second: await said({ body: { seats: 4, requestId: new Uint8Array(16).fill(7) } }) },
    { ...proof, second: { ...second, raw: forged } },
    { ...proof, second: elsewhere },
    { ...proof, second: { ...second, raw: new Uint8Array(3) } },
  ]
  expect(await Promise.all(lies.map(isContradiction))).toEqual(lies.map(() => false))
})

it('keeps one proof an author, so many in all, and tells of new ones', () => {
  const kept = createContradictions(2)
  const heard: number[] = []
  const stop = kept.onNew(({ key }) => heard.push(key[0]!))
  for (const author of [1, 1, 2, 3]) kept.add({ ...proof, key: new Uint8Array(64).fill(author) })
  expect(heard).toEqual([1, 2, 3])
  expect(kept.total).toBe(3)
  expect(kept.all().map(({ key }) => key[0])).toEqual([2, 3])
  expect(kept.has(new Uint8Array(64).fill(1))).toBe(false)
  stop()
  kept.add({ ...proof, key: new Uint8Array(64).fill(4) })
  expect(heard).toEqual([1, 2, 3])
})
