import { originHash } from '@hexhail/audit/log/origin-hash.ts'
import type { TransparencyLog } from '@hexhail/audit/log/transparency-log.ts'
import { type AnchoredPoint, type AnchorPlace, anchorPoint, readAnchors } from '@hexhail/chain/anchor.ts'
import type { Rpc } from '@hexhail/chain/rpc.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import { toHex } from '@hexhail/protocol/hex.ts'

/** What anchoring takes. */
export interface AnchorsDeps {
  readonly log: TransparencyLog
  readonly rpc: Rpc
  readonly place: AnchorPlace
  readonly wallet: ChainWallet
  readonly fromBlock: number
}

/** A log's checkpoints on the chain. */
export interface LogAnchors {
  /** What stands there, newest first, as of the last look. */
  readonly points: readonly AnchoredPoint[]
  /** Puts the newest checkpoint there if the log has grown since the last. */
  anchor(): Promise<void>
}

/** Anchors a log in the name of a wallet. */
export function createLogAnchors({ log, rpc, place, wallet, fromBlock }: AnchorsDeps): LogAnchors {
  const origin = originHash(log.origin)
  let points: readonly AnchoredPoint[] = []
  const look = async () => {
    points = await readAnchors(rpc, place.anchor, wallet.address, origin, fromBlock)
  }
  return {
    get points() {
      return points
    },
    async anchor() {
      await look()
      const size = log.published
      if (size <= (points[0]?.size ?? 0)) return
      await anchorPoint(place, wallet, { origin, size, root: toHex(log.store.root(size)) }, { rpc })
      await look()
    },
  }
}
