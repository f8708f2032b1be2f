import type { ChainReader } from '@hexhail/chain/ports.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import { createRpc } from '@hexhail/chain/rpc.ts'
import { factOf, type RawLog } from '@hexhail/chain/vault-log.ts'
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { keccak_256 } from '@noble/hashes/sha3.js'
import type { StackFile } from '../stack/stack.ts'

/** A fact of one kind. */
export type Fact<Name extends ChainFact['fact']> = Extract<ChainFact, { fact: Name }>

/** The chain as the tests see it: past the pages, and with its clock in the tests' hands. */
export interface Witness {
  readonly reader: ChainReader
  /** Levy that waits in the vault for its authority. */
  levy(): Promise<bigint>
  /** All that the vault has said about a trip, or about all trips. */
  facts(terms?: Hex): Promise<ChainFact[]>
  /** The one fact of a kind that a trip has; throws where there is none or more. */
  fact<Name extends ChainFact['fact']>(terms: Hex, name: Name): Promise<Fact<Name>>
  /** Moves the chain's clock on and mines a block. */
  pass(seconds: number): Promise<void>
}

const LEVY_OF = `0x${Buffer.from(keccak_256(Buffer.from('levyOf(uint32)'))).toString('hex', 0, 4)}`

/** Makes a witness of the stack's chain. */
export function createWitness({ config }: StackFile): Witness {
  const rpc = createRpc(config.rpcUrl)
  const { chainId, rpcUrl, contracts, tariffId } = config
  const reader = createReader({ chainId, rpcUrl, contracts })
  const facts = async (terms?: Hex): Promise<ChainFact[]> => {
    const fromBlock = `0x${contracts.deployBlock.toString(16)}`
    const logs = (await rpc('eth_getLogs', [
      { address: contracts.vault, fromBlock, toBlock: 'latest' },
    ])) as RawLog[]
    const all = logs.flatMap(log => factOf(log, Number(log.blockTimestamp ?? 0)) ?? [])
    return terms === undefined ? all : all.filter(each => each.terms === terms)
  }
  return {
    reader,
    async levy() {
      const data = LEVY_OF + tariffId.toString(16).padStart(64, '0')
      return BigInt((await rpc('eth_call', [{ to: contracts.vault, data }, 'latest'])) as string)
    },
    facts,
    async fact<Name extends ChainFact['fact']>(terms: Hex, name: Name) {
      const found = (await facts(terms)).filter((each): each is Fact<Name> => each.fact === name)
      if (found.length !== 1) throw new Error(`The trip ${terms} has ${found.length} facts «${name}».`)
      return found[0]!
    },
    async pass(seconds) {
      await rpc('evm_increaseTime', [`0x${seconds.toString(16)}`])
      await rpc('evm_mine', [])
    },
  }
}
