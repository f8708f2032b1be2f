import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoTariff } from '@hexhail/chain/demo-tariff.ts'
import { deploy } from '@hexhail/chain/deploy.ts'
import { driveVehicle } from '@hexhail/chain/vehicle-permit.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import { createPermitHandler } from '@hexhail/node/permit-handler.ts'
import { openPermitOffice } from '@hexhail/node/permit-office.ts'
import type { Application } from '@hexhail/permits/application.ts'
import { makeSigningKey, signingOf } from '@hexhail/permits/es256.ts'
import { officeMacKey, sayDeed } from '@hexhail/permits/office-auth.ts'
import { createOfficeClient, type OfficeClient } from '@hexhail/permits/office-client.ts'
import type { Entry } from '@hexhail/permits/register.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { createSealKey } from '@hexhail/protocol/seal.ts'
import type { Terms } from '@hexhail/protocol/terms.ts'
import { TERMS_TYPES, typedDomain } from '@hexhail/protocol/typed-data.ts'
import { expect } from 'vitest'
import { localChain, QUICK } from '../chain/local-chain.ts'
import { CAR, seededBytes } from '../permits/sample.ts'

/** What drivers of this world apply with. */
export const FORM: Application = { name: 'Elena', licence: 'UY-99', photo: '', car: CAR }

/** A chain with a tariff that needs a permit, and an office over HTTP whose officer is this test. */
export async function officeWorld(seed: number) {
  const random = seededBytes(seed)
  const home = mkdtempSync(join(tmpdir(), 'hexhail-office-'))
  const chain = await localChain()
  const { authority, config } = chain
  const tariff = { ...demoTariff(authority.address), needsPermit: true }
  const { tariffId } = await deploy(config, authority, tariff, QUICK)
  const nowMs = (await chain.reader.head()).timestampS * 1_000
  const now = () => nowMs
  const officer = await createSealKey()
  const faults: unknown[] = []
  let handler: ReturnType<typeof createPermitHandler> = () => false
  const server = createServer((request, response) => void handler(request, response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const openOffice = (automatic: CryptoKeyPair | null) =>
    openPermitOffice({
      addresses: { ...config, tariffId, authority: authority.address },
      authority,
      sealKey: toHex(officer.publicKey),
      automatic,
      url,
      dir: home,
      now,
    })
  const office = await openOffice(null)
  handler = createPermitHandler(office, now, error => faults.push(error), { burst: 1_000, perS: 0 })

  const clientOf = (more: Partial<Parameters<typeof createOfficeClient>[0]> = {}): OfficeClient =>
    createOfficeClient({
      url,
      chainId: 31_337,
      permits: config.contracts.permits,
      authority: authority.address,
      fetch,
      now,
      random,
      ...more,
    })
  const post = async (
    path: string,
    body: object,
    headers: Record<string, string> = {},
  ): Promise<[number, Record<string, unknown>]> => {
    const isForm = body instanceof URLSearchParams
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { ...(isForm ? {} : { 'content-type': 'application/json' }), ...headers },
      body: isForm ? body : JSON.stringify(body),
    })
    return [answer.status, (await answer.json()) as Record<string, unknown>]
  }
  let said = 0
  const deed = async (words: object, key = officer): Promise<[number, Record<string, unknown>]> => {
    const mac = await officeMacKey(key.keyPair, office.doorKey)
    return post('/permits/deeds', sayDeed(mac, words, nowMs, `n${said++}`))
  }
  const entryOf = async (id: string): Promise<Entry | undefined> =>
    ((await deed({ op: 'list' }))[1].entries as Entry[]).find(each => each.id === id)

  /** A driver who was granted a permit and has not collected it. */
  const granted = async (driver: ChainWallet) => {
    const client = clientOf()
    const filed = await client.apply(driver, FORM)
    const untilS = nowMs / 1_000 + 86_400
    expect((await deed({ op: 'issue', id: filed.id, application: FORM, untilS }))[0]).toBe(200)
    return { client, filed }
  }
  /** A driver with his permit, in his car. */
  const collected = async (driver: ChainWallet) => {
    const { client, filed } = await granted(driver)
    const holder = await signingOf(await makeSigningKey())
    const credentials = await client.collect((await client.ask(filed)).offer, holder)
    const { vehicle } = (await entryOf(filed.id))!
    await driveVehicle(config, driver, { authority: authority.address, vehicle: vehicle! }, QUICK)
    return { client, filed, credentials }
  }
  const hold = async (rider: ChainWallet, driver: ChainWallet, lane: number): Promise<unknown> => {
    const terms: Terms = await chain.termsOf(rider.address, driver.address, { tariff: tariffId, lane })
    const domain = typedDomain({ chainId: 31_337, vault: config.contracts.vault })
    return driver.writer(config).hold(terms, await rider.signTypedData(domain, TERMS_TYPES, terms))
  }
  return {
    ...{ chain, home, url, nowMs, random, officer, office, faults },
    ...{ openOffice, clientOf, post, deed, entryOf, granted, collected, hold },
    stop: async () => {
      server.close()
      await office[Symbol.asyncDispose]()
      await chain.anvil.stop()
      rmSync(home, { recursive: true })
    },
  }
}
