import type { Hex } from '@hexhail/protocol/terms.ts'
import { isZero } from '../checks/byte-read.ts'
import { hexAt } from './text.ts'

/** Bytes of a key of a driver or car: its credential's hash, or an account where there is none; and which of both. */
export const CREDENTIAL_KEY = 36
/** Place of 1 for a credential. */
const IS_CREDENTIAL = 32

/** Writes the key of row i, of a column of credentials and one of accounts. */
export function putCredentialKey(
  credentials: Uint8Array,
  accounts: Uint8Array,
  i: number,
  key: Uint8Array,
): void {
  const has = !isZero(credentials, 32 * i, 32)
  key.fill(0)
  if (has) for (let b = 0; b < 32; b++) key[b] = credentials[32 * i + b]!
  else for (let b = 0; b < 20; b++) key[b] = accounts[20 * i + b]!
  key[IS_CREDENTIAL] = has ? 1 : 0
}

/** Whether the key at a place is of a credential. */
export const hasCredential = (keys: Uint8Array, at: number): boolean => keys[at + IS_CREDENTIAL] === 1

/** The credential or account of the key at a place. */
export const credentialAt = (keys: Uint8Array, at: number): Hex =>
  hexAt(keys, at, hasCredential(keys, at) ? 32 : 20) as Hex
