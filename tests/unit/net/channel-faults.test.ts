import { type ChannelOptions, createChannel } from '@hexhail/net/channel.ts'
import type { Channel, ChannelState } from '@hexhail/net/ports.ts'
import { createSwitchboard } from '@hexhail/net/switchboard.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Air, createAir, type VirtualTime, virtualTime } from './air.ts'
import { bytes, text } from './swarm.ts'
import { MEET, seals, TAG } from './talkers.ts'

/** A page that can crash at any moment and comes back with what its store holds. */
class Page {
  readonly side: 0 | 1
  /** What the app has, by sequence number: it survives a crash, as the app's own store would. */
  readonly heard = new Map<number, string>()
  readonly sent: string[] = []
  /** Times a number was handed over in one life of the page. */
  doubled = 0
  store: ChannelState | undefined
  channel!: Channel
  #crash = (): void => {}
  #addrs: readonly string[] = []
  readonly #air: Air
  readonly #time: VirtualTime
  readonly #random: () => number

  constructor(side: 0 | 1, air: Air, time: VirtualTime, random: () => number) {
    this.side = side
    this.#air = air
    this.#time = time
    this.#random = random
    this.load()
  }

  load(peerAddrs?: readonly string[]): void {
    this.#crash()
    const [time, random, side] = [this.#time, this.#random, this.side]
    const leaf = this.#air.leaf()
    this.#addrs = leaf.addrs()
    let isAlive = true
    let nonce = 0
    const seenNow = new Set<number>()
    const { now, after } = time
    const switchboard = createSwitchboard({ leaf, now, after, onNewConversation: () => {} })
    const options: ChannelOptions = {
      ...seals(side),
      switchboard,
      tag: TAG,
      role: side === 0 ? 'caller' : 'answerer',
      state: this.store,
      ...(peerAddrs && { peerAddrs }),
      save: async state => {
        await time.sleep(random() * 5)
        if (!isAlive) await new Promise(() => {})
        this.store = JSON.parse(JSON.stringify(state))
      },
      onMessage: async (data, seq) => {
        await time.sleep(random() * 5)
        if (!isAlive) await new Promise(() => {})
        if (seenNow.has(seq)) this.doubled++
        seenNow.add(seq)
        this.heard.set(seq, text(data))
      },
      meet: {
        topic: MEET,
        write: async addrs => bytes(JSON.stringify({ side, addrs, nonce: `${leaf.peerId} ${nonce++}` })),
        read: async data => {
          const read = JSON.parse(text(data))
          return read.side === side ? undefined : read.addrs
        },
      },
      expiresAtMs: 10 * 3_600_000,
      now,
      after,
      random,
    }
    this.channel = createChannel(options)
    this.#crash = () => {
      isAlive = false
      leaf.crash()
      void this.channel.close()
    }
  }

  addrs(): readonly string[] {
    return this.#addrs
  }

  peerId(): string {
    return this.#addrs[0]!.split('/').at(-1)!
  }

  async say(message: string): Promise<void> {
    try {
      const seq = await this.channel.send(bytes(message))
      this.sent[seq - 1] = message
    } catch {
      // The page crashed before the message was kept: it was never sent.
    }
  }
}

type Event =
  | { kind: 'say' | 'reload'; side: 0 | 1 }
  | { kind: 'cut' | 'hush' | 'block' | 'pass' | 'straight' }
const side = fc.constantFrom<0 | 1>(0, 1)
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 6, arbitrary: side.map(s => ({ kind: 'say' as const, side: s })) },
  { weight: 2, arbitrary: side.map(s => ({ kind: 'reload' as const, side: s })) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Event>(
      { kind: 'cut' },
      { kind: 'hush' },
      { kind: 'block' },
      { kind: 'pass' },
      { kind: 'straight' },
    ),
  },
)

/** Random numbers below 1 by a seed. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647
}

test('a link that has fallen silent is left for another within seconds, without a heartbeat', async () => {
  const took: number[] = []
  for (let seed = 1; seed <= 15; seed++) {
    const random = seededRandom(seed * 7919)
    const time = virtualTime()
    const air = createAir(time, random)
    const rider = new Page(1, air, time, random)
    const driver = new Page(0, air, time, random)
    driver.load(rider.addrs())
    await time.run(60_000, () => driver.channel.status === 'linked' && rider.channel.status === 'linked')
    air.hush(3_600_000)
    const fromMs = time.now()
    void driver.say('the last word')
    await time.run(600_000, () => rider.heard.size === 1)
    took.push(time.now() - fromMs)
    for (const page of [driver, rider]) void page.channel.close()
  }
  took.sort((a, b) => a - b)
  expect(took[7]).toBeLessThan(7000)
  expect(took.at(-1)).toBeLessThan(20_000)
})

test('whatever breaks, both sides end up with all that was sent, in order, each message once', async () => {
  const runs = fc.array(fc.tuple(event, fc.integer({ min: 0, max: 3000 })), { minLength: 1, maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(runs, fc.integer({ min: 1, max: 2 ** 31 - 2 }), async (events, seed) => {
      const random = seededRandom(seed)
      const time = virtualTime()
      const air = createAir(time, random)
      const rider = new Page(1, air, time, random)
      const driver = new Page(0, air, time, random)
      driver.load(rider.addrs())
      const pages = [driver, rider] as const
      let count = 0
      for (const [what, waitMs] of events) {
        if (what.kind === 'say') void pages[what.side].say(`${what.side} says ${count++}`)
        else if (what.kind === 'reload') pages[what.side].load()
        else if (what.kind === 'cut') air.cut()
        else if (what.kind === 'hush') air.hush()
        else if (what.kind === 'block') air.block(random() * 20_000)
        else if (what.kind === 'straight') {
          const [near, far] = air.pair(driver.peerId(), rider.peerId())
          driver.channel.join(near)
          rider.channel.join(far)
        }
        await time.run(waitMs)
      }
      const isDone = (): boolean =>
        pages.every(p => p.channel.state().outbox.length === 0 && p.channel.status === 'linked')
      await time.run(600_000, isDone)
      expect(isDone()).toBe(true)
      for (const [from, to] of [[driver, rider] as const, [rider, driver] as const]) {
        const numbers = [...to.heard.keys()]
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
        expect(numbers).toEqual(numbers.map((_, i) => i + 1))
        for (const [i, message] of from.sent.entries()) expect(to.heard.get(i + 1)).toBe(message)
        expect(to.doubled).toBe(0)
      }
      for (const page of pages) void page.channel.close()
    }),
    {
      numRuns: 200,
      // A straight link that is given up for silence, while the circuit it falls back to loses the acknowledgement.
      examples: [
        [
          [
            [{ kind: 'say', side: 0 }, 0],
            [{ kind: 'say', side: 1 }, 33],
            [{ kind: 'straight' }, 0],
          ],
          2_147_221_478,
        ],
      ],
    },
  )
})
