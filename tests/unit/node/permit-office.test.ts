/** The whole way of a permit on a real chain: application, decision, collection, hold, suspension. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readVehicle } from '@hexhail/chain/read-vehicle.ts'
import { driveVehicle } from '@hexhail/chain/vehicle-permit.ts'
import { concessionDeed } from '@hexhail/node/concession-deed.ts'
import { openApplication } from '@hexhail/permits/application.ts'
import { fromBase64url } from '@hexhail/permits/base64url.ts'
import { createConcessionClient } from '@hexhail/permits/concession-client.ts'
import { credentialHash } from '@hexhail/permits/credential-hash.ts'
import { makeSigningKey, signingOf } from '@hexhail/permits/es256.ts'
import { officeMacKey, sayDeed } from '@hexhail/permits/office-auth.ts'
import { createOfficerClient } from '@hexhail/permits/officer-client.ts'
import { openStatusList } from '@hexhail/permits/status-list.ts'
import { verifyCredential } from '@hexhail/permits/verify.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { createSealKey } from '@hexhail/protocol/seal.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { QUICK, UNIT } from '../chain/local-chain.ts'
import { CAR } from '../permits/sample.ts'
import { FORM, officeWorld } from './office-world.ts'

let world: Awaited<ReturnType<typeof officeWorld>>
beforeAll(async () => {
  world = await officeWorld(21)
})
afterAll(() => world.stop())

describe('a permit', () => {
  it('is applied for under seal, issued by an world.officer, collected, and stands on the chain by its hash', async () => {
    const driver = await world.chain.party()
    const client = world.clientOf()
    const filed = await client.apply(driver, FORM)
    expect(await client.ask(filed)).toEqual({ state: 'waiting', reason: null })
    const listed = (await world.entryOf(filed.id))!
    expect(
      await openApplication(world.officer.keyPair, driver.address, fromBase64url(listed.sealed)!),
    ).toEqual({
      verdict: 'accept',
      value: FORM,
    })
    const untilS = world.nowMs / 1_000 + 86_400
    await world.deed({ op: 'issue', id: filed.id, application: FORM, untilS })
    const holder = await signingOf(await makeSigningKey())
    const { driver: mine, vehicle: car } = await client.collect((await client.ask(filed)).offer, holder)
    const { issuer } = await client.office()
    const found = await verifyCredential(mine, 'driver', issuer, world.nowMs / 1_000, null)
    expect(found).toMatchObject({
      value: { claims: { name: 'Elena', licence: 'UY-99' }, holder: holder.jwk },
    })
    const { vehicle } = (await world.entryOf(filed.id))!
    const permit = () => world.chain.reader.permit(world.chain.authority.address, driver.address)
    expect(await permit()).toMatchObject({ untilS: 0, credential: credentialHash(mine) })
    const place = { authority: world.chain.authority.address, vehicle: vehicle! }
    await driveVehicle(world.chain.config, driver, place, QUICK)
    expect(await permit()).toEqual({ untilS, credential: credentialHash(mine), vehicle })
    expect(await readVehicle(world.chain.config, place)).toMatchObject({
      credential: credentialHash(car),
      untilS,
    })
  })

  it('that is suspended stops the next hold, and the status list says so; reinstated it holds again', async () => {
    const [rider, driver] = [await world.chain.party(40n * UNIT), await world.chain.party()]
    await expect(world.hold(rider, driver, 0)).rejects.toMatchObject({ code: 'not-permitted' })
    const { client, filed } = await world.collected(driver)
    await world.hold(rider, driver, 0)
    expect((await world.deed({ op: 'suspend', id: filed.id, reason: 'conduct' }))[0]).toBe(200)
    await expect(world.hold(rider, driver, 1)).rejects.toMatchObject({ code: 'not-permitted' })
    expect(await client.ask(filed)).toEqual({ state: 'suspended', reason: 'conduct' })
    const entry = (await world.entryOf(filed.id))!
    const { issuer } = await client.office()
    const statuses = async () => {
      const uri = `${world.url}/permits/status`
      const list = await openStatusList(await client.statusList(), { uri, issuer, nowS: world.nowMs / 1_000 })
      if (list.verdict !== 'accept') throw new Error(list.code)
      return [entry.driverMark!, entry.vehicleMark!].map(({ index }) => list.value.statusOf(index))
    }
    expect(await statuses()).toEqual(['suspended', 'suspended'])
    await world.deed({ op: 'reinstate', id: filed.id })
    await world.hold(rider, driver, 1)
    expect(await statuses()).toEqual(['valid', 'valid'])
    await world.deed({ op: 'revoke', id: filed.id, reason: 'conduct' })
    await expect(world.hold(rider, driver, 2)).rejects.toMatchObject({ code: 'not-permitted' })
    expect(await statuses()).toEqual(['revoked', 'revoked'])
    expect((await world.deed({ op: 'reinstate', id: filed.id }))[1]).toMatchObject({ code: 'state' })
  })

  it('collected anew after a loss ends the one before', async () => {
    const driver = await world.chain.party()
    const { client, filed, credentials } = await world.collected(driver)
    const before = (await world.entryOf(filed.id))!.driverMark!
    const again = await client.collect(
      (await client.ask(filed)).offer,
      await signingOf(await makeSigningKey()),
    )
    const { credential } = await world.chain.reader.permit(world.chain.authority.address, driver.address)
    expect(credential).toBe(credentialHash(again.driver))
    expect(credential).not.toBe(credentialHash(credentials.driver))
    expect(before.hash).toBe(credentialHash(credentials.driver))
  })

  it('that was refused tells why, and gives nothing', async () => {
    const driver = await world.chain.party()
    const client = world.clientOf()
    const filed = await client.apply(driver, FORM)
    await world.deed({ op: 'refuse', id: filed.id, reason: 'papers' })
    expect(await client.ask(filed)).toEqual({ state: 'refused', reason: 'papers' })
    await expect(client.ask({ ...filed, ticket: toHex(world.random(32)) })).rejects.toMatchObject({
      code: 'OFFICE_REFUSED',
    })
  })

  it('is found again by an world.office that was started anew, and one that grants at once does so', async () => {
    const driver = await world.chain.party()
    const { filed } = await world.collected(driver)
    const key = readFileSync(join(world.home, 'issuer.json'), 'utf8')
    await using again = await world.openOffice(world.officer.keyPair)
    expect(readFileSync(join(world.home, 'issuer.json'), 'utf8')).toBe(key)
    expect(again.desk.entries().find(each => each.id === filed.id)).toMatchObject({ state: 'issued' })
    const direct: typeof fetch = async (input, init) => {
      if (!String(input).endsWith('/permits/applications')) return fetch(input, init)
      const taken = await again.desk.file(JSON.parse(String(init!.body)))
      return Response.json(taken.verdict === 'accept' ? taken.value : { code: taken.code })
    }
    const client = world.clientOf({ fetch: direct })
    const [good, old, stopped] = [
      await world.chain.party(),
      await world.chain.party(),
      await world.chain.party(),
    ]
    const late = { ...FORM, car: { ...CAR, insurance: '2020-01-01' } }
    const ids = [(await client.apply(good, FORM)).id, (await client.apply(old, late)).id]
    const first = await client.apply(stopped, FORM)
    await again.desk.stop(first.id, 'suspended', 'conduct')
    ids.push((await client.apply(stopped, FORM)).id)
    const found = ids.map(id => again.desk.entries().find(each => each.id === id))
    expect(found.map(each => [each!.state, each!.reason])).toEqual([
      ['granted', null],
      ['refused', 'papers'],
      ['refused', 'conduct'],
    ])
  })

  it('believes nobody but the authority', async () => {
    const other = await createSealKey()
    expect((await world.deed({ op: 'list' }, other))[1]).toMatchObject({ code: 'auth' })
    const mac = await officeMacKey(world.officer.keyPair, world.office.doorKey)
    const once = sayDeed(mac, { op: 'list' }, world.nowMs, 'once')
    expect((await world.post('/permits/deeds', once))[0]).toBe(200)
    expect((await world.post('/permits/deeds', once))[1]).toMatchObject({ code: 'auth-again' })
    expect(
      (await world.post('/permits/deeds', sayDeed(mac, { op: 'list' }, world.nowMs - 600_000, 'x')))[1],
    ).toMatchObject({
      code: 'auth-late',
    })
    const elsewhere = world.clientOf({ authority: (await world.chain.party()).address })
    await expect(elsewhere.office()).rejects.toMatchObject({ code: 'OFFICE_FALSE' })
    const thief = { ...(await world.chain.party()), address: world.chain.authority.address }
    await expect(world.clientOf().apply(thief, FORM)).rejects.toMatchObject({ data: { code: 'signature' } })
  })

  it('office’s claims of reduced fares are decided by hexhail permit', async () => {
    const { url, chain, nowMs, random, officer } = world
    const init = { url, fetch, now: () => nowMs, random }
    const { permits } = chain.config.contracts
    const client = createConcessionClient({
      ...{ ...init, chainId: 31_337, permits, authority: chain.authority.address },
    })
    const filed = await client.apply({ category: 'youth', name: 'Ana', evidence: 'born 2012', picture: '' })
    const office = createOfficerClient({ ...init, key: () => officer.keyPair })
    const terms = { reason: 'papers', untilS: nowMs / 1_000 + 86_400, pair: officer.keyPair } as const
    const deed = async (name: Parameters<typeof concessionDeed>[1], id?: string) =>
      concessionDeed(office, name, id, terms)
    expect(await deed('concession-list')).toMatchObject([
      { id: filed.id, state: 'waiting', claim: { name: 'Ana', pictureBytes: 0 } },
    ])
    await expect(deed('concession-grant')).rejects.toMatchObject({ code: 'bad-value' })
    await expect(deed('concession-grant', 'none')).rejects.toMatchObject({ code: 'no-application' })
    expect(await deed('concession-grant', filed.id)).toMatchObject([{ state: 'granted', category: 'youth' }])
    await expect(deed('concession-refuse', filed.id)).rejects.toMatchObject({ code: 'OFFICE_REFUSED' })
    expect(await deed('concession-revoke', filed.id)).toMatchObject([{ state: 'revoked', reason: 'papers' }])
  })
})
