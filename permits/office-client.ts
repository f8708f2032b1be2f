/** The driver's way to the office: apply, ask how it stands, and collect by OpenID4VCI what was granted. */
import { delegationDomain } from '@hexhail/protocol/delegation.ts'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
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
import type { Office } from './office.ts'
import { createOfficeCalls, type OfficeInit } from './office-call.ts'
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

/** Talks to the office at `url`, and believes it by the authority's signature alone. */
export function createOfficeClient(init: OfficeInit): OfficeClient {
  const { chainId, permits, random } = init
  const { office, post, text, redeem, down } = createOfficeCalls(init)
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
      const issuing = await redeem(offer)
      const one = async (kind: 'vehicle' | 'driver') => (await issuing.credentials(kind, [holder]))[0]!
      return { vehicle: await one('vehicle'), driver: await one('driver') } // the car first: the permit needs it
    },
    statusList: () => text('/permits/status'),
  }
}
