/** What the figures of the gas bench are judged by. */

/** What the like of hold + settle costs elsewhere, measured on the same anvil (../shared/reference/evm.md, b and c). */
const PEERS = {
  'base/commerce-payments, authorize + capture': 202_049,
  'csivitu/RideChain, commit + start + finalize': 218_403,
  'RideEscrow (a GitHub dApp), deposit + release': 261_967,
} as const

/** The most that each may take. */
export const TARGETS = {
  holdSettle: 101_000,
  pay: 70_000,
  cancel: 60_000,
  claimFinalize: 105_000,
  batch100PerTrip: 48_000,
} as const

/** Gas of an event. */
const log = (topics: number, words: number): number => 375 + 375 * topics + 8 * 32 * words

/**
 * The least that any contract could take for a hold and a settle that write what ours must: the transactions and their
 * calldata, a signature each, the storage (a cold slot that is written 5,000, one that is only read 2,100), the events.
 */
export function holdSettleFloor(holdCalldata: number, settleCalldata: number): number {
  const hold = 21_000 + holdCalldata + 3_000 + 2 * 5_000 + log(4, 3)
  return hold + 21_000 + settleCalldata + 3_000 + 3 * 5_000 + 2_100 + log(4, 7)
}

/** Prints peers and floor beside our own hold + settle, in columns `width` wide. */
export function printPeers(width: number, holdSettle: number, floor: number): void {
  console.log('\nhold + settle beside what it is judged by:')
  for (const [name, gas] of [...Object.entries(PEERS), ['arithmetic floor', floor] as const])
    console.log(
      `${name.padEnd(width)} ${String(gas).padStart(8)} gas  ${(gas / holdSettle).toFixed(2)} of ours`,
    )
}
