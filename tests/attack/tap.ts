import { gossipValidator } from '@hexhail/client/gossip.ts'
import type { ClientPorts } from '@hexhail/client/ports.ts'
import { createLeaf } from '@hexhail/net/leaf.ts'
import type { Link } from '@hexhail/net/ports.ts'
import { createRelay } from '@hexhail/net/relay.ts'
import { authorOf } from '@hexhail/protocol/envelope.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { signal } from '@preact/signals-core'
import type { Seen } from './search.ts'

/** A gossip message as a relay sees it. */
export interface Overheard extends Seen {
  readonly topic: string
}

/** Everything that left the devices of some people, by way. */
export interface Tapped {
  readonly gossip: Overheard[]
  /** Frames of private streams as they are inside the circuit's own encryption, which a relay cannot even open. */
  readonly frames: Seen[]
}

/** A person's ports whose network writes down all bytes that go out. */
export function tap(ports: ClientPorts, who: string, into: Tapped): ClientPorts {
  const { leaf } = ports
  const tapped = (link: Link): Link => ({
    ...link,
    send: frame => {
      into.frames.push({ where: `frame of ${who}`, bytes: frame.slice() })
      return link.send(frame)
    },
  })
  return {
    ...ports,
    leaf: {
      ...leaf,
      publish: (topic, data) => {
        into.gossip.push({ where: `gossip of ${who} in ${topic}`, topic, bytes: data.slice() })
        return leaf.publish(topic, data)
      },
      handle: (protocol, fn) => leaf.handle(protocol, link => fn(tapped(link))),
      dial: async (...args) => tapped(await leaf.dial(...args)),
    },
  }
}

/** A stranger: a relay that looks at every message it passes on, and a peer on it who follows what he likes. */
export async function startSpy(chainId: number, peers: readonly string[]) {
  const heard: Overheard[] = []
  const count = signal(0)
  const see = (by: string, topic: string, data: Uint8Array) => {
    heard.push({ where: `gossip at the ${by} in ${topic}`, topic, bytes: data.slice() })
    count.value = heard.length
  }
  const check = gossipValidator(chainId, Date.now)
  const relay = await createRelay({
    port: 0,
    peers,
    discovery: { chainId },
    authorOf,
    limits: { maxTopics: 100 },
    validate: async (topic, data) => {
      see('relay', topic, data)
      return check(topic, data)
    },
  })
  const leaf = await createLeaf({
    relays: relay.addrs,
    validate: async () => 'accept',
    authorOf,
    now: Date.now,
    random: Math.random,
    want: 1,
  })
  return {
    heard,
    count,
    follow: (topic: string) => leaf.subscribe(topic, data => see('leaf', topic, data)),
    stop: async () => {
      await leaf.stop()
      await relay.stop()
    },
  }
}

/** All that a chain has written down: every transaction and every log, as JSON and as bytes. */
export async function chainBytes(rpcUrl: string): Promise<{ json: Seen[]; data: Seen[] }> {
  const ask = async (method: string, params: readonly unknown[]) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
    const answer = await fetch(rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    return ((await answer.json()) as { result: unknown }).result
  }
  const json: Seen[] = []
  const data: Seen[] = []
  const last = Number(await ask('eth_blockNumber', []))
  for (let number = 0; number <= last; number++) {
    const at = `0x${number.toString(16)}`
    const block = await ask('eth_getBlockByNumber', [at, true])
    const receipts = await ask('eth_getBlockReceipts', [at])
    json.push({
      where: `block ${number}`,
      bytes: new TextEncoder().encode(JSON.stringify([block, receipts])),
    })
    for (const { input } of (block as { transactions: { input: Hex }[] }).transactions)
      data.push({ where: `calldata in block ${number}`, bytes: fromHex(input) })
    for (const { logs } of receipts as { logs: { topics: Hex[]; data: Hex }[] }[])
      for (const log of logs)
        for (const part of [...log.topics, log.data])
          data.push({ where: `log in block ${number}`, bytes: fromHex(part) })
  }
  return { json, data }
}
