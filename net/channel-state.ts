import { hexDigits } from '@hexhail/protocol/hex.ts'
import type { ChannelState } from './ports.ts'

/** Messages that may wait for an acknowledgement. */
export const MAX_OUTBOX = 512

/** A conversation before its first word. */
export const newChannelState = (tag: string, peerAddrs: readonly string[] = []): ChannelState => ({
  tag,
  nextSeq: 1,
  lastReceived: 0,
  outbox: [],
  peerAddrs,
})

/** Puts a message into the outbox, under `state.nextSeq`. */
export const pushed = (state: ChannelState, bytes: Uint8Array, expiresAtMs: number): ChannelState => ({
  ...state,
  nextSeq: state.nextSeq + 1,
  outbox: [...state.outbox, { seq: state.nextSeq, bytes: hexDigits(bytes), expiresAtMs }],
})

/** Takes out what the other side has; the same state when that is nothing new. */
export function acked(state: ChannelState, seq: number): ChannelState {
  const outbox = state.outbox.filter(entry => entry.seq > seq)
  return outbox.length === state.outbox.length ? state : { ...state, outbox }
}

/** Empties messages that nobody needs any more. Their numbers stay: the other side takes messages in order. */
export function expired(state: ChannelState, nowMs: number): ChannelState {
  const isStale = (entry: ChannelState['outbox'][number]): boolean =>
    entry.bytes !== '' && entry.expiresAtMs <= nowMs
  if (!state.outbox.some(isStale)) return state
  return { ...state, outbox: state.outbox.map(entry => (isStale(entry) ? { ...entry, bytes: '' } : entry)) }
}
