/** An officer's way to the office: the register, and the deeds that change it. */
import { hexDigits, isHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Application } from './application.ts'
import type { ConcessionEntry } from './concession-register.ts'
import { officeMacKey, sayDeed } from './office-auth.ts'
import type { Entry, Reason } from './register.ts'
import type { Concession } from './vct.ts'

/** Each call rejects with `HexhailError` OFFICE_DOWN or OFFICE_REFUSED, whose data has the office's `code`. */
export interface OfficerClient {
  list(): Promise<readonly Entry[]>
  issue(id: string, application: Application, untilS: number): Promise<Entry>
  refuse(id: string, reason: Reason): Promise<Entry>
  suspend(id: string, reason: Reason): Promise<Entry>
  revoke(id: string, reason: Reason): Promise<Entry>
  reinstate(id: string): Promise<Entry>
  concessions(): Promise<readonly ConcessionEntry[]>
  grantConcession(id: string, category: Concession, untilS: number): Promise<ConcessionEntry>
  stopConcession(deed: 'refuse' | 'revoke', id: string, reason: Reason): Promise<ConcessionEntry>
}

const TIMEOUT_MS = 20_000

/** Speaks to the office at `url` with the authority's key, which never leaves: it only makes MACs. */
export function createOfficerClient(init: {
  readonly url: string
  readonly key: () => CryptoKeyPair | null
  readonly fetch: typeof globalThis.fetch
  readonly now: () => number
  readonly random: (size: number) => Uint8Array
}): OfficerClient {
  const { key, fetch: call, now, random } = init
  const base = init.url.replace(/\/+$/, '')
  const ask = async (path: string, request: RequestInit): Promise<Record<string, unknown>> => {
    const answer = await call(`${base}${path}`, {
      ...request,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => null)
    const body = (await answer?.json().catch(() => null)) as Record<string, unknown> | null | undefined
    if (!answer || !body || answer.status === 429 || answer.status >= 500)
      throw new HexhailError('OFFICE_DOWN', `The permit office at ${base} does not answer: try again later.`)
    if (!answer.ok)
      throw new HexhailError('OFFICE_REFUSED', `The permit office refused (${String(body.code)}).`, {
        code: body.code,
      })
    return body
  }
  let mac: { readonly pair: CryptoKeyPair; readonly key: Uint8Array } | null = null
  const macKey = async (isAgain: boolean): Promise<Uint8Array> => {
    const pair = key()
    if (!pair) throw new HexhailError('OFFICE_REFUSED', 'This needs the authority’s key: take it in first.')
    if (mac?.pair === pair && !isAgain) return mac.key
    const { doorKey } = await ask('/permits/office', { method: 'GET' })
    if (!isHex(doorKey, 32)) throw new HexhailError('OFFICE_DOWN', `There is no permit office at ${base}.`)
    mac = { pair, key: await officeMacKey(pair, doorKey) }
    return mac.key
  }
  const deed = async (words: object, isAgain = false): Promise<Record<string, unknown>> => {
    const said = sayDeed(await macKey(isAgain), words, now(), hexDigits(random(16)))
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(said),
    }
    try {
      return await ask('/permits/deeds', request)
    } catch (error) {
      // An office that was started anew has a new door.
      if (isAgain || !(error instanceof HexhailError) || error.data.code !== 'auth') throw error
      return deed(words, true)
    }
  }
  const entry = async (words: object): Promise<Entry> => (await deed(words)) as unknown as Entry
  const concession = async (words: object) => (await deed(words)) as unknown as ConcessionEntry
  return {
    list: async () => (await deed({ op: 'list' })).entries as readonly Entry[],
    issue: (id, application, untilS) => entry({ op: 'issue', id, application, untilS }),
    refuse: (id, reason) => entry({ op: 'refuse', id, reason }),
    suspend: (id, reason) => entry({ op: 'suspend', id, reason }),
    revoke: (id, reason) => entry({ op: 'revoke', id, reason }),
    reinstate: id => entry({ op: 'reinstate', id }),
    concessions: async () => (await deed({ op: 'concession-list' })).entries as readonly ConcessionEntry[],
    grantConcession: (id, category, untilS) => concession({ op: 'concession-grant', id, category, untilS }),
    stopConcession: (what, id, reason) => concession({ op: `concession-${what}`, id, reason }),
  }
}
