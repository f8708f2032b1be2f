import { createHash } from 'node:crypto'
import type { ChainConfig } from '@hexhail/chain/ports.ts'
import type { Rpc } from '@hexhail/chain/rpc.ts'
import { type RawLog, TOPICS } from '@hexhail/chain/vault-log.ts'
import { wordOf } from '@hexhail/chain/words.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

interface Block {
  readonly number: number
  readonly hash: Hex
  readonly parentHash: Hex
  readonly logs: readonly RawLog[]
}

type LogQuery = { readonly blockHash?: Hex; readonly fromBlock?: Hex; readonly toBlock?: Hex }

const VAULT: Hex = `0x${'7a'.repeat(20)}`

/** Where the scripted chain's vault is. */
export const SCRIPTED: ChainConfig = {
  chainId: 1,
  rpcUrl: 'http://127.0.0.1:1',
  contracts: {
    ...{ token: VAULT, vault: VAULT, tariffs: VAULT, permits: VAULT },
    deployBlock: 0,
  },
} as ChainConfig

const hashOf = (text: string): Hex => `0x${createHash('sha256').update(text).digest('hex')}`
const quantity = (n: number): Hex => `0x${n.toString(16)}`

/** A chain whose blocks a test writes: settlements and holds with figures that follow from a random source. */
export function createScriptedChain(random: () => number) {
  let blocks: Block[] = []
  let made = 0
  const amount = () => BigInt(Math.floor(random() * 2 ** 40))

  const logAt = (number: number, blockHash: Hex, logIndex: number): RawLog => {
    const settled = random() < 0.7
    const id = `${blockHash} ${logIndex}`
    const party = (name: string): Hex => `0x${wordOf(`0x${hashOf(`${name} ${random()}`).slice(26)}`)}`
    const data = settled
      ? [
          7,
          amount(),
          amount(),
          amount(),
          random() < 0.01 ? 2n ** 95n : amount(),
          amount(),
          hashOf(`record ${id}`),
        ]
      : [amount(), 7, 3]
    return {
      address: VAULT,
      topics: [TOPICS[settled ? 'settled' : 'held'], hashOf(`terms ${id}`), party('rider'), party('driver')],
      data: `0x${data.map(wordOf).join('')}`,
      blockNumber: quantity(number),
      blockHash,
      transactionHash: hashOf(`tx ${id}`),
      logIndex: quantity(logIndex),
      blockTimestamp: quantity(1_700_000_000 + number),
    }
  }
  const asAnswer = (block: Block | undefined) =>
    block === undefined
      ? null
      : { ...block, number: quantity(block.number), timestamp: quantity(1_700_000_000 + block.number) }

  const chain = {
    get height() {
      return blocks.length
    },
    /** Appends blocks of up to `most` facts each. */
    grow(count: number, most = 3) {
      for (let i = 0; i < count; i++) {
        const number = blocks.length
        const hash = hashOf(`block ${made++}`)
        const logs = Array.from({ length: Math.floor(random() * (most + 1)) }, (_, at) =>
          logAt(number, hash, at),
        )
        blocks.push({ number, hash, parentHash: blocks.at(-1)?.hash ?? hashOf('none'), logs })
      }
    },
    /** Takes the newest blocks away. */
    shrink(depth: number) {
      blocks = blocks.slice(0, Math.max(1, blocks.length - depth))
    },
    rpc: (async (method, [first]) => {
      if (method === 'eth_getBlockByNumber')
        return asAnswer(first === 'latest' ? blocks.at(-1) : blocks[Number(first)])
      if (method === 'eth_getBlockByHash') return asAnswer(blocks.find(block => block.hash === first))
      const { blockHash, fromBlock, toBlock } = first as LogQuery
      const chosen = blockHash
        ? blocks.filter(block => block.hash === blockHash)
        : blocks.slice(Number(fromBlock), Number(toBlock) + 1)
      return chosen.flatMap(block => block.logs)
    }) satisfies Rpc as Rpc,
  }
  chain.grow(1, 0)
  return chain
}
