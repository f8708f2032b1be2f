import { type GossipSub, type GossipsubOpts, TopicValidatorResult } from '@libp2p/gossipsub'
import type { PeerScoreParams, PeerScoreThresholds } from '@libp2p/gossipsub/score'
import type { PeerId } from '@libp2p/interface'
import { sha256 } from '@noble/hashes/sha2.js'
import type { GossipVerdict } from './ports.ts'
import { SCORE_PARAMS, SCORE_THRESHOLDS } from './scores.ts'

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
  readonly score: { addPenalty(peer: string, penalty: number, label: string): void }
  readonly peerTopicBytes: ReadonlyMap<string, number>
  getScore(peer: string): number
  handleReceivedRpc(from: PeerId, rpc: GossipRpc): Promise<void>
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

/** Gossip options that relays and leaves share. Signatures are the envelope's own, checked by the validator. */
const GOSSIP: Partial<GossipsubOpts> = {
  globalSignaturePolicy: 'StrictNoSign',
  msgIdFn: message => messageId(message.topic, message.data),
  fallbackToFloodsub: false,
  floodPublish: true,
  allowPublishToZeroTopicPeers: true,
  ignoreDuplicatePublishError: true,
  doPX: false,
  // A relay tells all its topics in one RPC (about 100 bytes each), so the cap of 64 KiB would cut off a metro relay.
  maxInboundDataLength: 512 * 1024,
  maxOutboundBufferSize: 4 * 1024 * 1024,
  maxTopicBytesPerPeer: 8 * 1024 * 1024,
  decodeRpcLimits: {
    maxSubscriptions: 8192,
    maxMessages: 256,
    maxIhaveMessageIDs: 500,
    maxIwantMessageIDs: 500,
    maxIdontwantMessageIDs: 500,
    maxControlMessages: 8192,
    maxPeerInfos: 0,
  },
  scoreParams: SCORE_PARAMS,
  scoreThresholds: SCORE_THRESHOLDS,
}

/** Relay: many neighbours in each mesh, else a busy relay answers a leaf's GRAFT with PRUNE and starves it. */
export const RELAY_GOSSIP: Partial<GossipsubOpts> = { ...GOSSIP, Dhi: 512 }

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
