/** The wallet's word that a session key speaks for its account, until a time, for one vault. */
import { keccak_256 } from '@noble/hashes/sha3.js'
import { concat, fromHex, toHex } from './hex.ts'
import { recoverAccount } from './recover.ts'
import type { Domain, Hex } from './terms.ts'
import { structHasher, type TypedField, typedDigest } from './typed-data.ts'
import { accept, ignore, reject, type Verdict } from './verdict.ts'

/** Numbers of the roles in a delegation and in the signature of a private message. */
export const ROLES = { rider: 1, driver: 2 } as const

/** Who speaks by a delegation, and the role's number in it: a side of a ride, or a transit operator. */
export const DELEGATED = { ...ROLES, operator: 3 } as const

/** Which side of a ride. */
export type Role = keyof typeof ROLES

/** What a wallet signs to lend its name to a session key. */
export interface Delegation {
  readonly session: Hex
  /** A number of `DELEGATED`. */
  readonly role: number
  /** Unix milliseconds, the same number as `OFFER.sessionUntilMs`. */
  readonly until: number
  /** `delegationScope` of the vault it is good for. */
  readonly scope: Hex
}

const fields = (text: string): TypedField[] =>
  text.split(',').map(field => ({ type: field.split(' ')[0]!, name: field.split(' ')[1]! }))

/** Types for a wallet's typed-data request. */
export const DELEGATION_TYPES = {
  Delegation: fields('address session,uint8 role,uint64 until,bytes32 scope'),
}

/** The EIP-712 domain of delegations: no contract reads them, so it names none. */
export function delegationDomain(chainId: number) {
  return { name: 'Hexhail', version: '1', chainId }
}

/** What a delegation for this vault has in its scope. */
export function delegationScope(vault: Hex): Hex {
  return toHex(keccak_256(concat(new TextEncoder().encode('hexhail delegation'), fromHex(vault, 20))))
}

const hashDelegation = structHasher<Delegation>(DELEGATION_TYPES, 'Delegation')
const hashDomain = structHasher<ReturnType<typeof delegationDomain>>(
  { EIP712Domain: fields('string name,string version,uint256 chainId') },
  'EIP712Domain',
)

/** Digest that the wallet signs. */
export function delegationDigest(chainId: number, delegation: Delegation): Hex {
  return toHex(typedDigest(hashDomain(delegationDomain(chainId)), hashDelegation(delegation)))
}

/** Longest life of a delegation: a long shift, or a trip that drags on. */
export const MAX_DELEGATION_MS = 24 * 3_600_000

/**
 * Whose session key this is, by a wallet's 65-byte signature; a wallet that is a contract cannot delegate. Of an operator
 * `vault` is the register of permits: its word is good for no vault.
 */
export function checkDelegation(claim: {
  readonly domain: Domain
  readonly session: Hex
  readonly role: keyof typeof DELEGATED
  readonly untilMs: number
  readonly account: Hex
  readonly signature: Uint8Array
  readonly nowMs: number
}): Verdict<Hex, 'delegation-late' | 'delegation-long' | 'delegation-signature'> {
  const { domain, session, role, untilMs, account, signature, nowMs } = claim
  if (untilMs <= nowMs) return ignore('delegation-late')
  if (untilMs - nowMs > MAX_DELEGATION_MS) return reject('delegation-long')
  const delegation = { session, role: DELEGATED[role], until: untilMs, scope: delegationScope(domain.vault) }
  const signer = recoverAccount(delegationDigest(domain.chainId, delegation), signature)
  return signer !== null && signer === account.toLowerCase() ? accept(signer) : reject('delegation-signature')
}
