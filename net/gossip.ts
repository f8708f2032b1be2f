import { type GossipSub, type GossipsubOpts, TopicValidatorResult } from '@libp2p/gossipsub'
import type { PeerScoreParams, PeerScoreThresholds } from '@libp2p/gossipsub/score'
import type { PeerId } from '@libp2p/interface'
import { sha256 } from '@noble/hashes/sha2.js'
import { createFingerprint } from './fingerprint.ts'
import type { RpcBytes } from './intake.ts'
import type { GossipVerdict } from './ports.ts'
import { SCORE_PARAMS, SCORE_THRESHOLDS } from './scores.ts'
import { type OutRpc, RPC_LIMITS } from './split-rpc.ts'

/** A received RPC as far as the guard looks into it. */
export interface GossipRpc {
  subscriptions: { topic?: string; subscribe?: boolean }[]
  messages: { topic?: string; data?: Uint8Array }[]
}

/** The parts of the gossipsub object that its public type leaves out. */
export interface GossipRouter extends GossipSub {
  readonly subscriptions: ReadonlySet<string>
  /** Neighbours' topics. */
  readonly topics: ReadonlyMap<string, ReadonlySet<string>>
  readonly opts: { scoreParams: PeerScoreParams; scoreThresholds: PeerScoreThresholds }
  readonly score: {
    addPenalty(peer: string, penalty: number, label: string): void
    readonly scoreCache: Map<string, unknown>
  }
  readonly peerTopicBytes: ReadonlyMap<string, number>
  getScore(peer: string): number
  handleReceivedRpc(from: PeerId, rpc: GossipRpc): Promise<void>
  decodeRpc(bytes: Uint8Array): GossipRpc
  pipePeerReadStream(peer: PeerId, source: AsyncIterable<RpcBytes>): Promise<void>
  handlePeerReadStreamError(error: Error, peer: PeerId): void
  readonly streamsOutbound: ReadonlyMap<string, unknown>
  /** Control messages and gossip that wait for the next RPC to a peer. */
  readonly control: Map<string, NonNullable<OutRpc['control']>>
  readonly gossip: Map<string, NonNullable<OutRpc['control']>['ihave']>
  sendRpc(peer: string, rpc: OutRpc): boolean
  piggybackControl(peer: string, rpc: OutRpc, control: NonNullable<OutRpc['control']>): void
  piggybackGossip(peer: string, rpc: OutRpc, ihave: NonNullable<OutRpc['control']>['ihave']): void
}

/** Our verdicts in gossipsub's words. */
export const RESULTS: Readonly<Record<GossipVerdict, TopicValidatorResult>> = {
  accept: TopicValidatorResult.Accept,
  ignore: TopicValidatorResult.Ignore,
  reject: TopicValidatorResult.Reject,
}

const encoder = new TextEncoder()

/**
 * First 20 bytes of sha256(topic, 0, data). The topic is part of it, so nobody can bury a message by sending
 * a copy of it on another topic first.
 */
function messageId(topic: string, data: Uint8Array): Uint8Array {
  return sha256.create().update(encoder.encode(topic)).update(SEPARATOR).update(data).digest().subarray(0, 20)
}

const SEPARATOR = new Uint8Array(1)

/** Tells copies apart from new messages without a sha256; the key is this program's own. */
const fingerprint = createFingerprint(...fingerprintKey())

function fingerprintKey(): [number, number] {
  const [a, b] = crypto.getRandomValues(new Uint32Array(2))
  return [a!, b!]
}

/** Gossip options that relays and leaves share. Signatures are the envelope's own, checked by the validator. */
const GOSSIP: Partial<GossipsubOpts> = {
  globalSignaturePolicy: 'StrictNoSign',
  fastMsgIdFn: ({ topic, data }) => fingerprint(topic ?? '', data ?? SEPARATOR),
  msgIdFn: message => messageId(message.topic, message.data),
  fallbackToFloodsub: false,
  floodPublish: true,
  allowPublishToZeroTopicPeers: true,
  ignoreDuplicatePublishError: true,
  doPX: false,
  maxInboundDataLength: RPC_LIMITS.maxBytes,
  maxOutboundBufferSize: 4 * 1024 * 1024,
  maxTopicBytesPerPeer: 8 * 1024 * 1024,
  decodeRpcLimits: {
    maxSubscriptions: RPC_LIMITS.items,
    maxMessages: RPC_LIMITS.items,
    maxIhaveMessageIDs: RPC_LIMITS.ids,
    maxIwantMessageIDs: RPC_LIMITS.ids,
    maxIdontwantMessageIDs: RPC_LIMITS.ids,
    maxControlMessages: RPC_LIMITS.items,
    maxPeerInfos: 0,
  },
  scoreParams: SCORE_PARAMS,
  scoreThresholds: SCORE_THRESHOLDS,
}

/**
 * Relay: all neighbours in each mesh. With a limit a busy relay answers a leaf's GRAFT with PRUNE and starves it, and so
 * could a crowd of made-up leaves.
 */
export const RELAY_GOSSIP: Partial<GossipsubOpts> = { ...GOSSIP, Dhi: 100_000 }

/** Leaf: two copies in, only its own messages out. With `asyncValidation` nothing is ever forwarded. */
export const LEAF_GOSSIP: Partial<GossipsubOpts> = {
  ...GOSSIP,
  D: 2,
  Dlo: 2,
  Dhi: 3,
  Dscore: 1,
  Dout: 0,
  asyncValidation: true,
}
