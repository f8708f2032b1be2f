/** What a driver asks the authority for, sealed to it, and vouched for by his account. */
import { delegationDomain } from '@hexhail/protocol/delegation.ts'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import { recoverAccount } from '@hexhail/protocol/recover.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { structHasher, type TypedField, typedDigest } from '@hexhail/protocol/typed-data.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { fromBase64url, toBase64url } from './base64url.ts'
import { openForm, sealForm } from './sealed-form.ts'
import { PHOTO_MAX, photoHash } from './trip-card.ts'
import { type DriverClaims, PROPULSIONS, type VehicleClaims } from './vct.ts'

/** Who asks, in which car. */
export interface Application {
  readonly name: string
  readonly licence: string
  /** base64url of the small portrait, a JPEG or WebP; empty without one. */
  readonly photo: string
  readonly car: VehicleClaims
}

/** An application as the office gets it. */
export interface FiledApplication {
  readonly account: Hex
  /** sha256 of the word by which the applicant asks again. */
  readonly ticket: Hex
  /** base64url. */
  readonly sealed: string
  /** The account's signature over all of it. */
  readonly signature: Hex
}

/** Why an application is not taken. */
export type ApplicationCode = 'sealed' | 'form' | 'photo' | 'signature'

const TEXT = { name: 32, licence: 40, plate: 16, make: 24, model: 24, colour: 24 } as const

const list = (text: string): TypedField[] =>
  text.split(',').map(field => ({ type: field.split(' ')[0]!, name: field.split(' ')[1]! }))

/** Types for a wallet's typed-data request; the domain is `delegationDomain`. */
export const APPLICATION_TYPES = { Application: list('address permits,bytes32 ticket,bytes32 sealed') }

const hashApplication = structHasher<{ permits: Hex; ticket: Hex; sealed: Hex }>(
  APPLICATION_TYPES,
  'Application',
)
const hashDomain = structHasher<ReturnType<typeof delegationDomain>>(
  { EIP712Domain: list('string name,string version,uint256 chainId') },
  'EIP712Domain',
)

/** The value that the applicant's wallet signs. */
export const applicationWord = (permits: Hex, ticket: Hex, sealed: Uint8Array) => ({
  permits,
  ticket,
  sealed: toHex(sha256(sealed)),
})

/** True when the account itself sent this in. */
export function isFromAccount(chainId: number, permits: Hex, filed: FiledApplication): boolean {
  const sealed = fromBase64url(filed.sealed)
  if (!sealed) return false
  const word = applicationWord(permits, filed.ticket, sealed)
  const digest = toHex(typedDigest(hashDomain(delegationDomain(chainId)), hashApplication(word)))
  return recoverAccount(digest, fromHex(filed.signature, 65)) === filed.account.toLowerCase()
}

/** Seals an application to the office's X25519 key for one account. */
export const sealApplication = (
  sealKey: Uint8Array,
  account: Hex,
  application: Application,
  random: (size: number) => Uint8Array,
): Promise<Uint8Array> => sealForm(sealKey, fromHex(account, 20), application, random)

/** Opens an application of an account. Never throws. */
export async function openApplication(
  key: CryptoKeyPair,
  account: Hex,
  sealed: Uint8Array,
): Promise<Verdict<Application, ApplicationCode>> {
  const opened = await openForm(key, fromHex(account, 20), sealed)
  return opened.verdict === 'accept' ? checkApplication(opened.value) : opened
}

/** Checks what a form says, or what was in a seal: every field in its form, and nothing besides. */
export function checkApplication(json: unknown): Verdict<Application, 'form' | 'photo'> {
  const { name, licence, photo, car } = (json ?? {}) as Partial<Application>
  const { plate, make, model, colour, seats, wheelchair, propulsion, inspection, insurance } = (car ??
    {}) as Partial<VehicleClaims>
  const texts = { name, licence, plate, make, model, colour }
  for (const [key, text] of Object.entries(texts)) {
    const most = TEXT[key as keyof typeof TEXT]
    if (typeof text !== 'string' || text.trim() === '' || new TextEncoder().encode(text).length > most)
      return reject('form')
  }
  if (!Number.isSafeInteger(seats) || (seats as number) < 1 || (seats as number) > 8) return reject('form')
  if (typeof wheelchair !== 'boolean' || !PROPULSIONS.includes(propulsion!)) return reject('form')
  if (!isDay(inspection) || !isDay(insurance)) return reject('form')
  const bytes = typeof photo === 'string' ? fromBase64url(photo) : null
  if (!bytes || bytes.length > PHOTO_MAX) return reject('photo')
  return accept({
    ...({ name, licence, photo } as Pick<Application, 'name' | 'licence' | 'photo'>),
    car: {
      plate,
      make,
      model,
      colour,
      seats,
      wheelchair,
      propulsion,
      inspection,
      insurance,
    } as VehicleClaims,
  })
}

/** The claims of the driver's permit that an application asks for. */
export function driverClaimsOf({ name, licence, photo }: Application, account: string): DriverClaims {
  return { name, licence, photo: photoHash(applicationPhoto({ photo })), account }
}

/** base64url of bytes for `FiledApplication.sealed`. */
export const packSealed = toBase64url

const isDay = (text: unknown): boolean =>
  typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))

/** The bytes of the portrait in an application that was checked. */
export const applicationPhoto = ({ photo }: Pick<Application, 'photo'>): Uint8Array =>
  fromBase64url(photo) ?? new Uint8Array()
