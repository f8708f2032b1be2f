import type { ChainFact, ChainPlace } from '@hexhail/protocol/chain-fact.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { addressOf, bytes32Of, numberOf, uintOf, wordsOf } from './words.ts'

/** A log as `eth_getLogs` and receipts give it. */
export interface RawLog {
  readonly address: Hex
  readonly topics: readonly Hex[]
  readonly data: Hex
  readonly blockNumber: Hex
  readonly blockHash: Hex
  readonly transactionHash: Hex
  readonly logIndex: Hex
  /** Newer nodes tell it; the follower asks for the block where one does not. */
  readonly blockTimestamp?: Hex
}

/** First topic of each event that is a fact (contracts/src/VaultLog.sol; tests/unit/chain/vault-log.test.ts). */
export const TOPICS: Readonly<Record<ChainFact['fact'], Hex>> = {
  held: '0xb58e0225c4555b472f84542683ad639e5167a7005a9f10ecc643dc868c62ed36',
  settled: '0x96f09f66a9d7c46a9c509108f6c1d5f26c239828ce0a4246bbef8673e238f19c',
  cancelled: '0x6e0a94e7547989c43d561d16a97ab306b04980579cfb6606ac19a7d734cd24e4',
  claimed: '0xdfc86786c16782cf490fb7366ae1a8a858e117e2ebd85e2c1ef66ce079b899eb',
  contested: '0x134147e5ddc95ca28dbbb63b54a547033db9800973a7d832ff027e8d4a733791',
  closed: '0x9b7130e309a71b0a0b52ba263b32494764dccd64ccf9dd55f362b2b31c756644',
  released: '0x6eec2dd2382427616d4ea7ef183b16091feac4e2e63c8b55f25215f132df8d14',
}

const FACT_OF = new Map(Object.entries(TOPICS).map(([fact, topic]) => [topic, fact as ChainFact['fact']]))

/** The fact that a log of the vault tells; null for other events (deposits, withdrawals) and for junk. */
export function factOf(log: RawLog, timestampS: number): ChainFact | null {
  const kind = FACT_OF.get((log.topics[0] ?? '0x').toLowerCase() as Hex)
  if (!kind) return null
  const place = {
    txHash: log.transactionHash,
    blockNumber: Number(log.blockNumber),
    blockHash: log.blockHash,
    logIndex: Number(log.logIndex),
    timestampS,
  }
  const topics = log.topics.map(topic => topic.slice(2))
  const words = wordsOf(log.data)
  if (topics.length !== INDEXED[kind] || words.length !== WORDS[kind]) return null
  return read(kind, { ...place, terms: bytes32Of(topics[1]!) }, topics, words)
}

const INDEXED: Readonly<Record<ChainFact['fact'], number>> = {
  held: 4,
  settled: 4,
  cancelled: 2,
  claimed: 2,
  contested: 2,
  closed: 2,
  released: 2,
}

const WORDS: Readonly<Record<ChainFact['fact'], number>> = {
  held: 3,
  settled: 7,
  cancelled: 2,
  claimed: 3,
  contested: 3,
  closed: 2,
  released: 0,
}

function read(
  kind: ChainFact['fact'],
  base: ChainPlace & { readonly terms: Hex },
  topics: readonly string[],
  words: readonly string[],
): ChainFact {
  const parties = () => ({ rider: addressOf(topics[2]!), driver: addressOf(topics[3]!) })
  const uint = (i: number) => uintOf(words[i]!)
  const number = (i: number) => numberOf(words[i]!)
  switch (kind) {
    case 'held':
      return { ...base, fact: kind, ...parties(), hold: uint(0), tariff: number(1), lane: number(2) }
    case 'settled': {
      const money = { fare: uint(1), wait: uint(2), toll: uint(3), tip: uint(4), levy: uint(5) }
      return { ...base, fact: kind, ...parties(), tariff: number(0), ...money, record: bytes32Of(words[6]!) }
    }
    case 'cancelled':
      return { ...base, fact: kind, fee: uint(0), deadlineS: number(1) }
    case 'claimed':
      return { ...base, fact: kind, amount: uint(0), boarded: uint(1) !== 0n, deadlineS: number(2) }
    case 'contested':
      return { ...base, fact: kind, admitted: uint(0), disputed: uint(1), deadlineS: number(2) }
    case 'closed':
      return { ...base, fact: kind, toDriver: uint(0), toRider: uint(1) }
    case 'released':
      return { ...base, fact: kind }
  }
}
