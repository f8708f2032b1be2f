import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { contractCall } from './contract-call.ts'
import { createPermitReader } from './permit-reader.ts'
import type { ChainConfig, ChainReader } from './ports.ts'
import { createRpc, type Rpc } from './rpc.ts'
import { factOf, type RawLog, TOPICS } from './vault-log.ts'
import { addressOf, bytes32Of, int16Of, numberOf, uintOf, wordOf } from './words.ts'

/** First four bytes of the calls that are made by hand (tests/unit/chain/vault-log.test.ts). */
export const SELECTORS = {
  accountOf: '0x8086b8ba',
  laneOf: '0x2f5cae17',
  caseOf: '0xd49224e9',
  levyOf: '0xf0f1aa24',
  balanceOf: '0x70a08231',
  get: '0xd8a26e3a',
} as const

/** Fields of a tariff in the contract's order, after `authority`. */
const TARIFF_FIELDS = [
  ...['base', 'perKm', 'perMin', 'minimum', 'levyBps', 'waitPerMin', 'freeWaitS', 'minBp', 'maxBp'],
  ...['nightFromMin', 'nightToMin', 'nightBp', 'utcOffsetMin', 'cancelGraceS', 'cancelMin', 'cancelMax'],
  ...[
    'cancelPerKm',
    'cancelPerMin',
    'cancelBp',
    'noShowWaitS',
    'noShowFee',
    'lateS',
    'sectionM',
    'perKmBeyond',
    'levyFlat',
  ],
  ...['tollMax', 'roundTo'],
] as (keyof Tariff)[]

/** A reader of one deployment. It keeps tariffs, which never change, and nothing else. */
export function createReader(config: ChainConfig, rpc: Rpc = createRpc(config.rpcUrl)): ChainReader {
  const { token, vault, tariffs, permits } = config.contracts
  const known = new Map<number, Promise<Tariff>>()

  const call = contractCall(rpc)
  const { permit } = createPermitReader(rpc, permits)

  return {
    config,
    tariff(id) {
      const found = known.get(id)
      if (found) return found
      const reading = call(tariffs, SELECTORS.get, [id], 3 + TARIFF_FIELDS.length).then(tariffFrom)
      known.set(id, reading)
      reading.catch(() => known.delete(id))
      return reading
    },
    async levy(id) {
      return uintOf((await call(vault, SELECTORS.levyOf, [id], 1))[0]!)
    },
    async account(owner) {
      const [free, held] = await call(vault, SELECTORS.accountOf, [owner], 4)
      return { free: uintOf(free!), held: uintOf(held!) }
    },
    async lane(owner, lane) {
      const [held, seq, terms] = await call(vault, SELECTORS.laneOf, [owner, lane], 3)
      return { held: uintOf(held!), seq: uintOf(seq!), terms: bytes32Of(terms!) }
    },
    async caseEndsS(terms) {
      return numberOf((await call(vault, SELECTORS.caseOf, [terms], 4))[2]!)
    },
    async tokenBalance(owner) {
      return uintOf((await call(token, SELECTORS.balanceOf, [owner], 1))[0]!)
    },
    async coinBalance(owner) {
      return BigInt((await rpc('eth_getBalance', [owner, 'latest'])) as string)
    },
    permit,
    async settledTrips(driver) {
      const topics = [TOPICS.settled, null, null, `0x${wordOf(driver)}`]
      const fromBlock = `0x${config.contracts.deployBlock.toString(16)}`
      const logs = await rpc('eth_getLogs', [{ address: vault, topics, fromBlock, toBlock: 'latest' }])
      return (logs as RawLog[]).length
    },
    async head() {
      const block = (await rpc('eth_getBlockByNumber', ['latest', false])) as { number: Hex; timestamp: Hex }
      return { number: Number(block.number), timestampS: Number(block.timestamp) }
    },
    proves: fact => proves(rpc, vault, fact),
  }
}

/** The transaction's receipt comes from the chain as it stands now: the log must be in it, in the same block. */
async function proves(rpc: Rpc, vault: Hex, fact: ChainFact): Promise<boolean> {
  const receipt = (await rpc('eth_getTransactionReceipt', [fact.txHash])) as { logs: RawLog[] } | null
  const log = receipt?.logs.find(each => Number(each.logIndex) === fact.logIndex)
  if (log?.address.toLowerCase() !== vault.toLowerCase()) return false
  const told = factOf(log, fact.timestampS)
  return told !== null && Object.entries(fact).every(([key, value]) => told[key as keyof ChainFact] === value)
}

/** A tariff out of the words of `Tariffs.get` or of the event `Published`. */
export function tariffFrom(words: readonly string[]): Tariff {
  const numbers = TARIFF_FIELDS.map((field, i) => [
    field,
    (field === 'utcOffsetMin' ? int16Of : numberOf)(words[i + 1]!),
  ])
  const [document, needsPermit] = words.slice(1 + TARIFF_FIELDS.length)
  return {
    authority: addressOf(words[0]!),
    ...Object.fromEntries(numbers),
    document: bytes32Of(document!),
    needsPermit: uintOf(needsPermit!) !== 0n,
  } as Tariff
}
