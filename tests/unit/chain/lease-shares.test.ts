import { plainBooks } from '@hexhail/audit/checks/books.ts'
import { leaseDeduction } from '@hexhail/audit/checks/proofs/lease-deduction.ts'
import { readLeases } from '@hexhail/chain/lease-shares.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { id } from 'ethers'
import { expect, test } from 'vitest'

const VAULT = `0x${'aa'.repeat(20)}` as const
const LEASE = `0x${'1e'.repeat(20)}` as const
const OTHER = `0x${'0e'.repeat(20)}` as const
const STRANGER = `0x${'5e'.repeat(20)}` as const

const word = (value: bigint | Hex): string => BigInt(value).toString(16).padStart(64, '0')
const log = (address: Hex, toOwner: bigint, toDriver: bigint, block: number) => ({
  address,
  block,
  data: `0x${word(toOwner)}${word(toDriver)}`,
  transactionHash: `0x${String(block % 10).repeat(64)}`,
})
const LOGS = [
  log(LEASE, 30n, 70n, 100),
  log(STRANGER, 99n, 1n, 101), // no driver of the vault
  log(OTHER, 99n, 1n, 102), // of another vault
  log(LEASE, 31n, 69n, 25_000),
]

/** A node that has these events, and answers for LEASE (30 % until 1,000) and OTHER. */
const asked: string[] = []
const rpc = async (method: string, [first]: readonly unknown[]): Promise<unknown> => {
  const query = first as { fromBlock: Hex; toBlock: Hex; topics: Hex[]; to: Hex; data: Hex }
  if (method === 'eth_getLogs') {
    asked.push(`${Number(query.fromBlock)}-${Number(query.toBlock)}`)
    expect(query.topics).toEqual([id('Shared(uint96,uint96)')])
    return LOGS.filter(({ block }) => block >= Number(query.fromBlock) && block <= Number(query.toBlock))
  }
  const answers: Readonly<Record<string, bigint | Hex>> = {
    [id('vault()').slice(0, 10)]: query.to === LEASE ? VAULT : STRANGER,
    [id('ownerBps()').slice(0, 10)]: 3_000n,
    [id('owed()').slice(0, 10)]: 1_000n,
  }
  return `0x${word(answers[query.data.slice(0, 10)]!)}`
}

test('what lease accounts of the vault’s drivers shared out is held against the terms that stand in them', async () => {
  const leases = await readLeases(rpc, VAULT, new Set([LEASE, OTHER]), 5, 30_000)
  expect(asked).toEqual(['5-10004', '10005-20004', '20005-30000'])
  expect(leases.terms).toEqual([{ account: LEASE, ownerBps: 3_000, owed: 1_000n }])
  expect(leases.shares.map(({ toOwner, toDriver }) => [toOwner, toDriver])).toEqual([
    [30n, 70n],
    [31n, 69n],
  ])
  const found = leaseDeduction.find({ ...plainBooks(0, []), leases })
  expect(found.map(({ answers }) => answers[0]?.ok)).toEqual([true, false])
})
