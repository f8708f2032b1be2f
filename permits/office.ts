/** The authority's word on its permit office: which key signs credentials, to which key applications are sealed. */
import { delegationDomain } from '@hexhail/protocol/delegation.ts'
import { fromHex, isHex, toHex } from '@hexhail/protocol/hex.ts'
import { recoverAccount } from '@hexhail/protocol/recover.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { structHasher, type TypedField, typedDigest } from '@hexhail/protocol/typed-data.ts'
import { accept, ignore, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import type { PublicJwk } from './es256.ts'

/** What the authority's account signs once a year or so; times are unix seconds. */
export interface OfficeWord {
  /** The contract whose list the account is the authority of. */
  readonly permits: Hex
  /** The issuer's P-256 key. */
  readonly issuerX: Hex
  readonly issuerY: Hex
  /** X25519. */
  readonly sealKey: Hex
  readonly url: string
  readonly from: number
  readonly until: number
}

/** The word with its signature, as the office hands it to anyone. */
export interface SignedOffice extends OfficeWord {
  readonly signature: Hex
}

/** An office that the authority's account vouches for. */
export interface Office {
  readonly issuer: PublicJwk
  readonly sealKey: Hex
  readonly url: string
  readonly fromS: number
  readonly untilS: number
}

/** Why an office is not believed. */
export type OfficeCode = 'office-form' | 'office-over' | 'office-signature'

const fields = (text: string): TypedField[] =>
  text.split(',').map(field => ({ type: field.split(' ')[0]!, name: field.split(' ')[1]! }))

/** Types for a wallet's typed-data request; the domain is `delegationDomain`. */
export const OFFICE_TYPES = {
  Office: fields(
    'address permits,bytes32 issuerX,bytes32 issuerY,bytes32 sealKey,string url,uint64 from,uint64 until',
  ),
}

const hashOffice = structHasher<OfficeWord>(OFFICE_TYPES, 'Office')
const hashDomain = structHasher<ReturnType<typeof delegationDomain>>(
  { EIP712Domain: fields('string name,string version,uint256 chainId') },
  'EIP712Domain',
)

/** Makes the word about a key; the authority's wallet signs it by `OFFICE_TYPES`. */
export function officeWord(
  { x, y }: PublicJwk,
  rest: Pick<OfficeWord, 'permits' | 'sealKey' | 'url' | 'from' | 'until'>,
): OfficeWord {
  return { ...rest, issuerX: toHex(fromBase64url(x)!), issuerY: toHex(fromBase64url(y)!) }
}

/** Digest that the authority's account signs. */
export const officeDigest = (chainId: number, word: OfficeWord): Hex =>
  toHex(typedDigest(hashDomain(delegationDomain(chainId)), hashOffice(word)))

/**
 * Checks what an office says of itself against the authority of the tariff; so a page need not trust whoever told it
 * where the office is. The authority must be an account with a key: a wallet that is a contract cannot vouch here.
 */
export function checkOffice(
  json: unknown,
  wanted: { readonly chainId: number; readonly permits: Hex; readonly authority: Hex; readonly nowS: number },
): Verdict<Office, OfficeCode> {
  const word = wordOf(json)
  if (!word || word.permits.toLowerCase() !== wanted.permits.toLowerCase()) return reject('office-form')
  if (word.from > wanted.nowS + 60 || word.until <= wanted.nowS) return ignore('office-over')
  const signer = recoverAccount(officeDigest(wanted.chainId, word), fromHex(word.signature, 65))
  if (signer !== wanted.authority.toLowerCase()) return reject('office-signature')
  const [x, y] = [word.issuerX, word.issuerY].map(half => toBase64url(fromHex(half, 32))) as [string, string]
  return accept({
    issuer: { kty: 'EC', crv: 'P-256', x, y },
    sealKey: word.sealKey,
    url: word.url.replace(/\/+$/, ''),
    fromS: word.from,
    untilS: word.until,
  })
}

function wordOf(json: unknown): SignedOffice | null {
  const { permits, issuerX, issuerY, sealKey, url, from, until, signature } = (json ??
    {}) as Partial<SignedOffice>
  if (!isHex(permits, 20) || !isHex(issuerX, 32) || !isHex(issuerY, 32) || !isHex(sealKey, 32)) return null
  if (!isHex(signature, 65) || typeof url !== 'string' || !URL.canParse(url)) return null
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(until)) return null
  return { permits, issuerX, issuerY, sealKey, url, from: from as number, until: until as number, signature }
}
