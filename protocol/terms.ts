/** What both sign, as plain data. The EIP-712 hashing stands in typed-data.ts, the same in contracts/src/Terms.sol. */

/** Hex with `0x`: an account (20 bytes), a digest (32 bytes) or any bytes. */
export type Hex = `0x${string}`

/** The rare half of the terms: only its hash goes to `hold` and `settle`. Times are unix seconds, money minor units. */
export interface Details {
  readonly cancelFee: bigint
  readonly noShowFee: bigint
  readonly freeUntil: number
  readonly lateAt: number
  readonly pickupBy: number
  readonly expiry: number
  readonly arbiter: Hex
  /** keccak256 of the 32-byte boarding secret. */
  readonly boarding: Hex
  /** Salted hash of the trip record; names no place. */
  readonly record: Hex
}

/** What the rider's wallet signs once a trip; its digest is the trip id. */
export interface Terms {
  readonly rider: Hex
  readonly driver: Hex
  /** Last 20 bytes of keccak256(x‖y) of the rider's P-256 session key. */
  readonly session: Hex
  readonly fare: bigint
  readonly hold: bigint
  readonly lane: number
  readonly seq: bigint
  readonly tariff: number
  readonly metres: number
  readonly secs: number
  readonly bp: number
  readonly acceptBy: number
  readonly details: Details
}

/** A cumulative amount that the rider signs: the newest is worth all of them. */
export interface Receipt {
  /** Digest of the terms. */
  readonly terms: Hex
  readonly index: number
  readonly fare: bigint
  readonly wait: bigint
  readonly toll: bigint
  readonly tip: bigint
  readonly metres: number
  readonly secs: number
  readonly waitSecs: number
  readonly record: Hex
}

/** Where terms and receipts are valid: one chain, one vault. */
export interface Domain {
  readonly chainId: number
  readonly vault: Hex
}
