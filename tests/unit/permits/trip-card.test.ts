import { credentialHash } from '@hexhail/permits/credential-hash.ts'
import { openStatusList, type Status, signStatusList } from '@hexhail/permits/status-list.ts'
import { checkTripCard, makeTripCard } from '@hexhail/permits/trip-card.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { describe, expect, test } from 'vitest'
import { enrolled, LIST_URI, NOW_S, PHOTO } from './sample.ts'

const hex = (byte: string, size: number): Hex => `0x${byte.repeat(size)}`
const TRIP = { trip: hex('ab', 32), requestId: hex('cd', 16), session: hex('ef', 64) }

describe('a trip card', async () => {
  const { issuer, holder, permit } = await enrolled()
  const other = await enrolled(2)
  const card = await makeTripCard(permit, holder, TRIP, NOW_S)
  const chain = {
    credential: credentialHash(permit.driver),
    vehicleCredential: credentialHash(permit.vehicle),
  }
  const listWith = async (entries: [number, Status][]) => {
    const token = await signStatusList(issuer, entries, {
      uri: LIST_URI,
      issuedAtS: NOW_S,
      untilS: NOW_S + 60,
    })
    const list = await openStatusList(token, { uri: LIST_URI, issuer: issuer.jwk, nowS: NOW_S })
    return list.verdict === 'accept' ? list.value : null
  }
  const check = (bytes = card, bent: Partial<Parameters<typeof checkTripCard>[1]> = {}) =>
    checkTripCard(bytes, { ...TRIP, issuer: issuer.jwk, chain, statuses: null, nowS: NOW_S, ...bent })

  test('shows who drives in which car, and no more', async () => {
    const found = await check()
    expect(found).toMatchObject({
      value: { name: 'Elena', plate: 'SBC 1234', make: 'BYD', model: 'Dolphin', colour: 'white' },
    })
    if (found.verdict === 'accept') expect(Object.keys(found.value)).not.toContain('licence')
    expect(new TextDecoder().decode(card)).not.toContain('1234567')
  })

  test('with its picture goes into a few private messages', () =>
    expect(card.length - PHOTO.length).toBeLessThan(3_300))

  test.each<[string, Partial<Parameters<typeof checkTripCard>[1]>, string]>([
    ['for another trip', { trip: hex('aa', 32) }, 'card-trip'],
    ['for another request', { requestId: hex('aa', 16) }, 'card-trip'],
    ['said by another session key', { session: hex('aa', 64) }, 'card-trip'],
    ['of a former credential', { chain: { ...chain, credential: hex('00', 32) } }, 'card-permit'],
    [
      'of a car that he does not drive',
      { chain: { ...chain, vehicleCredential: hex('00', 32) } },
      'card-car',
    ],
    ['of a driver without a car', { chain: { ...chain, vehicleCredential: null } }, 'card-car'],
    ['of another office', { issuer: holder.jwk }, 'card-driver'],
    ['a day too late', { nowS: NOW_S + 86_400 }, 'card-driver'],
  ])('%s is not believed', async (_, bent, code) => {
    expect(await check(card, bent)).toMatchObject({ code })
  })

  test('of a driver or a car that the office has stopped is not believed', async () => {
    expect(await check(card, { statuses: await listWith([[5, 'revoked']]) })).toMatchObject({
      verdict: 'accept',
    })
    expect(await check(card, { statuses: await listWith([[11, 'suspended']]) })).toMatchObject({
      code: 'card-ended',
    })
    expect(await check(card, { statuses: await listWith([[77_000, 'revoked']]) })).toMatchObject({
      code: 'card-ended',
    })
  })

  test('with another’s car or picture is not believed', async () => {
    const swapped = await makeTripCard({ ...permit, vehicle: other.permit.vehicle }, holder, TRIP, NOW_S)
    expect(await check(swapped)).toMatchObject({ code: 'card-vehicle' })
    const face = await makeTripCard({ ...permit, photo: Uint8Array.of(1) }, holder, TRIP, NOW_S)
    expect(await check(face)).toMatchObject({ code: 'card-photo' })
    const stolen = await makeTripCard(permit, other.holder, TRIP, NOW_S)
    expect(await check(stolen)).toMatchObject({ code: 'card-driver' })
  })

  test('cut or bent is a verdict', async () => {
    for (let size = 0; size < card.length; size += 211)
      expect((await check(card.slice(0, size))).verdict).not.toBe('accept')
    expect(await check(new Uint8Array(20_000))).toMatchObject({ code: 'card-form' })
  })
})
