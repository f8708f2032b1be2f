import { makeSigningKey, type Signing, signingOf } from '@hexhail/permits/es256.ts'
import { issueCredential } from '@hexhail/permits/issue.ts'
import { type HeldPermit, photoHash } from '@hexhail/permits/trip-card.ts'
import type { DriverClaims, VehicleClaims } from '@hexhail/permits/vct.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'

export const NOW_S = 1_900_000_000
export const OFFICE_URL = 'https://office.example'
export const LIST_URI = `${OFFICE_URL}/permits/status`
export const PHOTO = Uint8Array.from({ length: 3_000 }, (_, i) => (i * 7) & 255)

export const CAR: VehicleClaims = {
  plate: 'SBC 1234',
  make: 'BYD',
  model: 'Dolphin',
  colour: 'white',
  seats: 4,
  wheelchair: false,
  propulsion: 'electric',
  inspection: '2031-05-01',
  insurance: '2031-02-01',
}

export const ELENA: DriverClaims = {
  name: 'Elena',
  photo: photoHash(PHOTO),
  licence: 'UY-99-1234567',
  account: 'did:pkh:eip155:31337:0x00000000000000000000000000000000000000aa',
}

/** Bytes by seed. */
export function seededBytes(seed: number): (size: number) => Uint8Array {
  const seeded = createSeeded(seed)
  return size => Uint8Array.from({ length: size }, () => seeded.below(256))
}

/** An issuer, a driver's device, and the permits that it holds. */
export async function enrolled(seed = 1): Promise<{
  issuer: Signing
  holder: Signing
  permit: HeldPermit
}> {
  const [issuer, holder] = await Promise.all([1, 2].map(async () => signingOf(await makeSigningKey())))
  const shared = {
    issuer: OFFICE_URL,
    holder: holder!.jwk,
    issuedAtS: NOW_S - 1_000,
    untilS: NOW_S + 86_400,
  }
  const random = seededBytes(seed)
  const driver = await issueCredential(
    issuer!,
    { ...shared, kind: 'driver', claims: ELENA, status: { index: 11, uri: LIST_URI } },
    random,
  )
  const vehicle = await issueCredential(
    issuer!,
    { ...shared, kind: 'vehicle', claims: CAR, status: { index: 77_000, uri: LIST_URI } },
    random,
  )
  return { issuer: issuer!, holder: holder!, permit: { driver, vehicle, photo: PHOTO } }
}
