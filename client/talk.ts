import { createChannel } from '@hexhail/net/channel.ts'
import type { Channel, ChannelState } from '@hexhail/net/ports.ts'
import { createSwitchboard } from '@hexhail/net/switchboard.ts'
import type { Role } from '@hexhail/protocol/delegation.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { PrivateMessage } from '@hexhail/protocol/messages.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { ReadonlySignal } from '@preact/signals-core'
import { createDirect } from './direct.ts'
import { introduction } from './introduction.ts'
import type { ClientPorts } from './ports.ts'
import { randomShare } from './random-share.ts'
import type { Session } from './session.ts'
import { createSpeech, type Partner, readMessage, writeMessage } from './speech.ts'
import type { Store } from './store.ts'
import { limitWords } from './word-limit.ts'

/** A message that came in, opened and its signature checked. `key` is the sender's session key, hex. */
export interface Heard {
  readonly tag: string
  readonly key: Hex
  readonly message: PrivateMessage
}

/** All private conversations of one session: sealed, signed, kept until acknowledged, resumed after a reload. */
export interface Talk {
  /** Begins a conversation. */
  open(tag: string, partner: Partner): Promise<void>
  /** Looks for the other side at these addresses from now on. */
  reach(tag: string, addrs: readonly string[]): Promise<void>
  /** Resolves when the message is kept; it is sent until acknowledged or expired. With `once`: sent if there is a link. */
  send(
    tag: string,
    message: PrivateMessage,
    options?: { once?: boolean; expiresAtMs?: number },
  ): Promise<void>
  /** Ends a conversation for good, once what was said has arrived or a few seconds have passed. */
  drop(tag: string): Promise<void>
  /** Each message once, in order within a conversation; the next waits until the returned promise settles. */
  onMessage(fn: (heard: Heard) => void | Promise<void>): void
  /** True while the other side of a conversation is linked. */
  linked(tag: string): boolean
  onLinked(fn: (tag: string, linked: boolean) => void): void
  /** Lets one conversation go without relays where both people allow it; null lets none. */
  allowDirect(tag: string | null): void
  /** The conversation that goes without relays now. */
  readonly direct: ReadonlySignal<string | null>
  stop(): Promise<void>
}

/** What a session's conversations need. `key` is where they are kept. */
export interface TalkInit {
  readonly ports: ClientPorts
  readonly session: Session
  readonly role: Role
  readonly key: string
}

/** What is kept of a conversation. */
interface Kept {
  readonly partner: Partner | null
  readonly channel: ChannelState | undefined
  readonly role: 'caller' | 'answerer'
  readonly expiresAtMs: number
}

/** A conversation that is never closed ends by itself: a trip booked a day ahead, and its case, take less. Ms. */
const LIFE_MS = 36 * 3_600_000
/** Callers that a rider hears out at once. */
const MOST = 48
/** A caller who has said nothing for so long is let go, ms. */
const FIRST_WORD_MS = 15_000
/** What was said last is given this long to arrive before the conversation is dropped, ms. */
const LAST_WORDS_MS = 8_000

/** Forgets all conversations kept under a name. */
export async function forgetTalk(store: Store, key: string): Promise<void> {
  for (const name of await store.keys(`${key}/`)) await store.delete(name)
}

/** Opens a session's conversations and takes up those that were kept. */
export async function createTalk({ ports, session, role, key }: TalkInit): Promise<Talk> {
  const { store, leaf, now, random, report, chainId } = ports
  const channels = new Map<string, Channel>()
  const listeners: ((heard: Heard) => void | Promise<void>)[] = []
  const watchers: ((tag: string, linked: boolean) => void)[] = []
  let stopped = false
  const loaded = Promise.withResolvers<void>()

  const direct = createDirect({
    ports: ports.direct,
    role,
    now,
    tell: (tag, body) =>
      void channels
        .get(tag)
        ?.tell(writeMessage({ name: 'direct', body }))
        .catch(report),
    join: (tag, link) => channels.get(tag)?.join(link),
    isLinked: tag => channels.get(tag)?.status === 'linked',
  })

  const begin = (tag: string, kept: Kept): Channel => {
    let current = kept
    const keep = (change: Partial<Kept>): Promise<void> => {
      current = { ...current, ...change }
      return store.set(`${key}/${tag}`, current)
    }
    const speech = createSpeech({
      workBits: leaf.workBits,
      tag,
      role,
      session,
      chainId,
      now,
      partner: () => current.partner,
      onPartner: partner => keep({ partner }),
    })
    const channel = createChannel({
      switchboard,
      tag,
      role: kept.role,
      state: kept.channel,
      peerAddrs: kept.partner?.addrs ?? [],
      save: state => keep({ channel: state }),
      seal: speech.seal,
      open: speech.open,
      hello: speech.hello,
      meet: speech.meet,
      onMessage: async bytes => {
        const message = readMessage(bytes)
        const from = current.partner
        if (!message || !from) return
        if (message.name === 'direct') return direct.hear(tag, message.body)
        for (const listen of listeners) await listen({ tag, key: toHex(from.key), message })
      },
      expiresAtMs: kept.expiresAtMs,
      now,
      random: () => randomShare(random),
      report,
    })
    channels.set(tag, channel)
    channel.onStatus(status => {
      for (const watch of watchers) watch(tag, status === 'linked')
      if (status === 'linked') direct.linked(tag)
      if (status === 'closed' && channels.get(tag) === channel) channels.delete(tag)
    })
    return channel
  }
  const switchboard = createSwitchboard({
    // Conversations publish nothing but words at their rendezvous.
    leaf: { ...leaf, publish: limitWords(leaf.publish, now) },
    now,
    onNewConversation: async ({ tag, hello }) => {
      // Only riders are called: by drivers with an offer. Once stopped, nobody may begin anew what was ended.
      if (role !== 'rider' || stopped || channels.size >= MOST) return
      await loaded.promise
      const partner = await introduction({ role, session, chainId, now }, hello)
      if (!partner || stopped || channels.has(tag) || channels.size >= MOST) return
      begin(tag, { partner, channel: undefined, role: 'answerer', expiresAtMs: now() + LIFE_MS })
      awaitFirstWord(tag)
    },
  })
  /** A caller who greets and says nothing takes a place that another needs. */
  const awaitFirstWord = (tag: string): void => {
    const channel = channels.get(tag)
    const stopWait = ports.every(FIRST_WORD_MS, () => {
      stopWait()
      if (!channel || channels.get(tag) !== channel || channel.state().lastReceived > 0) return
      void channel
        .close()
        .then(() => store.delete(`${key}/${tag}`))
        .catch(report)
    })
  }
  for (const name of await store.keys(`${key}/`)) {
    const kept = await store.get<Kept>(name)
    if (!kept) continue
    if (kept.expiresAtMs > now()) begin(name.slice(key.length + 1), kept)
    else await store.delete(name)
  }
  loaded.resolve()

  return {
    open: async (tag, partner) => {
      if (!channels.has(tag))
        begin(tag, { partner, channel: undefined, role: 'caller', expiresAtMs: now() + LIFE_MS })
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
      const cut = ports.every(LAST_WORDS_MS, () => void channel.close())
      await channel.flushed().catch(() => {})
      cut()
      await channel.close()
      await store.delete(`${key}/${tag}`)
    },
    onMessage: fn => void listeners.push(fn),
    linked: tag => channels.get(tag)?.status === 'linked',
    onLinked: fn => void watchers.push(fn),
    allowDirect: direct.allow,
    direct: direct.tag,
    stop: async () => {
      stopped = true
      direct.stop()
      await Promise.all([...channels.values()].map(channel => channel.close()))
    },
  }
}
