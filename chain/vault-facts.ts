import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Blocks, FactSource } from './block-trail.ts'
import type { Rpc } from './rpc.ts'
import { factOf, type RawLog, TOPICS } from './vault-log.ts'
import { wordOf } from './words.ts'

/** Whose trips to follow: those that fit any of the given; without any, all. */
export interface FactFilter {
  readonly rider?: Hex
  readonly driver?: Hex
  readonly terms?: readonly Hex[]
}

type Topics = readonly (Hex | readonly Hex[] | null)[]

/** Ids in one query: nodes bound the size of a request. */
const IDS = 200

const ALL = Object.values(TOPICS)
/** The events that name rider and driver. */
const NAMING = [TOPICS.held, TOPICS.settled]
const LATER = ALL.filter(topic => topic !== TOPICS.held && topic !== TOPICS.settled)

/** The vault's facts, of the trips that fit, for a trail. */
export function vaultSource(rpc: Rpc, vault: Hex, filter: FactFilter): FactSource<ChainFact> {
  const open = new Set<Hex>()
  return {
    read: blocks => readFacts(rpc, vault, blocks, filter, open),
    note({ type, fact }) {
      if (type === 'fact' ? endsTrip(fact) : fact.fact === 'held') open.delete(fact.terms)
      else open.add(fact.terms)
    },
  }
}

/** The facts of these blocks in their order; `open` are the followed trips that have not ended yet. */
async function readFacts(
  rpc: Rpc,
  vault: Hex,
  blocks: Blocks,
  filter: FactFilter,
  open: ReadonlySet<Hex>,
): Promise<ChainFact[]> {
  const query = async (topics: Topics) =>
    (await rpc('eth_getLogs', [{ address: vault, topics, ...blocks }])) as RawLog[]
  const { rider, driver, terms } = filter
  const firsts: Topics[] = []
  if (rider) firsts.push([NAMING, null, `0x${wordOf(rider)}`])
  if (driver) firsts.push([NAMING, null, null, `0x${wordOf(driver)}`])
  for (let i = 0; terms && i < terms.length; i += IDS) firsts.push([ALL, terms.slice(i, i + IDS)])
  const all = !rider && !driver && !terms
  const logs = (await Promise.all((all ? [[ALL]] : firsts).map(query))).flat()
  if (rider || driver) {
    // The other events name the trip alone.
    const ids = [...new Set([...open, ...logs.map(log => log.topics[1]!)])]
    for (let i = 0; i < ids.length; i += IDS) logs.push(...(await query([LATER, ids.slice(i, i + IDS)])))
  }
  return inOrder(rpc, logs)
}

/** True for a fact after which its trip has no more. */
function endsTrip(fact: ChainFact): boolean {
  return fact.fact === 'settled' || fact.fact === 'closed' || fact.fact === 'released'
}

async function inOrder(rpc: Rpc, logs: readonly RawLog[]): Promise<ChainFact[]> {
  const untimed = new Set(logs.filter(log => !log.blockTimestamp).map(log => log.blockHash))
  const times = new Map<Hex, number>()
  await Promise.all([...untimed].map(async hash => times.set(hash, await blockTime(rpc, hash))))
  const byPlace = new Map<number, ChainFact>()
  for (const log of logs) {
    const fact = factOf(log, times.get(log.blockHash) ?? Number(log.blockTimestamp))
    if (fact) byPlace.set(fact.blockNumber * 2 ** 20 + fact.logIndex, fact)
  }
  return [...byPlace].sort(([a], [b]) => a - b).map(([, fact]) => fact)
}

async function blockTime(rpc: Rpc, blockHash: Hex): Promise<number> {
  const block = (await rpc('eth_getBlockByHash', [blockHash, false])) as { timestamp: Hex } | null
  if (!block) throw new HexhailError('rpc-error', `Block ${blockHash} is gone.`, { blockHash })
  return Number(block.timestamp)
}
