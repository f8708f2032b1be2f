import { decodeFrame } from '@hexhail/net/frame.ts'
import { openEnvelope } from '@hexhail/protocol/envelope.ts'
import { MEET } from '@hexhail/protocol/messages.ts'
import type { Seen } from './search.ts'

/** How many bytes each sealed part of some frames has; greetings, words and notes alike. */
export const frameSizes = (frames: readonly Seen[]): number[] =>
  frames.flatMap(({ bytes }) => {
    const frame = decodeFrame(bytes)
    if (frame.verdict !== 'accept') throw new Error(frame.code)
    return frame.value.payload.length === 0 ? [] : [frame.value.payload.length]
  })

/** How many bytes each sealed word at a rendezvous has, in gossip. */
export const meetSizes = (gossip: readonly Seen[]): number[] =>
  gossip.flatMap(({ bytes }) => {
    const envelope = openEnvelope(bytes)
    if (envelope.verdict !== 'accept' || envelope.value.kind !== MEET.kind) return []
    const meet = MEET.decode(envelope.value.body)
    return meet.verdict === 'accept' ? [meet.value.sealed.length] : []
  })
