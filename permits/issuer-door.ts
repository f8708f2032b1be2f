/** OpenID for Verifiable Credential Issuance 1.0 by pre-authorised code: what a wallet asks, answered strictly. */
import { toBase64url } from './base64url.ts'
import { BATCH_MOST, type ConcessionDesk } from './concession-desk.ts'
import { jwkThumbprint, type PublicJwk, publicJwk, type Signing } from './es256.ts'
import { decodeJwt, openJwt } from './jwt.ts'
import type { OfficeDesk } from './office-desk.ts'
import { CLAIM_NAMES, CREDENTIAL_FORMAT, type CredentialKind, VCT } from './vct.ts'

/** An answer for the wire. */
export interface DoorAnswer {
  readonly status: number
  readonly body: object
}

/** What wallets ask for, one by one. `now` and `random` come from outside. */
export interface IssuerDoor {
  /** `/.well-known/openid-credential-issuer` */
  metadata(): object
  /** `/.well-known/oauth-authorization-server` */
  authorization(): object
  /** `/.well-known/jwt-vc-issuer` */
  keys(): object
  /** A credential offer for a granted application or concession, good for one token. */
  offer(id: string, right?: Right): object
  token(form: URLSearchParams): DoorAnswer
  nonce(): DoorAnswer
  credential(bearer: string | undefined, body: Readonly<Record<string, unknown>>): Promise<DoorAnswer>
}

/** `typ` of a proof of possession. */
export const PROOF_TYP = 'openid4vci-proof+jwt'
/** The grant, RFC 6749 and OpenID4VCI section 3.5. */
export const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'
/** What is issued by a code for each right; a driver needs both of his, the car first. */
const CONFIGURATIONS = { permit: ['vehicle', 'driver'], concession: ['concession'] } as const
/** What an offer is for. */
type Right = keyof typeof CONFIGURATIONS

const CODE_LIFE_MS = 600_000
const TOKEN_LIFE_MS = 600_000
const NONCE_LIFE_MS = 300_000
/** Requests for one token, at most: two credentials, and a second try of each; a batch of concessions is one request. */
const MOST_REQUESTS = { permit: 4, concession: 2 } as const
/** Codes, tokens and nonces in memory, at most; the oldest goes first. */
const MOST_KEPT = 10_000
const SKEW_S = 60

const fail = (status: number, error: string): DoorAnswer => ({ status, body: { error } })

/** Words that are good until a time, each found by its text. */
function shortLived<T>(lifeMs: number, random: (size: number) => Uint8Array, now: () => number) {
  const kept = new Map<string, { value: T; untilMs: number }>()
  return {
    make(value: T): string {
      const word = toBase64url(random(32))
      if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value as string)
      kept.set(word, { value, untilMs: now() + lifeMs })
      return word
    },
    look(word: unknown): T | undefined {
      const found = typeof word === 'string' ? kept.get(word) : undefined
      return found && found.untilMs > now() ? found.value : undefined
    },
    drop: (word: string) => void kept.delete(word),
  }
}

/** Opens the door of an office. */
export function createIssuerDoor(
  desk: Pick<OfficeDesk, 'issue'>,
  concessions: Pick<ConcessionDesk, 'issue'>,
  deps: {
    readonly url: string
    readonly signing: Signing
    readonly now: () => number
    readonly random: (size: number) => Uint8Array
  },
): IssuerDoor {
  const { url, signing, now, random } = deps
  const codes = shortLived<{ readonly id: string; readonly of: Right }>(CODE_LIFE_MS, random, now)
  const tokens = shortLived<{ readonly id: string; readonly of: Right; left: number }>(
    TOKEN_LIFE_MS,
    random,
    now,
  )
  const nonces = shortLived<true>(NONCE_LIFE_MS, random, now)

  /** The holders' keys out of the proofs of one request, or the error that the specification names. */
  const holdersOf = async (proofs: unknown, most: number) => {
    const { jwt } = (proofs ?? {}) as { jwt?: unknown }
    if (!Array.isArray(jwt) || jwt.length < 1 || jwt.length > most) return 'invalid_proof'
    const holders: PublicJwk[] = []
    const used = new Set<string>()
    for (const proof of jwt) {
      const read = await readProof(proof)
      if (typeof read === 'string') return read
      holders.push(read.jwk)
      used.add(read.nonce)
    }
    for (const nonce of used) nonces.drop(nonce) // one nonce may stand in all proofs of a request, and of no other
    return holders
  }
  const readProof = async (proof: unknown) => {
    const read = typeof proof === 'string' ? decodeJwt(proof) : null
    const jwk = read?.verdict === 'accept' ? publicJwk(read.value.header.jwk) : null
    if (!jwk) return 'invalid_proof'
    const opened = await openJwt(proof as string, PROOF_TYP, jwk)
    if (opened.verdict !== 'accept') return 'invalid_proof'
    const { aud, iat, nonce } = opened.value
    const ageS = typeof iat === 'number' ? now() / 1_000 - iat : Number.NaN
    if (aud !== url || !(ageS >= -SKEW_S && ageS <= NONCE_LIFE_MS / 1_000)) return 'invalid_proof'
    return nonces.look(nonce) ? { jwk, nonce: nonce as string } : 'invalid_nonce'
  }

  return {
    metadata: () => ({
      credential_issuer: url,
      credential_endpoint: `${url}/permits/credential`,
      nonce_endpoint: `${url}/permits/nonce`,
      batch_credential_issuance: { batch_size: BATCH_MOST },
      credential_configurations_supported: Object.fromEntries(
        Object.values(CONFIGURATIONS)
          .flat()
          .map(kind => [kind, describe(kind)]),
      ),
    }),
    authorization: () => ({
      issuer: url,
      token_endpoint: `${url}/permits/token`,
      response_types_supported: [],
      grant_types_supported: [PRE_AUTHORIZED],
      token_endpoint_auth_methods_supported: ['none'],
      'pre-authorized_grant_anonymous_access_supported': true,
    }),
    keys: () => ({
      issuer: url,
      jwks: { keys: [{ ...signing.jwk, kid: jwkThumbprint(signing.jwk), alg: 'ES256', use: 'sig' }] },
    }),
    offer: (id, of = 'permit') => ({
      credential_issuer: url,
      credential_configuration_ids: CONFIGURATIONS[of],
      grants: { [PRE_AUTHORIZED]: { 'pre-authorized_code': codes.make({ id, of }) } },
    }),
    token(form) {
      const once = (name: string) => (form.getAll(name).length === 1 ? form.get(name) : null)
      if (once('grant_type') === null) return fail(400, 'invalid_request')
      if (form.get('grant_type') !== PRE_AUTHORIZED) return fail(400, 'unsupported_grant_type')
      const code = once('pre-authorized_code')
      if (code === null || form.has('tx_code')) return fail(400, 'invalid_request')
      const right = codes.look(code)
      if (right === undefined) return fail(400, 'invalid_grant')
      codes.drop(code)
      const access_token = tokens.make({ ...right, left: MOST_REQUESTS[right.of] })
      return { status: 200, body: { access_token, token_type: 'Bearer', expires_in: TOKEN_LIFE_MS / 1_000 } }
    },
    nonce: () => ({ status: 200, body: { c_nonce: nonces.make(true) } }),
    async credential(bearer, body) {
      const right = tokens.look(bearer)
      if (!right) return fail(401, 'invalid_token')
      const kind = body.credential_configuration_id
      if (typeof kind !== 'string') return fail(400, 'invalid_credential_request')
      if (!(CONFIGURATIONS[right.of] as readonly string[]).includes(kind))
        return fail(400, 'unknown_credential_configuration')
      const holders = await holdersOf(body.proofs, right.of === 'concession' ? BATCH_MOST : 1)
      if (typeof holders === 'string') return fail(400, holders)
      if (right.left <= 0) return fail(400, 'credential_request_denied')
      right.left--
      const issued =
        right.of === 'concession'
          ? await concessions.issue(right.id, holders)
          : await desk.issue(right.id, kind as 'driver' | 'vehicle', holders[0]!)
      if (issued.verdict !== 'accept') return fail(400, 'credential_request_denied')
      const credentials = [issued.value].flat().map(credential => ({ credential }))
      return { status: 200, body: { credentials } }
    },
  }
}

const describe = (kind: CredentialKind) => ({
  format: CREDENTIAL_FORMAT,
  vct: VCT[kind],
  scope: kind,
  cryptographic_binding_methods_supported: ['jwk'],
  credential_signing_alg_values_supported: ['ES256'],
  proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
  credential_metadata: { claims: CLAIM_NAMES[kind].map(name => ({ path: [name] })) },
})
