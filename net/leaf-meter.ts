import { type ByteCounter, createByteCounter } from './byte-counter.ts'
import type { GossipRouter } from './gossip.ts'

/** What a leaf takes in and gives out, for benches and for whoever wants to know what it costs him. */
export interface LeafMeter {
  readonly bytes: ByteCounter
  /** Gossip messages that came in, each copy of them. */
  readonly copies: number
  /** Counts what the router is handed. */
  watch(router: GossipRouter): void
}

/** Makes a meter for one leaf. */
export function createLeafMeter(): LeafMeter {
  let copies = 0
  return {
    bytes: createByteCounter(),
    get copies() {
      return copies
    },
    watch: router => {
      const inner = router.handleReceivedRpc.bind(router)
      router.handleReceivedRpc = (from, rpc) => {
        copies += rpc.messages.length
        return inner(from, rpc)
      }
    },
  }
}
