/** The rider's way to the office: claim a concession, ask how it stands, and collect one-time credentials by the batch. */
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { toBase64url } from './base64url.ts'
import { type ConcessionClaim, sealClaim } from './concession-claim.ts'
import type { ConcessionState } from './concession-register.ts'
import type { Signing } from './es256.ts'
import type { Office } from './office.ts'
import { createOfficeCalls, type OfficeInit } from './office-call.ts'
import type { FiledTicket } from './office-client.ts'
import type { Reason } from './register.ts'
import type { Concession } from './vct.ts'

/** How a claim stands, as its owner is told. */
export interface ConcessionStanding {
  readonly state: ConcessionState
  readonly reason: Reason | null
  readonly category: Concession | null
  /** The end of the right, unix seconds. */
  readonly untilS: number
  /** The credential offer, where there is something to collect. */
  readonly offer?: unknown
}

/** The office from afar. Each call rejects with `HexhailError` OFFICE_DOWN, OFFICE_REFUSED or OFFICE_FALSE. */
export interface ConcessionClient {
  /** The office that the tariff's authority vouches for. */
  office(): Promise<Office>
  /** Nothing but the sealed claim goes to the office: no account, no wallet's signature. */
  apply(claim: ConcessionClaim): Promise<FiledTicket>
  ask(filed: FiledTicket): Promise<ConcessionStanding>
  /** Collects one credential for each key, in their order. */
  collect(offer: unknown, holders: readonly Signing[]): Promise<readonly string[]>
  /** The status list as it is now, a token. */
  statusList(): Promise<string>
}

/** Talks to the office at `url`, and believes it by the authority's signature alone. */
export function createConcessionClient(init: OfficeInit): ConcessionClient {
  const { random } = init
  const { office, post, text, redeem, down } = createOfficeCalls(init)
  return {
    office,
    async apply(claim) {
      const { sealKey } = await office()
      const word = toHex(random(32))
      const ticket = toHex(sha256(fromHex(word)))
      const sealed = await sealClaim(fromHex(sealKey, 32), ticket, claim, random)
      const { id } = await post('/permits/concessions', { ticket, sealed: toBase64url(sealed) })
      if (typeof id !== 'string') throw down('it gives no number')
      return { id, ticket: word }
    },
    ask: async filed => (await post('/permits/concessions/ask', filed)) as unknown as ConcessionStanding,
    collect: async (offer, holders) => (await redeem(offer)).credentials('concession', holders),
    statusList: () => text('/permits/concessions/status'),
  }
}
