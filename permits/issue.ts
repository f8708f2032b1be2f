import { jwkThumbprint, type PublicJwk, type Signing } from './es256.ts'
import { issuing, type Random } from './sd-jwt.ts'
import { CLAIM_NAMES, type ClaimsOf, CREDENTIAL_TYP, type CredentialKind, VCT } from './vct.ts'

/** What a credential is made of. Times are unix seconds. */
export interface Issuance<Kind extends CredentialKind> {
  readonly kind: Kind
  readonly claims: ClaimsOf[Kind]
  /** URL of the office. */
  readonly issuer: string
  /** The holder's key: whoever presents the credential proves to have it. */
  readonly holder: PublicJwk
  readonly issuedAtS: number
  readonly untilS: number
  /** The entry in the status list. */
  readonly status: { readonly index: number; readonly uri: string }
}

/** Issues a credential, all of whose claims can be disclosed one by one: `<token>~<disclosure>~…~`. */
export function issueCredential<Kind extends CredentialKind>(
  signing: Signing,
  { kind, claims, issuer, holder, issuedAtS, untilS, status }: Issuance<Kind>,
  random: Random,
): Promise<string> {
  const payload: Record<string, unknown> = {
    iss: issuer,
    vct: VCT[kind],
    iat: issuedAtS,
    exp: untilS,
    cnf: { jwk: holder },
    status: { status_list: { idx: status.index, uri: status.uri } },
    ...claims,
  }
  return issuing(signing, random).issue(
    payload,
    { _sd: [...CLAIM_NAMES[kind]] as never },
    { header: { typ: CREDENTIAL_TYP, alg: 'ES256', kid: jwkThumbprint(signing.jwk) } },
  )
}
