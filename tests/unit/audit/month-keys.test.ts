import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  destroyMonthKey,
  listMonthKeys,
  makeMonthKeysAt,
  publicMonthKeys,
} from '@hexhail/audit/month-keys.ts'
import { createRecordOpener } from '@hexhail/audit/open-records.ts'
import { sealRecord } from '@hexhail/audit/sealed-record.ts'
import { createWalletKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { monthKeySigner } from '@hexhail/node/month-key-signer.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import { isMonthKey, monthAfter, monthOf } from '@hexhail/protocol/month-key.ts'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { TARIFF } from '../protocol/demo-tariff.ts'
import { PLAIN, settledTrip } from './settled-trip.ts'

const CHAIN = 31_337
const NOVEMBER = Date.UTC(2026, 10, 23)
const wallet = walletFromKey(createWalletKey())
const sign = monthKeySigner(wallet, CHAIN)

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hexhail-months-'))
  onTestFinished(() => rm(folder, { recursive: true }))
})

test('months follow each other', () => {
  expect([monthOf(NOVEMBER), monthAfter(202_611), monthAfter(202_612)]).toEqual([202_611, 202_612, 202_701])
})

describe('the keys of the months', () => {
  test('are made for this month and the next, signed by the authority, and stay', async () => {
    const made = await makeMonthKeysAt(folder, wallet.address, NOVEMBER, sign)
    expect(made.map(key => key.month)).toEqual([202_611, 202_612])
    expect(await makeMonthKeysAt(folder, wallet.address, NOVEMBER, sign)).toEqual(made)
    for (const key of publicMonthKeys(made)) {
      expect(key).not.toHaveProperty('privateKey')
      expect(isMonthKey(CHAIN, wallet.address, key)).toBe(true)
      expect(isMonthKey(CHAIN + 1, wallet.address, key)).toBe(false)
      expect(isMonthKey(CHAIN, wallet.address, { ...key, month: 202_701 })).toBe(false)
      expect(isMonthKey(CHAIN, TARIFF.authority, { ...key, authority: TARIFF.authority })).toBe(false)
    }
    for (const junk of [null, 7, {}, { month: 202_611 }])
      expect(isMonthKey(CHAIN, wallet.address, junk)).toBe(false)
  })

  test('open the records of their month until they are destroyed, and never after', async () => {
    const [november] = await makeMonthKeysAt(folder, wallet.address, NOVEMBER, sign)
    const { record } = settledTrip(TARIFF, PLAIN)
    const sealed = await sealRecord(fromHex(november!.publicKey), november!.month, record)
    const opener = async () =>
      createRecordOpener((await listMonthKeys(folder)).flatMap(key => key.privateKey ?? []))
    expect((await opener()).open(sealed)).toMatchObject({ verdict: 'accept', value: { kind: 'record' } })

    await expect(destroyMonthKey(folder, 202_611, NOVEMBER)).rejects.toMatchObject({ code: 'month-open' })
    const gone = await destroyMonthKey(folder, 202_611, Date.UTC(2028, 10, 1))
    expect(gone).toMatchObject({ month: 202_611, privateKey: null, publicKey: november!.publicKey })
    expect(await readFile(join(folder, '202611.json'), 'utf8')).not.toContain(november!.privateKey!.slice(2))
    expect((await opener()).open(sealed)).toEqual({ verdict: 'reject', code: 'key' })
    expect(publicMonthKeys(await listMonthKeys(folder)).map(key => key.month)).toEqual([202_612])
    // The month is not made again: what is gone stays gone.
    await makeMonthKeysAt(folder, wallet.address, NOVEMBER, sign)
    expect((await opener()).open(sealed)).toEqual({ verdict: 'reject', code: 'key' })
  })

  test('in a broken file are told of by name', async () => {
    await writeFile(join(folder, '202601.json'), '{}')
    await expect(listMonthKeys(folder)).rejects.toMatchObject({ code: 'month-key' })
  })
})
