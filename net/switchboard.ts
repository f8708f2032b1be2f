import { createBuckets, type Rate } from '@hexhail/protocol/limits.ts'
import { afterTimeout } from './after.ts'
import { decodeFrame, encodeFrame, type Frame } from './frame.ts'
import type { After, Leaf, Link } from './ports.ts'

/** The protocol of private conversations. */
export const TRIP_PROTOCOL = '/hexhail/trip/1'

/** The HELLO of a conversation that nobody here knows yet; its payload is still sealed. */
export interface Caller {
  readonly tag: string
  readonly hello: Frame
  readonly remotePeer: string
}

/** How to run a switchboard. */
export interface SwitchboardOptions {
  readonly leaf: Leaf
  /**
   * Called for a new tag. Whoever wants the conversation makes its channel before this settles; else the link is closed.
   */
  readonly onNewConversation: (caller: Caller) => void | Promise<void>
  readonly now: () => number
  readonly protocol?: string
  /** New conversations in all, and of one peer. */
  readonly callers?: Rate
  readonly perCaller?: Rate
  /** A link that has said nothing for so long is closed. */
  readonly firstFrameMs?: number
  readonly after?: After
}

/** Takes a link whose first frame was a HELLO for it. */
export type Attach = (link: Link, hello: Frame) => void

/** Links of a leaf by conversation. */
export interface Switchboard {
  readonly leaf: Leaf
  readonly protocol: string
  /** Counts by reason of what was turned away. */
  readonly refused: Readonly<Record<Refusal, number>>
  refuse(code: Refusal): void
  /** Gives the links of a tag to `attach`; one taker per tag. Returns the way to stop it. */
  register(tag: string, attach: Attach): () => void
}

/** Why something was turned away. */
export type Refusal = 'frame' | 'tag' | 'rate' | 'silent' | 'hello' | 'payload' | 'order'

/** Takes all inbound links of a leaf, reads their HELLO and hands them to their conversation. */
export function createSwitchboard(options: SwitchboardOptions): Switchboard {
  const { leaf, onNewConversation, now, protocol = TRIP_PROTOCOL, firstFrameMs = 10_000 } = options
  const after = options.after ?? afterTimeout
  const channels = new Map<string, Attach>()
  const refused: Record<Refusal, number> = {
    frame: 0,
    tag: 0,
    rate: 0,
    silent: 0,
    hello: 0,
    payload: 0,
    order: 0,
  }
  const callers = createBuckets(options.callers ?? { perS: 20, burst: 200 })
  const perCaller = createBuckets(options.perCaller ?? { perS: 1, burst: 4 })
  const introductions = new Map<string, Promise<void>>()

  const turnAway = (link: Link, code: Refusal): void => {
    refused[code]++
    void link.close()
  }
  const introduce = async (link: Link, hello: Frame): Promise<void> => {
    if (!channels.has(hello.tag)) {
      if (!perCaller.take(link.remotePeer, now()) || !callers.take('', now())) return turnAway(link, 'rate')
      // Two links of one new conversation may come at the same time.
      let introduction = introductions.get(hello.tag)
      if (introduction === undefined) {
        const caller = { tag: hello.tag, hello, remotePeer: link.remotePeer }
        introduction = (async () => onNewConversation(caller))().finally(() =>
          introductions.delete(hello.tag),
        )
        introductions.set(hello.tag, introduction)
      }
      await introduction
    }
    const attach = channels.get(hello.tag)
    if (attach !== undefined) return attach(link, hello)
    // He need not call again.
    await link.send(encodeFrame({ type: 'gone', tag: hello.tag, seq: 0, payload: new Uint8Array(0) }))
    turnAway(link, 'tag')
  }
  leaf.handle(protocol, link => {
    const cancel = after(firstFrameMs, () => turnAway(link, 'silent'))
    const waiting: Uint8Array[] = []
    let isFirst = true
    link.onFrame(bytes => {
      if (!isFirst) {
        // Kept until the conversation listens to the link itself.
        if (waiting.push(bytes) > 64) turnAway(link, 'rate')
        return
      }
      isFirst = false
      cancel()
      const frame = decodeFrame(bytes)
      if (frame.verdict !== 'accept' || frame.value.type !== 'hello') turnAway(link, 'frame')
      else introduce(replaying(link, waiting), frame.value).catch(() => turnAway(link, 'tag'))
    })
    link.onClose(cancel)
  })
  return {
    leaf,
    protocol,
    refused,
    refuse: code => {
      refused[code]++
    },
    register: (tag, attach) => {
      if (channels.has(tag)) throw new Error(`Conversation ${tag} has a channel already.`)
      channels.set(tag, attach)
      return () => {
        if (channels.get(tag) === attach) channels.delete(tag)
      }
    },
  }
}

/** The link, whose next listener first gets the frames that came in the meantime. */
const replaying = (link: Link, waiting: Uint8Array[]): Link => ({
  ...link,
  onFrame: fn => {
    link.onFrame(fn)
    for (const frame of waiting.splice(0)) fn(frame)
  },
})
