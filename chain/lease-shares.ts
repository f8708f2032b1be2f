/** Earnings that LeaseSplit accounts shared out (contracts/src/LeaseSplit.sol), and the terms that stand in each. */
import type { Hex } from '@hexhail/protocol/terms.ts'
import { Interface } from 'ethers'
import { quantity, type Rpc } from './rpc.ts'
import type { RawLog } from './vault-log.ts'
import { uintOf, wordsOf } from './words.ts'

const LEASE = new Interface([
  'event Shared(uint96 toOwner, uint96 toDriver)',
  'function vault() view returns (address)',
  'function ownerBps() view returns (uint16)',
  'function owed() view returns (uint96)',
])
const SHARED = LEASE.getEvent('Shared')!.topicHash as Hex
const NAMES = ['vault', 'ownerBps', 'owed'] as const
/** Blocks in one question at most. */
const SPAN = 10_000

/** What a lease account says of itself. */
export interface LeaseTerms {
  readonly account: Hex
  readonly ownerBps: number
  /** What the owner gets in all, minor units; 0: no end. */
  readonly owed: bigint
}
/** One sharing out, minor units. */
export interface LeaseShared {
  readonly account: Hex
  readonly toOwner: bigint
  readonly toDriver: bigint
  readonly txHash: Hex
}

/** Leases among these accounts that shared earnings of a vault out in these blocks, and each sharing in the chain's order. */
export async function readLeases(
  rpc: Rpc,
  vault: Hex,
  drivers: ReadonlySet<Hex>,
  fromBlock: number,
  toBlock: number,
): Promise<{ readonly terms: readonly LeaseTerms[]; readonly shares: readonly LeaseShared[] }> {
  const heard: LeaseShared[] = []
  for (let from = fromBlock; from <= toBlock; from += SPAN) {
    const range = { fromBlock: quantity(from), toBlock: quantity(Math.min(toBlock, from + SPAN - 1)) }
    const logs = (await rpc('eth_getLogs', [{ topics: [SHARED], ...range }])) as RawLog[]
    heard.push(...logs.map(sharedOf).filter(({ account }) => drivers.has(account))) // anyone may say «Shared»
  }
  const terms: LeaseTerms[] = []
  for (const account of new Set(heard.map(each => each.account))) {
    const found = await termsOf(rpc, vault, account)
    if (found) terms.push(found)
  }
  const known = new Set(terms.map(each => each.account))
  return { terms, shares: heard.filter(({ account }) => known.has(account)) }
}

function sharedOf(log: RawLog): LeaseShared {
  const [toOwner = '0', toDriver = '0'] = wordsOf(log.data)
  const account = log.address.toLowerCase() as Hex
  return { account, toOwner: uintOf(toOwner), toDriver: uintOf(toDriver), txHash: log.transactionHash }
}

/** Null: no lease of this vault. */
async function termsOf(rpc: Rpc, vault: Hex, account: Hex): Promise<LeaseTerms | null> {
  const ask = (name: (typeof NAMES)[number]) =>
    rpc('eth_call', [{ to: account, data: LEASE.encodeFunctionData(name) }, 'latest']).catch(() => '0x')
  const [of, ownerBps, owed] = (await Promise.all(NAMES.map(ask))) as [string, string, string]
  if ([of, ownerBps, owed].some(word => word.length !== 66)) return null
  if (`0x${of.slice(26)}`.toLowerCase() !== vault.toLowerCase()) return null
  return { account, ownerBps: Number(BigInt(ownerBps)), owed: BigInt(owed) }
}
