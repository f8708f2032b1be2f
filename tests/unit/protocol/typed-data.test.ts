import { readFileSync } from 'node:fs'
import { fromHex } from '@hexhail/protocol/hex.ts'
import { recoverAccount } from '@hexhail/protocol/recover.ts'
import { verifyReceipt } from '@hexhail/protocol/session-key.ts'
import type { Hex, Receipt, Terms } from '@hexhail/protocol/terms.ts'
import {
  detailsHash,
  fitsVault,
  RECEIPT_TYPES,
  receiptDigest,
  TERMS_TYPES,
  termsDigest,
  typedDomain,
} from '@hexhail/protocol/typed-data.ts'
import { TypedDataEncoder, verifyTypedData } from 'ethers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDomain, anyReceipt, anyTerms } from './any-terms.ts'

describe('digests', () => {
  it('of terms are those of ethers', () => {
    fc.assert(
      fc.property(anyDomain, anyTerms, (domain, terms) => {
        expect(termsDigest(domain, terms)).toBe(
          TypedDataEncoder.hash(typedDomain(domain), TERMS_TYPES, terms),
        )
        expect(fitsVault(terms)).toBe(true)
      }),
    )
  })

  it('of details are those of ethers', () => {
    fc.assert(
      fc.property(anyTerms, ({ details }) => {
        expect(detailsHash(details)).toBe(
          TypedDataEncoder.hashStruct('Details', { Details: TERMS_TYPES.Details }, details),
        )
      }),
    )
  })

  it('of receipts are those of ethers', () => {
    fc.assert(
      fc.property(anyDomain, anyReceipt, (domain, receipt) => {
        expect(receiptDigest(domain, receipt)).toBe(
          TypedDataEncoder.hash(typedDomain(domain), RECEIPT_TYPES, receipt),
        )
      }),
    )
  })

  it('are total: a number too wide for the vault gives a digest, and fitsVault says so', () => {
    const [terms] = fc.sample(anyTerms, 1) as [Terms]
    const domain = { chainId: 1, vault: terms.rider }
    for (const wide of [
      { ...terms, fare: 2n ** 96n },
      { ...terms, acceptBy: 2 ** 40 },
      { ...terms, bp: 2 ** 16 },
    ]) {
      expect(termsDigest(domain, wide)).toMatch(/^0x[0-9a-f]{64}$/)
      expect(fitsVault(wide)).toBe(false)
    }
    expect(fitsVault({ ...terms, details: { ...terms.details, expiry: 2 ** 40 } })).toBe(false)
    expect(() => termsDigest(domain, { ...terms, fare: -1n })).toThrow('-1 is no uint96')
    expect(() => termsDigest(domain, { ...terms, metres: 0.5 })).toThrow('0.5 is no uint32')
  })

  it('differ by chain and by vault', () => {
    const [terms] = fc.sample(anyTerms, 1) as [Terms]
    const digests = [
      { chainId: 1, vault: terms.rider },
      { chainId: 2, vault: terms.rider },
      { chainId: 2, vault: terms.driver },
    ].map(domain => termsDigest(domain, terms))
    expect(new Set(digests).size).toBe(3)
  })
})

interface Case {
  domain: { chainId: number; vault: Hex }
  terms: Record<string, unknown> & { details: Record<string, unknown> }
  receipt: Record<string, unknown>
  detailsHash: Hex
  termsDigest: Hex
  receiptDigest: Hex
  termsSignature: Hex
  receiptSignature: Hex
  receiptSessionSignature: Hex
}

const BIG = new Set(['fare', 'hold', 'seq', 'cancelFee', 'noShowFee', 'wait', 'toll', 'tip'])
const revive = (flat: Record<string, unknown>): never =>
  Object.fromEntries(
    Object.entries(flat).map(([key, value]) => [
      key,
      BIG.has(key) ? BigInt(value as string) : typeof value === 'object' ? revive(value as never) : value,
    ]),
  ) as never

describe('tests/vectors/eip712.json, which the Solidity tests read too', () => {
  const file = new URL('../../vectors/eip712.json', import.meta.url)
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] }

  it('has 20 cases', () => expect(cases.length).toBe(20))

  it.each(cases.map((c, i) => [i, c] as const))('case %i agrees with us and with ethers', async (_, c) => {
    const terms: Terms = revive(c.terms)
    const receipt: Receipt = revive(c.receipt)
    expect(detailsHash(terms.details)).toBe(c.detailsHash)
    expect(termsDigest(c.domain, terms)).toBe(c.termsDigest)
    expect(receiptDigest(c.domain, receipt)).toBe(c.receiptDigest)
    expect(receipt.terms).toBe(c.termsDigest)
    const byEthers = verifyTypedData(typedDomain(c.domain), TERMS_TYPES, terms, c.termsSignature)
    expect(byEthers.toLowerCase()).toBe(terms.rider)
    expect(recoverAccount(c.termsDigest, fromHex(c.termsSignature))).toBe(terms.rider)
    expect(recoverAccount(c.receiptDigest, fromHex(c.receiptSignature))).toBe(terms.rider)
    expect(await verifyReceipt(terms.session, c.receiptDigest, fromHex(c.receiptSessionSignature))).toBe(true)
  })
})
