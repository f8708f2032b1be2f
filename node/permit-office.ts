import { join } from 'node:path'
import { openFileLog } from '@hexhail/audit/file-log.ts'
import type { ActMatter } from '@hexhail/audit/log/append-act.ts'
import { grantPermit, revokePermit } from '@hexhail/chain/grant-permit.ts'
import { grantVehicle, revokeVehicle } from '@hexhail/chain/vehicle-permit.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import { type ConcessionDesk, openConcessionDesk } from '@hexhail/permits/concession-desk.ts'
import { importSigningKey, signingOf } from '@hexhail/permits/es256.ts'
import { createIssuerDoor, type IssuerDoor } from '@hexhail/permits/issuer-door.ts'
import { OFFICE_TYPES, officeWord, type SignedOffice } from '@hexhail/permits/office.ts'
import { officeMacKey } from '@hexhail/permits/office-auth.ts'
import { type OfficeDesk, openOfficeDesk } from '@hexhail/permits/office-desk.ts'
import { delegationDomain } from '@hexhail/protocol/delegation.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { createSealKey } from '@hexhail/protocol/seal.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Addresses } from './addresses.ts'
import { issuerKeyFrom } from './issuer-key-file.ts'
import { concessionActs, officeActs } from './office-acts.ts'

/** An office that runs in an audit node. */
export interface PermitOffice extends AsyncDisposable {
  readonly desk: OfficeDesk
  readonly concessions: ConcessionDesk
  readonly door: IssuerDoor
  /** The authority's word on it. */
  readonly signed: SignedOffice
  /** X25519 of this process: officers and door share a secret by it. */
  readonly doorKey: Hex
  readonly macKey: () => Promise<Uint8Array>
}

/** What an office is opened with. */
export interface PermitOfficeInit {
  readonly addresses: Addresses
  /** The authority's wallet: it vouches for the office and keeps the lists on the chain. */
  readonly authority: ChainWallet
  /** Public half of the key that applications are sealed to. */
  readonly sealKey: Hex
  /** Its private half, where applications are to be granted at once. */
  readonly automatic: CryptoKeyPair | null
  /** Where pages reach it. */
  readonly url: string
  readonly dir: string
  readonly now: () => number
  /** Puts an act of the authority into the public log; without: there is none. */
  readonly tell?: (matter: ActMatter, atMs: number) => Promise<void>
  readonly report?: (error: unknown) => void
}

/** The authority vouches for so long, seconds. */
const OFFICE_LIFE_S = 366 * 86_400

/** Opens the permit office; its register and its key lie in `dir`. */
export async function openPermitOffice(init: PermitOfficeInit): Promise<PermitOffice> {
  const { addresses, authority, sealKey, automatic, url, dir, now, tell, report = () => {} } = init
  const { jwk, salt } = await issuerKeyFrom(join(dir, 'issuer.json'))
  const signing = await signingOf(await importSigningKey(jwk))
  const log = await openFileLog(join(dir, 'permits.jsonl'))
  const random = (size: number) => crypto.getRandomValues(new Uint8Array(size))
  const { permits } = addresses.contracts
  const desk = await openOfficeDesk({
    log,
    chain: {
      grant: grant => grantPermit(addresses, authority, { ...grant, needsVehicle: true }),
      revoke: driver => revokePermit(addresses, authority, driver),
      grantVehicle: grant => grantVehicle(addresses, authority, grant),
      revokeVehicle: vehicle => revokeVehicle(addresses, authority, vehicle),
    },
    signing,
    salt,
    chainId: addresses.chainId,
    permits,
    url,
    now,
    random,
    automatic,
    ...(tell && { onLine: officeActs(tell, report) }),
  })
  const claims = await openFileLog(join(dir, 'concessions.jsonl'))
  const concessions = await openConcessionDesk({
    ...{ log: claims, signing, url, now, random, automatic },
    ...(tell && { onLine: concessionActs(tell, report) }),
  })
  const from = Math.floor(now() / 1_000) - 60
  const word = officeWord(signing.jwk, { permits, sealKey, url, from, until: from + OFFICE_LIFE_S })
  const signature = await authority.signTypedData(delegationDomain(addresses.chainId), OFFICE_TYPES, word)
  const { keyPair, publicKey } = await createSealKey()
  let macKey: Promise<Uint8Array> | null = null
  return {
    desk,
    concessions,
    door: createIssuerDoor(desk, concessions, { url, signing, now, random }),
    signed: { ...word, signature },
    doorKey: toHex(publicKey),
    macKey: () => (macKey ??= officeMacKey(keyPair, sealKey)),
    [Symbol.asyncDispose]: async () => {
      await log[Symbol.asyncDispose]()
      await claims[Symbol.asyncDispose]()
    },
  }
}
