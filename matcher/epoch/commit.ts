/** One ride that changes hands: from whom (null: nobody had it) to whom. */
export interface Move {
  readonly request: string
  readonly from: string | null
  readonly to: string
}

/**
 * A driver's word that he takes a ride: one an epoch. It is worth nothing until the rider has countersigned it and the vault
 * has held by it, which it does until `expiresAtMs` only; so afterwards both sides know, each alone, whether it counts.
 */
export interface Commit {
  /** Number of the epoch whose solution it follows. */
  readonly epoch: number
  readonly driver: string
  readonly request: string
  /** When the driver will be at the pickup at the latest; who comes later is paid less (`late-deduction.ts`). */
  readonly promiseMs: number
  readonly expiresAtMs: number
  /**
   * All moves that hang together with this one, its own among them: the vault makes a rotation whole or not at all, and
   * of a chain what does not wait for a missing one. Just its own in the usual case.
   */
  readonly moves: readonly Move[]
}

/** What the driver signs of a commit: its figures in fixed order, in the JSON that every ECMAScript engine writes alike. */
export function commitBytes({ epoch, driver, request, promiseMs, expiresAtMs, moves }: Commit): Uint8Array {
  const listed = moves.map(({ request, from, to }) => [request, from, to])
  const told = ['hexhail commit', 1, epoch, driver, request, promiseMs, expiresAtMs, listed]
  return new TextEncoder().encode(JSON.stringify(told))
}

/** The move that a commit makes itself, or null where it does not list it. */
export const ownMove = ({ driver, request, moves }: Commit): Move | null =>
  moves.find(move => move.to === driver && move.request === request) ?? null
