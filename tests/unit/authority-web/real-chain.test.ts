import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makeAuditKey } from '@hexhail/audit/audit-key.ts'
import { createDeskClient } from '@hexhail/audit/desk-client.ts'
import { createAuditHandler } from '@hexhail/audit/http.ts'
import { sealRecord } from '@hexhail/audit/sealed-record.ts'
import { createAuthorityModel } from '@hexhail/authority-web/model.ts'
import { createFollower } from '@hexhail/chain/follower.ts'
import { grantPermit } from '@hexhail/chain/grant-permit.ts'
import { signReceipt, signTerms } from '@hexhail/chain/typed.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import { plainRecord, recordRoot, tripRecord } from '@hexhail/protocol/record.ts'
import { fareOf, levyOf } from '@hexhail/protocol/tariff.ts'
import { termsDigest } from '@hexhail/protocol/typed-data.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { memoryDesk } from '../audit/memory-desk.ts'
import { localChain, QUICK, UNIT } from '../chain/local-chain.ts'
import { memoryShelf } from './table-chain.ts'

let world: Awaited<ReturnType<typeof localChain>>
let server: Server
beforeAll(async () => {
  world = await localChain()
  const desk = memoryDesk(Date.now)
  server = createServer(createAuditHandler({ desk, now: Date.now, origins: [] })).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await world.anvil.stop()
})

test('a ride settled on a real chain and filed at a real desk is opened, found right and proven', async () => {
  const { config, tariffId, authority, reader } = world
  const { privateKey, publicKey } = await makeAuditKey()
  const desk = createDeskClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await using model = createAuthorityModel({
    reader,
    follower: createFollower({ config, pollMs: QUICK.pollMs }),
    desk,
    shelf: memoryShelf(),
    auditKey: publicKey,
    tariffId,
    now: Date.now,
    every: (_, run) => {
      const timer = setInterval(run, 20)
      return () => clearInterval(timer)
    },
    report: () => {},
  })
  expect(await model.importKey(privateKey)).toBeNull()

  const tariff = await reader.tariff(tariffId)
  const [rider, driver] = await Promise.all([world.party(20n * UNIT), world.party()])
  const fare = fareOf(tariff, 4_000, 600, 10_000)
  const terms = await world.termsOf(rider.address, driver.address, { fare, hold: fare + 2n * UNIT })
  const domain = { chainId: config.chainId, vault: config.contracts.vault }
  const figures = {
    terms: termsDigest(domain, terms),
    index: 1,
    fare,
    wait: 0n,
    toll: 0n,
    tip: UNIT,
    metres: 4_100,
    secs: 580,
    waitSecs: 0,
  }
  const record = tripRecord(
    {
      ...plainRecord(1_795_390_412_000),
      terms,
      tariff,
      agreed: { fare, metres: terms.metres, secs: terms.secs, bp: terms.bp },
      pickup: [-56.1882, -34.9033],
      dest: [-56.1645, -34.8941],
      salt: `0x${'07'.repeat(32)}`,
    },
    figures,
  )
  const receipt = { ...figures, record: recordRoot(record) }
  const asDriver = driver.writer(config)
  await asDriver.hold(terms, await signTerms(rider, domain, terms))
  await vi.waitFor(() => expect(model.running.value).toHaveLength(1), 10_000)
  const [held] = model.running.value
  expect(await model.proveRunning(held!)).toBe('proved')
  await asDriver.settle(terms, receipt, await signReceipt(rider, domain, receipt))
  await desk.file(receipt.terms, await sealRecord(fromHex(publicKey), 202_611, record))

  await vi.waitFor(() => expect(model.row(receipt.terms)?.audit?.verdict).toBe('right'), 10_000)
  expect(model.sums.value).toMatchObject({
    trips: 1,
    fares: fare,
    levy: levyOf(tariff, fare),
    opened: 1,
    wrong: 0,
  })
  expect(model.running.value).toEqual([])
  expect(await model.proveRunning(held!)).toBe('gone')
  const { fact } = model.rows.value[0]!
  expect(await model.prove(fact)).toBe('proved')
  expect(await model.prove({ ...fact, fare: fact.fare + 1n })).toBe('gone')

  const untilS = 2_000_000_000
  await grantPermit(config, authority, { driver: driver.address, untilS, credential: receipt.record }, QUICK)
  expect(await model.permit(driver.address)).toMatchObject({ untilS })
})
