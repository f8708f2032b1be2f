import { importAuditKey, makeAuditKey } from '@hexhail/audit/audit-key.ts'
import { auditKeys, openRecord, sealRecord } from '@hexhail/audit/sealed-record.ts'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import { encodeRecord } from '@hexhail/protocol/record.ts'
import { FILERS, packFiled } from '@hexhail/protocol/record-envelope.ts'
import { createSealContext, sealRecordAt } from '@hexhail/protocol/record-seal.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TARIFF } from '../protocol/demo-tariff.ts'
import { anyTrip, PLAIN, settledTrip } from './settled-trip.ts'

const { privateKey, publicKey } = await makeAuditKey()
const sealKey = fromHex(publicKey)
const imported = await importAuditKey(privateKey, publicKey)
if (imported.verdict !== 'accept') throw new Error('the key does not import')
const key = imported.value
const keys = await auditKeys([key])
const MONTH = 202_611

test('a record sealed to the audit key opens to the same figures', async () => {
  await fc.assert(
    fc.asyncProperty(anyTrip, async figures => {
      const { record, fact } = settledTrip(TARIFF, figures)
      const opened = await openRecord(keys, fact.terms, await sealRecord(sealKey, MONTH, record))
      expect(opened).toEqual({ verdict: 'accept', value: record })
    }),
    { numRuns: 20 },
  )
})

test('a record filed under another trip does not open', async () => {
  const { record } = settledTrip(TARIFF, PLAIN)
  const opened = await openRecord(keys, `0x${'01'.repeat(32)}`, await sealRecord(sealKey, MONTH, record))
  expect(opened).toEqual({ verdict: 'reject', code: 'terms' })
})

test('a record that names another trip inside is refused', async () => {
  const { record } = settledTrip(TARIFF, PLAIN)
  const other = new Uint8Array(32).fill(1)
  const to = { authority: record.authority, month: MONTH, publicKey: sealKey }
  const plain = packFiled({
    record: {
      by: FILERS.driver,
      index: 1,
      receiptSignature: new Uint8Array(128),
      headSignature: new Uint8Array(64),
      record: encodeRecord(record),
    },
  })
  const sealed = await sealRecordAt(await createSealContext(to), 0, toHex(other), plain)
  expect(await openRecord(keys, toHex(other), sealed)).toEqual({ verdict: 'reject', code: 'terms' })
})

test('another key does not open it', async () => {
  const { record, fact } = settledTrip(TARIFF, PLAIN)
  const stranger = await importAuditKey((await makeAuditKey()).privateKey, null)
  if (stranger.verdict !== 'accept') throw new Error('the key does not import')
  expect(
    await openRecord(await auditKeys([stranger.value]), fact.terms, await sealRecord(sealKey, MONTH, record)),
  ).toEqual({
    verdict: 'reject',
    code: 'sealed',
  })
})

test('junk does not open and does not throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async junk => {
      expect((await openRecord(keys, `0x${'07'.repeat(32)}`, junk)).verdict).toBe('reject')
    }),
  )
})

test('the imported key cannot be taken out again', async () => {
  await expect(crypto.subtle.exportKey('jwk', key.privateKey)).rejects.toThrow()
  await expect(crypto.subtle.exportKey('pkcs8', key.privateKey)).rejects.toThrow()
})

test('a key of another authority is told from a text that is no key', async () => {
  const other = (await makeAuditKey()).privateKey
  expect(await importAuditKey(other, publicKey)).toEqual({ verdict: 'reject', code: 'other' })
  expect(await importAuditKey('hello', publicKey)).toEqual({ verdict: 'reject', code: 'key' })
  expect(await importAuditKey('null', publicKey)).toEqual({ verdict: 'reject', code: 'key' })
  expect(await importAuditKey(JSON.stringify({ privateKey, publicKey }), publicKey)).toMatchObject({
    verdict: 'accept',
  })
  expect(await importAuditKey(` ${privateKey.slice(2)}\n`, publicKey)).toMatchObject({ verdict: 'accept' })
})
