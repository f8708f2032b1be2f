/** Writes eip712.json: `node tests/vectors/make-eip712.ts`. Digests and wallet signatures come from ethers. */
import { writeFileSync } from 'node:fs'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import { sessionAddress } from '@hexhail/protocol/session-key.ts'
import { RECEIPT_TYPES, TERMS_TYPES, typedDomain } from '@hexhail/protocol/typed-data.ts'
import { p256 } from '@noble/curves/nist.js'
import { id, TypedDataEncoder, Wallet } from 'ethers'
import fc from 'fast-check'
import { anyReceipt, anyTerms } from '../unit/protocol/any-terms.ts'

const COUNT = 20
const terms = fc.sample(anyTerms, { numRuns: COUNT, seed: 712 })
const receipts = fc.sample(anyReceipt, { numRuns: COUNT, seed: 713 })
const cases = []
for (let i = 0; i < COUNT; i++) {
  const domain = { chainId: i % 2 ? 31337 : 100 + i, vault: toHex(fromHex(id(`vault ${i}`)).subarray(12)) }
  const wallet = new Wallet(id(`rider ${i}`))
  const sessionKey = fromHex(id(`session ${i}`))
  const publicKey = p256.getPublicKey(sessionKey, false).subarray(1)
  const rider = wallet.address.toLowerCase()
  const t = { ...terms[i]!, rider, session: sessionAddress(publicKey) }
  const termsDigest = TypedDataEncoder.hash(typedDomain(domain), TERMS_TYPES, t)
  const r = { ...receipts[i]!, terms: termsDigest }
  const receiptDigest = TypedDataEncoder.hash(typedDomain(domain), RECEIPT_TYPES, r)
  const byKey = p256.sign(fromHex(receiptDigest), sessionKey, { lowS: true, prehash: true })
  cases.push({
    domain,
    riderKey: wallet.privateKey,
    sessionKey: toHex(sessionKey),
    terms: t,
    detailsHash: TypedDataEncoder.hashStruct('Details', { Details: TERMS_TYPES.Details }, t.details),
    termsDigest,
    termsSignature: await wallet.signTypedData(typedDomain(domain), TERMS_TYPES, t),
    receipt: r,
    receiptDigest,
    receiptSignature: await wallet.signTypedData(typedDomain(domain), RECEIPT_TYPES, r),
    receiptSessionSignature: toHex(byKey) + toHex(publicKey).slice(2),
  })
}
const about =
  'Terms and receipts with their EIP-712 digests. Money and seq are decimal texts. riderKey and sessionKey are test ' +
  'keys. receiptSessionSignature is r, s, x, y: P-256 over sha256(receiptDigest).'
const json = JSON.stringify({ about, cases }, (_, value) => (typeof value === 'bigint' ? value.toString() : value), 1)
writeFileSync(new URL('eip712.json', import.meta.url), `${json}\n`)
