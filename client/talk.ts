import type { PrivateMessage } from '@hexhail/protocol/messages.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** Whom a conversation is with: the session key he signs by, the key to seal to, and where he can be dialled. */
export interface Partner {
  readonly key: Uint8Array
  readonly sealKey: Uint8Array
  readonly addrs: readonly string[]
}

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
  /** Resolves when the message is kept; it is sent until acknowledged or expired. Positions are sent once. */
  send(
    tag: string,
    message: PrivateMessage,
    options?: { once?: boolean; expiresAtMs?: number },
  ): Promise<void>
  /** Ends a conversation for good. */
  drop(tag: string): Promise<void>
  /** Each message once, in order within a conversation. */
  onMessage(fn: (heard: Heard) => void | Promise<void>): void
  /** True while the other side of a conversation is linked. */
  linked(tag: string): boolean
  onLinked(fn: (tag: string, linked: boolean) => void): void
  stop(): Promise<void>
}
