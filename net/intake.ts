import type { PeerId } from '@libp2p/interface'
import type { GossipRouter, GossipRpc } from './gossip.ts'

/** What is to be said of a neighbour's RPCs before they are looked into. */
export interface IntakeRules {
  /** Whether an RPC of so many bytes may be decoded; `stop` reads no more from this neighbour. */
  admit(peer: PeerId, bytes: number): 'decode' | 'drop' | 'stop'
  /** An RPC that cannot be decoded, or holds more than it may. */
  spoiled(peer: PeerId): void
  /** An RPC longer than any may be: its stream has been given up. */
  tooLong(peer: PeerId): void
}

/** Puts the rules between a router's streams and its decoder, and keeps account of who sends what cannot be decoded. */
export function watchIntake(router: GossipRouter, rules: IntakeRules): void {
  const pipe = router.pipePeerReadStream.bind(router)
  const decode = router.decodeRpc.bind(router)
  const failed = router.handlePeerReadStreamError.bind(router)
  const decoded = new WeakMap<Uint8Array, GossipRpc>()

  async function* admitted(peer: PeerId, source: AsyncIterable<RpcBytes>): AsyncGenerator<RpcBytes> {
    for await (const data of source) {
      const wanted = rules.admit(peer, data.byteLength)
      if (wanted === 'stop') return
      if (wanted === 'drop') continue
      const bytes = data.subarray()
      try {
        decoded.set(bytes, decode(bytes))
      } catch {
        rules.spoiled(peer)
        continue
      }
      yield { byteLength: bytes.byteLength, subarray: () => bytes }
    }
  }
  router.decodeRpc = bytes => decoded.get(bytes) ?? decode(bytes)
  router.pipePeerReadStream = (peer, source) => pipe(peer, admitted(peer, source))
  router.handlePeerReadStreamError = (error, peer) => {
    failed(error, peer)
    if (error.name === 'InvalidDataLengthError' || error.name === 'InvalidDataLengthLengthError')
      rules.tooLong(peer)
  }
}

/** Bytes of one RPC, in one piece or many. */
export interface RpcBytes {
  readonly byteLength: number
  subarray(): Uint8Array
}
