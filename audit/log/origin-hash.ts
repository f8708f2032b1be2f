import { toHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { sha256 } from '@noble/hashes/sha2.js'

/** A log's name on the chain: sha256 of its origin. */
export const originHash = (origin: string): Hex => toHex(sha256(new TextEncoder().encode(origin)))
