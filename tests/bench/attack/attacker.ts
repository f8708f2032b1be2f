/** A process with an attacker: floods on raw connections, or a crowd of made-up peers that listens and passes nothing on. */
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { createFloods, type Flood } from '../../attack/floods.ts'
import { fromNetwork } from '../../attack/from-network.ts'
import { createRawPeer, type RawPeer } from '../../attack/raw-peer.ts'
import { answer } from './child.ts'

/** A flood over one connection to each relay; who is cut off comes again as another peer. */
export interface FloodOrder {
  readonly chainId: number
  readonly relays: readonly string[]
  readonly topic: string
  readonly cell: string
  readonly flood: string
  /** Different good messages to make beforehand. */
  readonly variety: number
  readonly seed: number
}

/** What a flood came to. */
export interface FloodFigures {
  readonly said: number
  readonly connections: number
  /** From the first hostile word of a connection to its end; those that were never cut off count as the whole time. */
  readonly kickMs: readonly number[]
  /** Whether one who was cut off got in again under the same id. */
  readonly cameBack: boolean
}

/** A crowd: what each of `count` peers a relay does from `attackAfterMs` on. */
export interface CrowdOrder {
  readonly relays: readonly string[]
  readonly topics: readonly string[]
  readonly count: number
  /** Time between two connections. */
  readonly everyMs: number
  readonly attackAfterMs: number
  readonly seed: number
}

/** New connections a second of one network, as the relays' own gate allows. */
const AGAIN_MS = 200
let flood: Flood

async function onOneRelay(addr: string, ms: number, perS: number): Promise<FloodFigures> {
  const { addr: relay, stop } = await fromNetwork('127.0.9.1', addr)
  const endAt = performance.now() + ms
  const kickMs: number[] = []
  let [said, connections, cameBack] = [0, 0, false]
  while (performance.now() < endAt) {
    const peer = await createRawPeer(relay).catch(() => null)
    if (peer === null) continue // a busy relay; he tries again
    connections++
    const beganAt = performance.now()
    let goneAt = Number.POSITIVE_INFINITY
    void peer.gone.then(() => (goneAt = performance.now()))
    for (let mine = 0; peer.isConnected && performance.now() < endAt; ) {
      const due = Math.min(50, 1 + ((performance.now() - beganAt) * perS) / 1000 - mine)
      for (let n = 0; n < due && peer.isConnected; n++, mine++) await flood.say(peer, said++)
      await new Promise(resolve => setTimeout(resolve, 2))
    }
    kickMs.push(Math.min(goneAt, performance.now()) - beganAt)
    if (!cameBack && kickMs.length === 1 && !peer.isConnected) cameBack = await peer.dialAgain()
    await peer.stop()
    await new Promise(resolve => setTimeout(resolve, AGAIN_MS))
  }
  await stop()
  return { said, connections, kickMs, cameBack }
}

const crowd: RawPeer[] = []

answer({
  prepare: async ({ flood: name, seed, ...order }: FloodOrder): Promise<void> => {
    const floods = await createFloods({ ...order, now: Date.now, random: createSeeded(seed).next })
    flood = floods.find(one => one.name === name)!
  },
  flood: async ({ relays, ms, perS }: { relays: readonly string[]; ms: number; perS: number }) => {
    const all = await Promise.all(relays.map(relay => onOneRelay(relay, ms, perS)))
    return {
      said: all.reduce((sum, one) => sum + one.said, 0),
      connections: all.reduce((sum, one) => sum + one.connections, 0),
      kickMs: all.flatMap(one => one.kickMs),
      cameBack: all.some(one => one.cameBack),
    }
  },
  crowd: async ({ relays, topics, count, everyMs, attackAfterMs, seed }: CrowdOrder): Promise<number> => {
    const { next } = createSeeded(seed)
    const bytes = (size: number) => Uint8Array.from({ length: size }, () => Math.floor(next() * 256))
    for (let i = 0; i < count * relays.length; i++) {
      const { addr } = await fromNetwork(`127.0.${10 + (i % 200)}.1`, relays[i % relays.length]!)
      const peer = await createRawPeer(addr)
      crowd.push(peer)
      await peer.send({ subscriptions: topics.map(topic => ({ subscribe: true, topic })) })
      const attack = () => {
        const graft = topics.map(topicID => ({ topicID }))
        const messageIDs = Array.from({ length: 20 }, () => bytes(20))
        const ihave = topics.map(topicID => ({ topicID, messageIDs }))
        void peer.send({ control: { ihave, iwant: [], graft, prune: [], idontwant: [{ messageIDs }] } })
      }
      setTimeout(() => setInterval(attack, 1000), attackAfterMs)
      await new Promise(resolve => setTimeout(resolve, everyMs))
    }
    return crowd.filter(peer => peer.isConnected).length
  },
})
