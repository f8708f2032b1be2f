/** Peers that say that they are relays, and are not proven yet. */
export interface RelayClaims {
  /** Gives a peer some time to be proven, once; it is a leaf when too many wait already. */
  claim(peer: string): void
  /** Whether a peer is still to be proven. */
  isWaiting(peer: string): boolean
  /** Notes that something which a waiting peer follows was not taken. */
  withhold(peer: string): void
  /** Ends a wait; true when something was withheld, which the peer says again only when it connects anew. */
  settle(peer: string): boolean
}

const MAX_WAITING = 64
/** A dial back and an exchange of records take a second or two. */
const WAIT_MS = 30_000
const FORGET_MS = 600_000

/**
 * Makes the list of claims. A relay that is new to us has much to say before it is proven: that is not taken from it, as
 * anybody can say the same, and it is not blamed for it.
 */
export function relayClaims(now: () => number): RelayClaims {
  const claims = new Map<string, { readonly untilMs: number; isWithheld: boolean }>()
  const isWaiting = (peer: string): boolean => (claims.get(peer)?.untilMs ?? 0) > now()
  return {
    isWaiting,
    claim: peer => {
      for (const [id, { untilMs }] of claims) if (untilMs + FORGET_MS <= now()) claims.delete(id)
      if (claims.has(peer) || [...claims.keys()].filter(isWaiting).length >= MAX_WAITING) return
      claims.set(peer, { untilMs: now() + WAIT_MS, isWithheld: false })
    },
    withhold: peer => {
      const claim = claims.get(peer)
      if (claim !== undefined) claim.isWithheld = true
    },
    settle: peer => {
      const claim = claims.get(peer)
      claims.delete(peer)
      return claim?.isWithheld ?? false
    },
  }
}
