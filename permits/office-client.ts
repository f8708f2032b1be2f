/** The driver's way to the office: apply, ask how it stands, and collect by OpenID4VCI what was granted. */
import { delegationDomain } from '@hexhail/protocol/delegation.ts'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import {
  APPLICATION_TYPES,
  type Application,
  applicationWord,
  packSealed,
  sealApplication,
} from './application.ts'
import type { Signing } from './es256.ts'
import { PRE_AUTHORIZED, PROOF_TYP } from './issuer-door.ts'
import { signJwt } from './jwt.ts'
import { checkOffice, type Office } from './office.ts'
import type { EntryState, Reason } from './register.ts'

/** What the applicant keeps to ask again. */
export interface FiledTicket {
  readonly id: string
  /** 32 random bytes, hex: only who has them may ask and collect. */
  readonly ticket: Hex
}

/** How an application stands, as its owner is told. */
export interface Standing {
  readonly state: EntryState
  readonly reason: Reason | null
  /** The car's name on the chain, where there is something to collect. */
  readonly vehicle?: Hex | null
  /** The credential offer, where there is something to collect. */
  readonly offer?: unknown
}

/** A wallet that signs for an account. */
export interface AccountSigner {
  readonly address: Hex
  signTypedData(domain: object, types: typeof APPLICATION_TYPES, value: object): Promise<Hex>
}

/** The office from afar. Each call rejects with `HexhailError` OFFICE_DOWN, OFFICE_REFUSED or OFFICE_FALSE. */
export interface OfficeClient {
  /** The office that the tariff's authority vouches for. */
  office(): Promise<Office>
  apply(signer: AccountSigner, application: Application): Promise<FiledTicket>
  ask(filed: FiledTicket): Promise<Standing>
  /** Collects a credential to the holder's key with the offer's code; both kinds by one offer. */
  collect(offer: unknown, holder: Signing): Promise<{ readonly vehicle: string; readonly driver: string }>
  /** The status list as it is now, a token. */
  statusList(): Promise<string>
}

const TIMEOUT_MS = 20_000

/** Talks to the office at `url`, and believes it by the authority's signature alone. */
export function createOfficeClient(init: {
  readonly url: string
  readonly chainId: number
  readonly permits: Hex
  readonly authority: Hex
  readonly fetch: typeof globalThis.fetch
  readonly now: () => number
  readonly random: (size: number) => Uint8Array
}): OfficeClient {
  const { chainId, permits, authority, fetch: call, now, random } = init
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
  const proof = async (holder: Signing): Promise<string> => {
    const { c_nonce } = await post('/permits/nonce', {})
    const payload = { aud: (await office()).url, iat: Math.floor(now() / 1_000), nonce: c_nonce }
    return signJwt(holder, { typ: PROOF_TYP, jwk: holder.jwk }, payload)
  }
  return {
    office,
    async apply(signer, application) {
      const { sealKey } = await office()
      const ticket = toHex(random(32))
      const sealed = await sealApplication(fromHex(sealKey, 32), signer.address, application, random)
      const word = applicationWord(permits, toHex(sha256(fromHex(ticket))), sealed)
      const signature = await signer.signTypedData(delegationDomain(chainId), APPLICATION_TYPES, word)
      const filed = { account: signer.address, ticket: word.ticket, sealed: packSealed(sealed), signature }
      const { id } = await post('/permits/applications', filed)
      if (typeof id !== 'string') throw down('it gives no number')
      return { id, ticket }
    },
    ask: async filed => (await post('/permits/ask', filed)) as unknown as Standing,
    async collect(offer, holder) {
      const { grants } = (offer ?? {}) as { grants?: Record<string, { 'pre-authorized_code'?: string }> }
      const code = grants?.[PRE_AUTHORIZED]?.['pre-authorized_code'] ?? ''
      const form = new URLSearchParams({ grant_type: PRE_AUTHORIZED, 'pre-authorized_code': code })
      const { access_token } = await json('/permits/token', { method: 'POST', body: form })
      const one = async (kind: 'vehicle' | 'driver'): Promise<string> => {
        const body = { credential_configuration_id: kind, proofs: { jwt: [await proof(holder)] } }
        const { credentials } = await post('/permits/credential', body, {
          authorization: `Bearer ${access_token}`,
        })
        const credential = (credentials as { credential?: unknown }[] | undefined)?.[0]?.credential
        if (typeof credential !== 'string') throw down('it gives no credential')
        return credential
      }
      return { vehicle: await one('vehicle'), driver: await one('driver') } // the car first: the permit needs it
    },
    statusList: async () => (await ask('/permits/status', { method: 'GET' })).text(),
  }
}
