import { type ChannelOptions, createChannel } from '@hexhail/net/channel.ts'
import type { Channel, ChannelState, Leaf } from '@hexhail/net/ports.ts'
import { createSwitchboard, type Switchboard } from '@hexhail/net/switchboard.ts'
import { inbox, type Swarm, text } from './swarm.ts'

export const TAG = '00112233445566778899aabbccddeeff'
export const MEET = `/hexhail/1/31337/meet/${TAG}`

/** Stands for sealing: a byte for the sender's side and one for the type, and a key both know. */
export function seals(own: number): Pick<ChannelOptions, 'seal' | 'open'> {
  const mask = (bytes: Uint8Array): Uint8Array => bytes.map(b => b ^ 0x5a)
  return {
    seal: async (type, seq, bytes) => mask(new Uint8Array([own, type.length, seq & 255, ...bytes])),
    open: async (type, seq, bytes) => {
      const plain = mask(bytes)
      const isPeers = plain[0] === 1 - own && plain[1] === type.length && plain[2] === (seq & 255)
      return isPeers ? plain.subarray(3) : undefined
    },
  }
}

export interface Talker {
  readonly channel: Channel
  readonly heard: ReturnType<typeof inbox<string>>
  /** Every state that was kept, oldest first. */
  readonly kept: ChannelState[]
}

/** One side of a conversation, with a store in memory. */
export function talker(
  swarm: Swarm,
  switchboard: Switchboard,
  role: 'caller' | 'answerer',
  options: Partial<ChannelOptions> = {},
): Talker {
  const heard = inbox<string>()
  const kept: ChannelState[] = []
  const side = role === 'caller' ? 0 : 1
  let nonce = 0
  const channel = createChannel({
    switchboard,
    tag: TAG,
    role,
    save: async state => {
      kept.push(state)
    },
    ...seals(side),
    onMessage: bytes => heard.put(text(bytes)),
    meet: {
      topic: MEET,
      write: async addrs =>
        new TextEncoder().encode(JSON.stringify({ side, addrs, nonce: `${Date.now()} ${nonce++}` })),
      read: async data => {
        const read = JSON.parse(text(data))
        return read.side === side ? undefined : read.addrs
      },
    },
    expiresAtMs: Date.now() + 600_000,
    now: Date.now,
    random: Math.random,
    ...options,
  })
  swarm.own({ stop: channel.close })
  return { channel, heard, kept }
}

/** A switchboard that answers the one conversation of the test. */
export function answering(leaf: Leaf, answer: (switchboard: Switchboard) => void = () => {}): Switchboard {
  const switchboard = createSwitchboard({ leaf, now: Date.now, onNewConversation: () => answer(switchboard) })
  return switchboard
}

/** Resolves when a channel has this status. */
export function reached(channel: Channel, status: Channel['status']): Promise<void> {
  if (channel.status === status) return Promise.resolve()
  return new Promise(resolve => {
    const stop = channel.onStatus(now => {
      if (now !== status) return
      stop()
      resolve()
    })
  })
}

/** JSON there and back, as a store would do it. */
export const stored = (state: ChannelState): ChannelState => JSON.parse(JSON.stringify(state))
