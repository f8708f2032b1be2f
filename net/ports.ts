/** What the rest of Hexhail sees of the network: no libp2p type passes this line. */

import type { Neighbour } from '@hexhail/protocol/validate.ts'

/** What a check of a gossip message says; `reject` costs the sender, `ignore` does not. */
export type GossipVerdict = 'accept' | 'ignore' | 'reject'

/** Checks a gossip message of a topic; must settle within 100 ms. Nothing is shown or relayed before it says `accept`. */
export type Validate = (topic: string, data: Uint8Array, from?: Neighbour) => Promise<GossipVerdict>

/** Runs `run` after `delayMs`; the returned function cancels it. */
export type After = (delayMs: number, run: () => void) => () => void

/** What the leaf's surroundings look like now. */
export interface LeafStatus {
  /** Relays connected. */
  readonly relays: number
  /** Own dialable circuit addresses. */
  readonly addrs: readonly string[]
}

/** A private stream of whole frames (<= 4 KiB each) between two peers, encrypted between their peer ids. */
export interface Link {
  readonly remotePeer: string
  readonly direction: 'inbound' | 'outbound'
  /** True where no relay carries it. */
  readonly isDirect?: boolean
  /** Resolves once the frame is with the transport; rejects when the link is closed. */
  send(frame: Uint8Array): Promise<void>
  /** One listener; frames that came before it was set are handed over at once. */
  onFrame(fn: (frame: Uint8Array) => void): void
  /** Called once, also when the link is closed already. */
  onClose(fn: () => void): void
  close(): Promise<void>
}

/** A peer of the edge: a page or a driver's program. It sits on a few relays, keeps silent and forwards nothing. */
export interface Leaf {
  /** Throw-away id, new for each leaf; never an identity. */
  readonly peerId: string
  /** Own circuit multiaddrs, one per relay that holds a reservation now. */
  addrs(): string[]
  connectedRelays(): number
  /** Called at each change of relays, own addresses or followers of a topic. Returns the way to stop it. */
  onStatus(fn: (status: LeafStatus) => void): () => void
  /** Neighbours (relays) that follow the topic; 0 means that nobody listens. */
  audience(topic: string): number
  /**
   * Leaves that follow each topic (16 at most), as a relay tells: exact to 5, then rounded down to 10, 20, 50 …;
   * null when no relay answers.
   */
  presence(topics: readonly string[]): Promise<readonly number[] | null>
  /** Number of neighbours that took the message; bytes published before count 0. */
  publish(topic: string, data: Uint8Array): Promise<number>
  /** Bits of work that the relays connected ask for now, of a bonded key where that is so: with less it is dropped. */
  workBits(isBonded?: boolean): number
  /** Validated messages of a topic. After the last listener has left the topic is held for 60 s. */
  subscribe(topic: string, fn: (data: Uint8Array, from: string) => void): () => void
  /** Takes inbound links of a protocol; one taker per protocol. */
  handle(protocol: string, fn: (link: Link) => void): void
  /** Opens a link to the peer that all `addrs` (circuit multiaddrs) lead to, best relay first. */
  dial(addrs: readonly string[], protocol: string, options: { signal: AbortSignal }): Promise<Link>
  /** Takes a new peer id and new connections, where the leaf can; open links end. */
  renew?(): Promise<void>
  stop(): Promise<void>
}

/** Counters of a relay since its start. */
export interface RelayStats {
  readonly connections: number
  readonly reservations: number
  readonly topics: number
  /** Other relays connected. */
  readonly relays: number
  readonly bytesIn: number
  readonly bytesOut: number
  /** Messages that the guard dropped before any check. */
  readonly dropped: number
  /** Peers hung up for what they sent. */
  readonly kicked: number
}

/** A relay: hub of gossip and of circuits; it knows no contents. */
export interface Relay {
  readonly peerId: string
  /** Dialable multiaddrs, each with /p2p/<id>. */
  readonly addrs: string[]
  /** Meshes with one more relay, for good. All relays of a city mesh with each other. */
  mesh(addr: string): void
  /** Peer ids of other relays that were found where their records say. */
  known(): string[]
  /** Changes the TLS certificate for connections to come; PEM text. */
  setTls(tls: { readonly cert: string; readonly key: string }): void
  stats(): RelayStats
  stop(): Promise<void>
}

/** All that must be kept to resume a conversation after a reload; plain JSON. Outbox bytes are unsealed, in hex. */
export interface ChannelState {
  readonly tag: string
  readonly nextSeq: number
  readonly lastReceived: number
  readonly outbox: readonly { readonly seq: number; readonly bytes: string; readonly expiresAtMs: number }[]
  readonly peerAddrs: readonly string[]
}

/** What a channel is doing: talking, looking for the other side, or over for good. */
export type ChannelStatus = 'linked' | 'seeking' | 'closed'

/** A private conversation of two parties that outlives links, relays and pages. */
export interface Channel {
  readonly tag: string
  readonly status: ChannelStatus
  /** Kept, then sent until it is acknowledged; resolves with its sequence number once it is kept. */
  send(bytes: Uint8Array, options?: { expiresAtMs?: number }): Promise<number>
  /** Sent once if there is a link now, else dropped (positions). */
  tell(bytes: Uint8Array): Promise<void>
  /** Resolves when nothing waits for an acknowledgement. */
  flushed(): Promise<void>
  /** Looks for the other side at these addresses from now on, at once if there is no link. */
  reach(addrs: readonly string[]): Promise<void>
  onStatus(fn: (status: ChannelStatus) => void): () => void
  /** Takes a link made on its own words (`net/upgrade.ts`) beside those over relays, and prefers it while it lives. */
  join(link: Link): void
  /** The state to keep now; the same that `save` was last called with. */
  state(): ChannelState
  close(): Promise<void>
}
