import { decodeFrame, encodeFrame } from '@hexhail/net/frame.ts'
import type { Leaf, Link } from '@hexhail/net/ports.ts'
import {
  type Caller,
  createSwitchboard,
  type SwitchboardOptions,
  TRIP_PROTOCOL,
} from '@hexhail/net/switchboard.ts'
import { expect, test } from 'vitest'
import { createAir, virtualTime } from './air.ts'
import { TAG } from './talkers.ts'

const hello = (tag: string): Uint8Array =>
  encodeFrame({ type: 'hello', tag, seq: 0, payload: new Uint8Array([1, 2]) })
const tagOf = (i: number): string => i.toString(16).padStart(32, '0')

function board(options: Partial<SwitchboardOptions> = {}) {
  const time = virtualTime()
  const air = createAir(time, () => 0.5)
  const [rider, driver] = [air.leaf(), air.leaf()]
  const callers: Caller[] = []
  const attached: Link[] = []
  const { now, after } = time
  /** What the rider's side sends, whether it arrives or not. */
  const sent: Uint8Array[] = []
  const tapped: Leaf = {
    ...rider,
    handle: (protocol, fn) =>
      rider.handle(protocol, link =>
        fn({
          ...link,
          send: async bytes => {
            sent.push(bytes)
            await link.send(bytes)
          },
        }),
      ),
  }
  const switchboard = createSwitchboard({
    leaf: tapped,
    now,
    after,
    onNewConversation: async caller => {
      callers.push(caller)
      await time.sleep(100)
      switchboard.register(caller.tag, link => attached.push(link))
    },
    ...options,
  })
  const dial = async (first?: Uint8Array) => {
    let isClosed = false
    const dialled = driver.dial(rider.addrs(), TRIP_PROTOCOL, { signal: new AbortController().signal })
    await time.run(100)
    const link = await dialled
    link.onClose(() => {
      isClosed = true
    })
    if (first) await link.send(first)
    return { isClosed: () => isClosed }
  }
  return { time, callers, attached, switchboard, sent, dial, driver }
}

test('two links of one new conversation ask once and both get through', async () => {
  const { time, callers, attached, dial, driver } = board()
  await dial(hello(TAG))
  await dial(hello(TAG))
  await time.run(1000)
  expect(callers.map(c => [c.tag, c.remotePeer])).toEqual([[TAG, driver.peerId]])
  expect(callers[0]?.hello.payload).toEqual(new Uint8Array([1, 2]))
  expect(attached).toHaveLength(2)
})

test('a caller whose conversation nobody takes is told so and hung up', async () => {
  const { time, switchboard, sent, dial } = board({ onNewConversation: () => {} })
  const link = await dial(hello(TAG))
  await time.run(1000)
  expect(link.isClosed()).toBe(true)
  expect(sent.map(decodeFrame)).toMatchObject([{ verdict: 'accept', value: { type: 'gone', tag: TAG } }])
  expect(switchboard.refused.tag).toBe(1)
})

test('a link that says nothing, or no HELLO first, is hung up', async () => {
  const { time, switchboard, callers, dial } = board()
  const silent = await dial()
  const rude = await dial(encodeFrame({ type: 'data', tag: TAG, seq: 1, payload: new Uint8Array(1) }))
  const broken = await dial(new Uint8Array(5))
  await time.run(11_000)
  expect([silent, rude, broken].map(l => l.isClosed())).toEqual([true, true, true])
  expect(switchboard.refused).toMatchObject({ silent: 1, frame: 2 })
  expect(callers).toEqual([])
})

test('one peer cannot begin conversations without end', async () => {
  const { time, switchboard, callers, dial } = board({ perCaller: { perS: 0.001, burst: 4 } })
  for (let i = 0; i < 10; i++) await dial(hello(tagOf(i)))
  await time.run(1000)
  expect(callers).toHaveLength(4)
  expect(switchboard.refused.rate).toBe(6)
})
