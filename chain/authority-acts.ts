import type { Hex } from '@hexhail/protocol/terms.ts'
import { keccak256 } from 'ethers'
import { quantity, type Rpc } from './rpc.ts'
import { readRulings } from './rulings.ts'
import { type RawLog, TOPICS } from './vault-log.ts'
import { bytes32Of, numberOf, uintOf, wordOf, wordsOf } from './words.ts'

/** Where an act of an authority stands on the chain. */
interface ActPlace {
  readonly authority: Hex
  readonly tx: Hex
  readonly logIndex: number
  /** Unix seconds of the block. */
  readonly atS: number
}

/** An act of an authority that is on the chain. */
export type ChainAct =
  | (ActPlace & {
      readonly act: 'tariff'
      readonly tariff: number /** keccak256 of the event's data. */
      readonly content: Hex
    })
  | (ActPlace & {
      readonly act: 'permit'
      readonly holder: 'driver' | 'vehicle'
      /** Driver's account as a word, or the car's hash. */
      readonly subject: Hex
      readonly change: 'granted' | 'revoked'
      readonly untilS: number
      /** Hash of the credential that a grant is for; zeros in a revocation. */
      readonly credential: Hex
    })
  | (ActPlace & {
      readonly act: 'ruling'
      readonly terms: Hex
      /** What was disputed, shared out; minor units. */
      readonly toDriver: bigint
      readonly toRider: bigint
    })

/** First topics of the events (tests/unit/chain/authority-acts.test.ts). */
export const ACT_TOPICS = {
  published: '0x2bec6f3b9cb06c9cbd8ffb8493e2393a7b01c2602a6c28e789526167fe35c690',
  granted: '0x61a186876dbe73c732941a6aefee71c8700e722a2c48dad9cf503cc30d5bd4e7',
  revoked: '0xb21f58733cc9c4212f5b27eafab335eb725a1d377b6648c1a6c8a9a529943108',
  vehicleGranted: '0x66cb7847adba3252ac4b269f6c0ac3ac40caf8c39aa543b4e70d3c6fa1c7bae2',
  vehicleRevoked: '0x1b108dfd8cb8cd6858d512bb5dd4341965b57534d34f6e2012f26080633a6658',
} as const satisfies Record<string, Hex>

const PERMIT_TOPICS: readonly Hex[] = [
  ACT_TOPICS.granted,
  ACT_TOPICS.revoked,
  ACT_TOPICS.vehicleGranted,
  ACT_TOPICS.vehicleRevoked,
]

/** Blocks in one question at most: what public nodes answer. */
const SPAN = 10_000

/** Where an authority acts. */
interface ActContracts {
  readonly tariffs: Hex
  readonly permits: Hex
  /** Where it rules, as the arbiter of terms. */
  readonly vault: Hex
}

/** Acts of an authority in these blocks, in the order of the chain; asked for piece by piece. */
export async function readAllActs(
  rpc: Rpc,
  contracts: ActContracts,
  authority: Hex,
  fromBlock: number,
  toBlock: number,
): Promise<ChainAct[]> {
  const acts: ChainAct[] = []
  for (let from = fromBlock; from <= toBlock; from += SPAN)
    acts.push(...(await readActs(rpc, contracts, authority, from, Math.min(toBlock, from + SPAN - 1))))
  return acts
}

/** The same in one question. */
export async function readActs(
  rpc: Rpc,
  contracts: ActContracts,
  authority: Hex,
  fromBlock: number,
  toBlock: number,
): Promise<ChainAct[]> {
  const who = `0x${wordOf(authority)}`
  const range = { fromBlock: quantity(fromBlock), toBlock: quantity(toBlock) }
  const query = async (address: Hex, topics: readonly unknown[]) =>
    (await rpc('eth_getLogs', [{ address, topics, ...range }])) as RawLog[]
  const [tariffs, permits, rulings] = await Promise.all([
    query(contracts.tariffs, [ACT_TOPICS.published, null, who]),
    query(contracts.permits, [PERMIT_TOPICS, who]),
    readRulings(rpc, contracts.vault, authority, fromBlock, toBlock),
  ])
  const order = (log: RawLog) => Number(log.blockNumber) * 2 ** 20 + Number(log.logIndex)
  const logs = [...tariffs, ...permits, ...rulings].sort((a, b) => order(a) - order(b))
  const times = new Map<Hex, Promise<number>>()
  const timeOf = ({ blockHash, blockTimestamp }: RawLog): Promise<number> => {
    if (blockTimestamp) return Promise.resolve(Number(blockTimestamp))
    const known = times.get(blockHash) ?? blockTime(rpc, blockHash)
    times.set(blockHash, known)
    return known
  }
  return Promise.all(logs.map(async log => actOf(log, authority, await timeOf(log))))
}

function actOf(log: RawLog, authority: Hex, atS: number): ChainAct {
  const place = { authority, tx: log.transactionHash, logIndex: Number(log.logIndex), atS }
  const words = wordsOf(log.data)
  const [kind, first, second] = log.topics.map(topic => topic.toLowerCase() as Hex)
  if (kind === ACT_TOPICS.published)
    return {
      ...place,
      act: 'tariff',
      tariff: Number(uintOf(first!.slice(2))),
      content: keccak256(log.data) as Hex,
    }
  if (kind === TOPICS.closed) {
    const [toDriver = '0', toRider = '0'] = words
    return { ...place, act: 'ruling', terms: first!, toDriver: uintOf(toDriver), toRider: uintOf(toRider) }
  }
  const isGrant = kind === ACT_TOPICS.granted || kind === ACT_TOPICS.vehicleGranted
  const isVehicle = kind === ACT_TOPICS.vehicleGranted || kind === ACT_TOPICS.vehicleRevoked
  // `VehicleGranted` has the keeper before the time.
  const untilS = numberOf(words[kind === ACT_TOPICS.vehicleGranted ? 1 : 0] ?? '')
  return {
    ...place,
    act: 'permit',
    holder: isVehicle ? 'vehicle' : 'driver',
    subject: bytes32Of(second!.slice(2)),
    change: isGrant ? 'granted' : 'revoked',
    untilS,
    credential: isGrant ? bytes32Of(words[2] ?? ZERO) : bytes32Of(ZERO),
  }
}

const ZERO = '0'.repeat(64)

async function blockTime(rpc: Rpc, hash: Hex): Promise<number> {
  const block = (await rpc('eth_getBlockByHash', [hash, false])) as { timestamp: Hex } | null
  return Number(block?.timestamp ?? 0)
}
