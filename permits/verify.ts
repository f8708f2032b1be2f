import { accept, ignore, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { type PublicJwk, publicJwk } from './es256.ts'
import { decodeJwt } from './jwt.ts'
import { verifying } from './sd-jwt.ts'
import { CLAIM_NAMES, type ClaimsOf, CREDENTIAL_TYP, type CredentialKind, VCT } from './vct.ts'

/** Why a credential is not believed. */
export type CredentialCode = 'form' | 'kind' | 'signature' | 'early' | 'over' | 'binding'

/** A credential that the issuer signed and whose time it is; whether it still stands, its status says. */
export interface Credential<Kind extends CredentialKind> {
  readonly kind: Kind
  readonly claims: Partial<ClaimsOf[Kind]>
  readonly issuer: string
  readonly holder: PublicJwk
  readonly untilS: number
  readonly status: { readonly index: number; readonly uri: string }
  /** What the holder signed beside the nonce; empty without a key binding. */
  readonly bound: Readonly<Record<string, unknown>>
}

/** What a key binding must say. */
export interface WantedBinding {
  readonly audience: string
  readonly nonce: string
  /** Signed at most so long ago. */
  readonly mostAgeS: number
}

/** Bytes of one presentation, at most. */
export const PRESENTATION_MAX = 16_384
/** Clocks differ by so much. */
const SKEW_S = 60

/** Checks a presentation against the issuer's key. Never throws; time is unix seconds. */
export async function verifyCredential<Kind extends CredentialKind>(
  presentation: string,
  kind: Kind,
  issuer: PublicJwk,
  nowS: number,
  binding: WantedBinding | null,
): Promise<Verdict<Credential<Kind>, CredentialCode>> {
  if (presentation.length > PRESENTATION_MAX) return reject('form')
  const token = decodeJwt(presentation.split('~', 1)[0]!)
  if (token.verdict !== 'accept') return reject('form')
  const { header, payload } = token.value
  if (header.typ !== CREDENTIAL_TYP || header.alg !== 'ES256' || header.crit !== undefined)
    return reject('form')
  if (payload.vct !== VCT[kind]) return reject('kind')
  const bare = bareOf(payload)
  if (!bare) return reject('form')
  if (typeof payload.iat !== 'number' || payload.iat > nowS + SKEW_S) return ignore('early')
  if (bare.untilS <= nowS) return ignore('over')
  if (binding === null && !presentation.endsWith('~')) return reject('binding')
  const checked = await verifying(issuer)
    .verify(presentation, {
      currentDate: nowS,
      skewSeconds: SKEW_S,
      ...(binding && { keyBindingNonce: binding.nonce }),
    })
    .catch((error: Error) => error)
  if (checked instanceof Error)
    return reject(/key binding|nonce|\bKB\b/i.test(checked.message) ? 'binding' : 'signature')
  const kb = checked.kb?.payload as Record<string, unknown> | undefined
  if (binding) {
    const age = kb && typeof kb.iat === 'number' ? nowS - kb.iat : Number.NaN
    if (!kb || kb.aud !== binding.audience || !(age >= -SKEW_S && age <= binding.mostAgeS))
      return reject('binding')
  }
  const disclosed = checked.payload as Record<string, unknown>
  const claims = Object.fromEntries(
    CLAIM_NAMES[kind].filter(name => name in disclosed).map(name => [name, disclosed[name]]),
  ) as Partial<ClaimsOf[Kind]>
  return accept({ kind, claims, ...bare, bound: kb ?? {} })
}

function bareOf(payload: Readonly<Record<string, unknown>>) {
  const { iss, exp, cnf, status } = payload as {
    iss?: unknown
    exp?: unknown
    cnf?: { jwk?: unknown }
    status?: { status_list?: { idx?: unknown; uri?: unknown } }
  }
  const holder = publicJwk(cnf?.jwk)
  const { idx, uri } = status?.status_list ?? {}
  if (typeof iss !== 'string' || typeof exp !== 'number' || !Number.isFinite(exp) || !holder) return null
  if (!Number.isSafeInteger(idx) || (idx as number) < 0 || typeof uri !== 'string') return null
  return { issuer: iss, untilS: exp, holder, status: { index: idx as number, uri } }
}
