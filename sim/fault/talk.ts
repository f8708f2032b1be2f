import { readMessage, writeMessage } from '@hexhail/client/speech.ts'
import type { Store } from '@hexhail/client/store.ts'
import type { Talk } from '@hexhail/client/talk.ts'
import { createChannel } from '@hexhail/net/channel.ts'
import type { Channel, ChannelState, Leaf } from '@hexhail/net/ports.ts'
import { createSwitchboard } from '@hexhail/net/switchboard.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { signal } from '@preact/signals-core'
import type { Seeded } from '../seeded.ts'
import type { Process } from './process.ts'

/** What the simulated conversations of a device need. `keyOf` says who speaks in a conversation: sealing proves it outside. */
export interface TalkInit {
  readonly process: Process
  readonly store: Store
  readonly leaf: Leaf
  readonly role: 'rider' | 'driver'
  readonly key: string
  readonly keyOf: (tag: string) => Hex | undefined
  readonly seeded: Seeded
  readonly report: (error: unknown) => void
}

interface Kept {
  readonly channel: ChannelState | undefined
  readonly role: 'caller' | 'answerer'
  readonly addrs: readonly string[]
  readonly expiresAtMs: number
}

const LIFE_MS = 36 * 3_600_000
const LAST_WORDS_MS = 8_000

/**
 * Conversations as client/talk.ts has them, over the shipped channels, greetings and resends, but in virtual time and without
 * seals: what is sealed here is plain, so that a run of thousands of trips takes minutes.
 */
export async function createSimTalk(init: TalkInit): Promise<Talk> {
  const { process, store, leaf, role, key, keyOf, seeded, report } = init
  const { now, after } = process
  const channels = new Map<string, Channel>()
  const listeners: Parameters<Talk['onMessage']>[0][] = []
  const watchers: Parameters<Talk['onLinked']>[0][] = []
  let isStopped = false

  const begin = (tag: string, kept: Kept): void => {
    const topic = `meet/${tag}`
    const channel = createChannel({
      switchboard,
      tag,
      role: kept.role,
      state: kept.channel,
      peerAddrs: kept.addrs,
      save: state => store.set(`${key}/${tag}`, { ...kept, channel: state }),
      seal: async (_type, _seq, bytes) => bytes,
      open: async (_type, _seq, bytes) => bytes,
      meet: {
        topic,
        write: async addrs => new TextEncoder().encode(`${role} ${addrs.join(' ')}`),
        read: async data => {
          const [who, ...addrs] = new TextDecoder().decode(data).split(' ')
          return who === role ? undefined : addrs
        },
      },
      onMessage: async bytes => {
        const message = readMessage(bytes)
        const from = keyOf(tag)
        if (message && from) for (const listen of listeners) await listen({ tag, key: from, message })
      },
      expiresAtMs: kept.expiresAtMs,
      now,
      random: seeded.next,
      after,
      report,
    })
    channels.set(tag, channel)
    channel.onStatus(status => {
      for (const watch of watchers) watch(tag, status === 'linked')
      if (status === 'closed' && channels.get(tag) === channel) channels.delete(tag)
    })
  }
  const switchboard = createSwitchboard({
    leaf,
    now,
    after,
    onNewConversation: ({ tag }) => {
      if (role !== 'rider' || isStopped || channels.has(tag)) return
      begin(tag, { channel: undefined, role: 'answerer', addrs: [], expiresAtMs: now() + LIFE_MS })
    },
  })
  for (const name of await store.keys(`${key}/`)) {
    const kept = await store.get<Kept>(name)
    if (kept && kept.expiresAtMs > now()) begin(name.slice(key.length + 1), kept)
  }
  return {
    open: async (tag, { addrs }) => {
      if (!channels.has(tag))
        begin(tag, { channel: undefined, role: 'caller', addrs, expiresAtMs: now() + LIFE_MS })
    },
    reach: async (tag, addrs) => channels.get(tag)?.reach(addrs),
    send: async (tag, message, { once, expiresAtMs } = {}) => {
      const channel = channels.get(tag)
      if (!channel) return
      const bytes = writeMessage(message)
      if (once) await channel.tell(bytes)
      else await channel.send(bytes, expiresAtMs === undefined ? {} : { expiresAtMs })
    },
    drop: async tag => {
      const channel = channels.get(tag)
      if (!channel) return store.delete(`${key}/${tag}`)
      const cut = after(LAST_WORDS_MS, () => void channel.close())
      await channel.flushed().catch(() => {})
      cut()
      await channel.close()
      await store.delete(`${key}/${tag}`)
    },
    onMessage: fn => void listeners.push(fn),
    linked: tag => channels.get(tag)?.status === 'linked',
    onLinked: fn => void watchers.push(fn),
    allowDirect: () => {},
    direct: signal(null),
    stop: async () => {
      isStopped = true
      await Promise.all([...channels.values()].map(channel => channel.close()))
    },
  }
}
