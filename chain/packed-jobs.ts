import type { Hex, Receipt, Terms } from '@hexhail/protocol/terms.ts'
import { detailsHash } from '@hexhail/protocol/typed-data.ts'

/** One hold of a batch. */
export interface HoldJob {
  readonly terms: Terms
  readonly riderSig: Hex
}

/** One settlement of a batch; `driverSig` is `0x` where the driver sends the batch himself. */
export interface SettleJob extends HoldJob {
  readonly receipt: Receipt
  readonly driverSig: Hex
}

/** `jobs` of the vault's `holdMany`: the layout of `contracts/src/Packed.sol`. */
export function packHolds(jobs: readonly HoldJob[]): Hex {
  return `0x${jobs.map(({ terms, riderSig }) => packTerms(terms) + sized(riderSig)).join('')}`
}

/** `jobs` of the vault's `settleMany`: the layout of `contracts/src/Packed.sol`. */
export function packSettles(jobs: readonly SettleJob[]): Hex {
  const packed = jobs.map(
    ({ terms, receipt, riderSig, driverSig }) =>
      packTerms(terms) + packReceipt(receipt) + sized(riderSig) + sized(driverSig),
  )
  return `0x${packed.join('')}`
}

function packTerms(t: Terms): string {
  return [
    ...[t.rider, t.driver, t.session].map(digits),
    ...[number(t.fare, 12), number(t.hold, 12), number(t.lane, 4), number(t.seq, 8), number(t.tariff, 4)],
    ...[number(t.metres, 4), number(t.secs, 4), number(t.bp, 2), number(t.acceptBy, 5)],
    digits(detailsHash(t.details)),
  ].join('')
}

function packReceipt(r: Receipt): string {
  return [
    ...[number(r.index, 4), number(r.fare, 12), number(r.wait, 12), number(r.toll, 12), number(r.tip, 12)],
    ...[number(r.metres, 4), number(r.secs, 4), number(r.waitSecs, 4), digits(r.record)],
  ].join('')
}

/** A byte string with its length in two bytes before it. */
function sized(bytes: Hex): string {
  return number(bytes.length / 2 - 1, 2) + digits(bytes)
}

const digits = (hex: Hex): string => hex.slice(2).toLowerCase()

/** @throws {RangeError} when it does not fit */
function number(value: number | bigint, bytes: number): string {
  const text = value.toString(16).padStart(2 * bytes, '0')
  if (text.length > 2 * bytes) throw new RangeError(`${value} does not fit ${bytes} bytes.`)
  return text
}
