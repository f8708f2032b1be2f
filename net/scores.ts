import type { PeerScoreParams, PeerScoreThresholds, TopicScoreParams } from '@libp2p/gossipsub/score'
import { isTopic } from './topics.ts'

const TOPIC_PARAMS: TopicScoreParams = {
  topicWeight: 1,
  timeInMeshWeight: 0.01,
  timeInMeshQuantum: 1000,
  timeInMeshCap: 300,
  firstMessageDeliveriesWeight: 0.5,
  firstMessageDeliveriesDecay: 0.9,
  firstMessageDeliveriesCap: 20,
  // P3 is off: leaves are silent by design.
  meshMessageDeliveriesWeight: 0,
  meshMessageDeliveriesDecay: 0.5,
  meshMessageDeliveriesCap: 10,
  meshMessageDeliveriesThreshold: 1,
  meshMessageDeliveriesWindow: 10,
  meshMessageDeliveriesActivation: 5000,
  meshFailurePenaltyWeight: 0,
  meshFailurePenaltyDecay: 0.5,
  // P4: four invalid messages graylist; the library's defaults forgive 128 in two seconds.
  invalidMessageDeliveriesWeight: -20,
  invalidMessageDeliveriesDecay: 0.99,
}

/**
 * Peer scores: invalid messages (P4) and bad behaviour (P7) count, the number of peers on one address does not
 * (phones share addresses, and relayed peers carry the relay's).
 */
export const SCORE_PARAMS: Partial<PeerScoreParams> = {
  topicScoreCap: 50,
  IPColocationFactorWeight: 0,
  behaviourPenaltyWeight: -10,
  behaviourPenaltyThreshold: 6,
  behaviourPenaltyDecay: 0.97,
  decayInterval: 1000,
  decayToZero: 0.01,
  retainScore: 600_000,
}

/** Below -100 no gossip, below -200 nothing is published to the peer, below -300 the guard hangs up. */
export const SCORE_THRESHOLDS: PeerScoreThresholds = {
  gossipThreshold: -100,
  publishThreshold: -200,
  graylistThreshold: -300,
  acceptPXThreshold: 100,
  opportunisticGraftThreshold: 1,
}

/** Scores every Hexhail topic by the same parameters: gossipsub scores only topics that it is told of by name. */
export function scoreTopics(params: PeerScoreParams): void {
  params.topics = new Proxy({} as Record<string, TopicScoreParams>, {
    get: (_, topic) => (typeof topic === 'string' && isTopic(topic) ? TOPIC_PARAMS : undefined),
  })
}
