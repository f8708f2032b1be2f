/** The card that a chosen driver shows his rider: who drives, in which car, by whose word. Bound to one trip. */
import { concat, equalBytes } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { toBase64url } from './base64url.ts'
import { credentialHash } from './credential-hash.ts'
import type { PublicJwk, Signing } from './es256.ts'
import { discloseClaims, presentCredential } from './present.ts'
import type { StatusList } from './status-list.ts'
import { SHOWN_TO_RIDER } from './vct.ts'
import { verifyCredential } from './verify.ts'

/** What a driver's device keeps of his permit. */
export interface HeldPermit {
  /** The credentials as they were issued. */
  readonly driver: string
  readonly vehicle: string
  /** The small portrait whose hash is in the credential; empty without one. */
  readonly photo: Uint8Array
}

/** What ties a card to one trip and to who speaks in it. */
export interface CardBinding {
  /** Digest of the terms. */
  readonly trip: Hex
  /** Id of the rider's request: made by him by chance. */
  readonly requestId: Hex
  /** Session key by which the driver speaks in this conversation, x‖y. */
  readonly session: Hex
}

/** What the chain says of the driver of the terms. */
export interface ChainWord {
  readonly credential: Hex
  /** The car that he says he drives; null without one, or where it is not lent to him. */
  readonly vehicleCredential: Hex | null
}

/** What the rider is shown, and no more. */
export interface TripCard {
  readonly name: string
  /** The portrait, when it was sent and its hash is the credential's. */
  readonly photo: Uint8Array
  readonly plate: string
  readonly make: string
  readonly model: string
  readonly colour: string
  readonly untilS: number
}

/** Why a card is not believed: its form, a credential, the tie to this trip, the chain's word, the status, the picture. */
export type CardCode =
  | 'card-form'
  | 'card-driver'
  | 'card-vehicle'
  | 'card-trip'
  | 'card-permit'
  | 'card-car'
  | 'card-ended'
  | 'card-photo'

/** Bytes of a card, at most. */
export const CARD_MAX = 16_384
/** Bytes of a portrait, at most. */
export const PHOTO_MAX = 10_240
/** A card is made when the rider has chosen. */
const MOST_AGE_S = 900

const audienceOf = (trip: Hex): string => `hexhail:trip:${trip.toLowerCase()}`
const utf8 = (text: string) => new TextEncoder().encode(text)
const hashOf = (bytes: Uint8Array): string => toBase64url(sha256(bytes))

/** The hash of a portrait as credentials carry it; that of no bytes stands for none. */
export const photoHash = hashOf

/** Makes the card: two presentations and the picture; the holder's key signs all of it for this trip. */
export async function makeTripCard(
  { driver, vehicle, photo }: HeldPermit,
  holder: Signing,
  { trip, requestId, session }: CardBinding,
  nowS: number,
): Promise<Uint8Array> {
  const car = await discloseClaims(vehicle, SHOWN_TO_RIDER.vehicle)
  const person = await presentCredential(driver, SHOWN_TO_RIDER.driver, holder, {
    audience: audienceOf(trip),
    nonce: requestId,
    issuedAtS: nowS,
    extra: { session, car: hashOf(utf8(car)) },
  })
  return packCard([utf8(person), utf8(car), photo])
}

/** Checks a card; its signatures, its tie to the trip, and that both credentials are those on the chain. Never throws. */
export async function checkTripCard(
  bytes: Uint8Array,
  wanted: CardBinding & {
    readonly issuer: PublicJwk
    readonly chain: ChainWord
    /** Null when no list can be had: then the chain's word stands alone. */
    readonly statuses: StatusList | null
    readonly nowS: number
  },
): Promise<Verdict<TripCard, CardCode>> {
  const parts = unpackCard(bytes)
  if (!parts) return reject('card-form')
  const [personText, carText, photo] = [textOf(parts[0]), textOf(parts[1]), parts[2]]
  if (personText === null || carText === null) return reject('card-form')
  const { issuer, chain, statuses, nowS, trip, requestId, session } = wanted
  const binding = { audience: audienceOf(trip), nonce: requestId, mostAgeS: MOST_AGE_S }
  const [person, car] = await Promise.all([
    verifyCredential(personText, 'driver', issuer, nowS, binding),
    verifyCredential(carText, 'vehicle', issuer, nowS, null),
  ])
  if (person.verdict !== 'accept') return reject(person.code === 'binding' ? 'card-trip' : 'card-driver')
  if (car.verdict !== 'accept') return reject('card-vehicle')
  const { bound } = person.value
  if (bound.session !== session || bound.car !== hashOf(utf8(carText))) return reject('card-trip')
  if (credentialHash(personText) !== chain.credential) return reject('card-permit')
  if (credentialHash(carText) !== chain.vehicleCredential) return reject('card-car')
  for (const { status } of [person.value, car.value])
    if (statuses && status.uri === statuses.uri && statuses.statusOf(status.index) !== 'valid')
      return reject('card-ended')
  const { name, photo: wantedPhoto } = person.value.claims
  const { plate, make, model, colour } = car.value.claims
  const words = [name, plate, make, model, colour]
  if (!words.every(word => typeof word === 'string') || typeof wantedPhoto !== 'string')
    return reject('card-form')
  if (hashOf(photo) !== wantedPhoto) return reject('card-photo')
  const untilS = Math.min(person.value.untilS, car.value.untilS)
  return accept({ name, photo, plate, make, model, colour, untilS } as TripCard)
}

/** Lengths of two bytes before the first two parts; the rest is the third. */
function packCard([person, car, photo]: readonly [Uint8Array, Uint8Array, Uint8Array]): Uint8Array {
  const size = (bytes: Uint8Array) => Uint8Array.of(bytes.length >> 8, bytes.length & 255)
  return concat(size(person), person, size(car), car, photo)
}

function unpackCard(bytes: Uint8Array): readonly [Uint8Array, Uint8Array, Uint8Array] | null {
  if (bytes.length > CARD_MAX) return null
  const parts: Uint8Array[] = []
  let at = 0
  for (let i = 0; i < 2; i++) {
    if (at + 2 > bytes.length) return null
    const length = (bytes[at]! << 8) | bytes[at + 1]!
    if (at + 2 + length > bytes.length) return null
    parts.push(bytes.slice(at + 2, at + 2 + length))
    at += 2 + length
  }
  const photo = bytes.slice(at)
  if (photo.length > PHOTO_MAX) return null
  const whole: readonly [Uint8Array, Uint8Array, Uint8Array] = [parts[0]!, parts[1]!, photo]
  return equalBytes(packCard(whole), bytes) ? whole : null
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
