/** Calls to a permit office from a page, and what every collecting by OpenID4VCI has in common. */
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Signing } from './es256.ts'
import { PRE_AUTHORIZED, PROOF_TYP } from './issuer-door.ts'
import { signJwt } from './jwt.ts'
import { checkOffice, type Office } from './office.ts'

/** Where the office is, and by what it is believed: the signature of the tariff's authority alone. */
export interface OfficeInit {
  readonly url: string
  readonly chainId: number
  readonly permits: Hex
  readonly authority: Hex
  readonly fetch: typeof globalThis.fetch
  readonly now: () => number
  readonly random: (size: number) => Uint8Array
}

/** Calls of an office. Each rejects with `HexhailError` OFFICE_DOWN, OFFICE_REFUSED or OFFICE_FALSE. */
export interface OfficeCalls {
  /** The office that the tariff's authority vouches for. */
  office(): Promise<Office>
  post(path: string, body: object): Promise<Record<string, unknown>>
  text(path: string): Promise<string>
  /** Trades the code of a credential offer for a token that credentials are asked with. */
  redeem(offer: unknown): Promise<IssuingSession>
  /** What the office answers makes no sense. */
  down(cause: unknown): HexhailError
}

/** An offer that was redeemed. */
export interface IssuingSession {
  /** One request: a credential for each key, in their order. */
  credentials(kind: string, holders: readonly Signing[]): Promise<readonly string[]>
}

const TIMEOUT_MS = 20_000

/** Talks to the office at `url`. */
export function createOfficeCalls(init: OfficeInit): OfficeCalls {
  const { chainId, permits, authority, fetch: call, now } = init
  const base = init.url.replace(/\/+$/, '')
  const down = (cause: unknown) =>
    new HexhailError(
      'OFFICE_DOWN',
      `The permit office at ${base} does not answer: try again later.`,
      {},
      cause,
    )
  const refused = (code: unknown) =>
    new HexhailError('OFFICE_REFUSED', `The permit office refused (${String(code)}).`, { code })
  const ask = async (path: string, request: RequestInit): Promise<Response> => {
    const answer = await call(`${base}${path}`, {
      ...request,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw down(cause)
    })
    if (answer.status === 429 || answer.status >= 500) throw down(answer.status)
    return answer
  }
  const json = async (path: string, request: RequestInit): Promise<Record<string, unknown>> => {
    const answer = await ask(path, request)
    const body = (await answer.json().catch(() => null)) as Record<string, unknown> | null
    if (!answer.ok) throw refused(body?.error ?? body?.code ?? answer.status)
    if (typeof body !== 'object' || body === null) throw down('its answer is no JSON object')
    return body
  }
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    json(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  let known: Office | null = null
  const office = async (): Promise<Office> => {
    const nowS = Math.floor(now() / 1_000)
    if (known && known.untilS > nowS) return known
    const checked = checkOffice(await json('/permits/office', { method: 'GET' }), {
      chainId,
      permits,
      authority,
      nowS,
    })
    if (checked.verdict !== 'accept')
      throw new HexhailError(
        'OFFICE_FALSE',
        `The office at ${base} is not this authority’s (${checked.code}).`,
      )
    return (known = checked.value)
  }
  /** Proofs that one hand holds all the keys; one nonce for a request. */
  const proofs = async (holders: readonly Signing[]): Promise<string[]> => {
    const { c_nonce } = await post('/permits/nonce', {})
    const payload = { aud: (await office()).url, iat: Math.floor(now() / 1_000), nonce: c_nonce }
    return Promise.all(holders.map(each => signJwt(each, { typ: PROOF_TYP, jwk: each.jwk }, payload)))
  }
  return {
    office,
    post: (path, body) => post(path, body),
    text: async path => (await ask(path, { method: 'GET' })).text(),
    async redeem(offer) {
      const { grants } = (offer ?? {}) as { grants?: Record<string, { 'pre-authorized_code'?: string }> }
      const code = grants?.[PRE_AUTHORIZED]?.['pre-authorized_code'] ?? ''
      const form = new URLSearchParams({ grant_type: PRE_AUTHORIZED, 'pre-authorized_code': code })
      const { access_token } = await json('/permits/token', { method: 'POST', body: form })
      return {
        async credentials(kind, holders) {
          const body = { credential_configuration_id: kind, proofs: { jwt: await proofs(holders) } }
          const headers = { authorization: `Bearer ${access_token}` }
          const answer = await post('/permits/credential', body, headers)
          const given = ((answer.credentials ?? []) as { credential?: unknown }[]).map(
            each => each.credential,
          )
          const isWhole = given.length === holders.length && given.every(each => typeof each === 'string')
          if (!isWhole) throw down('it gives no credential')
          return given as string[]
        },
      }
    },
    down,
  }
}
