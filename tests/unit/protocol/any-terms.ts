import { toHex } from '@hexhail/protocol/hex.ts'
import type { Receipt, Terms } from '@hexhail/protocol/terms.ts'
import fc from 'fast-check'

const hex = (n: number) => fc.uint8Array({ minLength: n, maxLength: n }).map(toHex)
const big = (bits: number) => fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) - 1n })
const uint = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 })

/** Any terms that the vault's types can hold. */
export const anyTerms: fc.Arbitrary<Terms> = fc.record({
  rider: hex(20),
  driver: hex(20),
  session: hex(20),
  fare: big(96),
  hold: big(96),
  lane: uint(32),
  seq: big(64),
  tariff: uint(32),
  metres: uint(32),
  secs: uint(32),
  bp: uint(16),
  acceptBy: uint(40),
  details: fc.record({
    cancelFee: big(96),
    noShowFee: big(96),
    freeUntil: uint(40),
    lateAt: uint(40),
    pickupBy: uint(40),
    expiry: uint(40),
    arbiter: hex(20),
    boarding: hex(32),
    record: hex(32),
  }),
})

/** Any receipt that the vault's types can hold. */
export const anyReceipt: fc.Arbitrary<Receipt> = fc.record({
  terms: hex(32),
  index: uint(32),
  fare: big(96),
  wait: big(96),
  toll: big(96),
  tip: big(96),
  metres: uint(32),
  secs: uint(32),
  waitSecs: uint(32),
  record: hex(32),
})

/** Any place that terms can be valid in. */
export const anyDomain = fc.record({ chainId: fc.integer({ min: 1, max: 2 ** 32 }), vault: hex(20) })
