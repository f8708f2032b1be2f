import { bytes, list, message, u64 } from './fields.ts'
import { concat, hexDigits } from './hex.ts'
import { nameBytes } from './peer-name.ts'

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

/** Moves that hang together, at most: more are decided in the epochs after. */
export const MOST_MOVES = 6

const WORDS = message(0, 'commit words', {
  epoch: u64,
  driver: bytes(16),
  request: bytes(16),
  promiseMs: u64,
  expiresAtMs: u64,
  moves: list(bytes(48), MOST_MOVES),
})
const UNDER = new TextEncoder().encode('hexhail commit\n')

/** What the driver signs of a commit; its names are those of `peerName`. */
export function commitBytes({ epoch, driver, request, promiseMs, expiresAtMs, moves }: Commit): Uint8Array {
  const names = { driver: nameBytes(driver), request: nameBytes(request) }
  return concat(UNDER, WORDS.encode({ epoch, ...names, promiseMs, expiresAtMs, moves: packMoves(moves) }))
}

const NOBODY = new Uint8Array(16)

/** Moves as they go over the wire: three names each, zeros for nobody. */
export const packMoves = (moves: readonly Move[]): Uint8Array[] =>
  moves.map(({ request, from, to }) =>
    concat(nameBytes(request), from === null ? NOBODY : nameBytes(from), nameBytes(to)),
  )

/** The moves in a message. */
export const unpackMoves = (packed: readonly Uint8Array[]): Move[] =>
  packed.map(raw => {
    const [request, from, to] = [raw.subarray(0, 16), raw.subarray(16, 32), raw.subarray(32)]
    return {
      request: hexDigits(request),
      from: from.every(byte => byte === 0) ? null : hexDigits(from),
      to: hexDigits(to),
    }
  })

/** The move that a commit makes itself, or null where it does not list it. */
export const ownMove = ({ driver, request, moves }: Commit): Move | null =>
  moves.find(move => move.to === driver && move.request === request) ?? null
