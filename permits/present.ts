import type { Signing } from './es256.ts'
import { presenting } from './sd-jwt.ts'

/** What a presentation is tied to, so that it is good once and for one listener. */
export interface Binding {
  /** Whom it is for: of a trip `tripAudience`, of an office its URL. */
  readonly audience: string
  /** What the listener made by chance. */
  readonly nonce: string
  readonly issuedAtS: number
  /** More that the holder signs: his session key, the hash of the car's credential. */
  readonly extra?: Readonly<Record<string, string>>
}

/** Discloses these claims and no others, and signs for this listener with the holder's key. */
export function presentCredential(
  credential: string,
  claims: readonly string[],
  holder: Signing,
  { audience, nonce, issuedAtS, extra = {} }: Binding,
): Promise<string> {
  const payload = { ...extra, iat: issuedAtS, aud: audience, nonce }
  return presenting(holder).present(credential, frameOf(claims), { kb: { payload } })
}

/** Discloses these claims and signs nothing: for what another signature is tied to. */
export function discloseClaims(credential: string, claims: readonly string[]): Promise<string> {
  return presenting(null).present(credential, frameOf(claims))
}

const frameOf = (claims: readonly string[]): Record<string, boolean> =>
  Object.fromEntries(claims.map(name => [name, true]))
