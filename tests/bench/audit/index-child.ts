/** Indexing in a process of its own: `node index-child.ts EVENTS SEED FOLDER`. */
import { join } from 'node:path'
import { openSqliteStore } from '@hexhail/audit/store/sqlite-store.ts'
import { FARE_VAULT_ABI } from '@hexhail/chain/generated/abi.ts'
import { indexFacts } from '@hexhail/chain/index-facts.ts'
import type { Rpc } from '@hexhail/chain/rpc.ts'
import { factOf, type RawLog } from '@hexhail/chain/vault-log.ts'
import { Interface } from 'ethers'
import { createScriptedChain, SCRIPTED } from '../../unit/audit/scripted-chain.ts'
import { createRandom } from './random.ts'

/** Logs that both decoders read. */
const DECODED = 20_000
/** Logs in a block, at most; half of it on average. */
const MOST = 8

const [events = '', seed = '', folder = ''] = process.argv.slice(2)
const chain = createScriptedChain(createRandom(Number(seed)))
chain.grow(Math.round((Number(events) * 2) / MOST), MOST)

const texts = new Map<string, string>()
const nameOf = (...asked: Parameters<Rpc>) => JSON.stringify(asked.slice(0, 2))
/** Answers as they come from a node: as text. */
const told: Rpc = async (...asked) => {
  const answer = await chain.rpc(...asked)
  texts.set(nameOf(...asked), JSON.stringify(answer))
  return answer
}
const read: Rpc = async (...asked) => JSON.parse(texts.get(nameOf(...asked))!)

async function index(file: string, rpc: Rpc) {
  await using store = openSqliteStore(file, { chainId: SCRIPTED.chainId, vault: SCRIPTED.contracts.vault })
  const [began, cpu] = [performance.now(), process.cpuUsage()]
  let facts = 0
  await indexFacts({ config: SCRIPTED, shelf: store, rpc, onChange: () => facts++ })
  const { user, system } = process.cpuUsage(cpu)
  return { facts, seconds: (performance.now() - began) / 1_000, cpuS: (user + system) / 1e6 }
}

await index(':memory:', told)
const { facts, seconds, cpuS } = await index(join(folder, 'index.sqlite'), read)

const query = [{ fromBlock: '0x0', toBlock: `0x${chain.height.toString(16)}` }]
const logs = ((await chain.rpc('eth_getLogs', query)) as readonly RawLog[]).slice(0, DECODED)
const vault = new Interface(FARE_VAULT_ABI)
const cpuSecondsOf = (run: () => void): number => {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
const ownS = cpuSecondsOf(() => {
  for (const log of logs) if (factOf(log, 0) === null) throw new Error('A log is no fact.')
})
const ethersS = cpuSecondsOf(() => {
  for (const { topics, data } of logs)
    if (vault.parseLog({ topics, data }) === null) throw new Error('No event.')
})
const decoded = { decodePerCpuS: logs.length / ownS, ethersPerCpuS: logs.length / ethersS }
process.send?.({ events: facts, seconds, cpuS, ...decoded }, () => process.disconnect())
