import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { type Tariff, tariffId } from '@hexhail/protocol/tariff.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { Interface } from 'ethers'
import { TARIFFS } from './generated/abi.ts'
import { tariffFrom } from './reader.ts'
import { createRpc, type Rpc } from './rpc.ts'
import { createSender, type Send, type SenderOptions } from './sender.ts'
import type { ChainWallet } from './wallet.ts'
import { wordsOf } from './words.ts'

const TARIFFS_ABI = new Interface(TARIFFS.abi)
/** How many of the newest tariffs are looked through: anyone may publish. */
const NEWEST = 256

/** What a published tariff is called, and whether a transaction was needed for it. */
export interface PublishedTariff {
  readonly id: number
  readonly isNew: boolean
}

/**
 * Sees that a tariff is on the chain, by its authority's wallet; one with the same fields stays.
 * @throws {HexhailError} 'not-published', 'not-authority' or a fault of the chain
 */
export async function publishTariff(
  chain: { readonly chainId: number; readonly rpcUrl: string; readonly tariffs: Hex },
  authority: ChainWallet,
  tariff: Tariff,
  options: SenderOptions = {},
): Promise<PublishedTariff> {
  if (tariff.authority.toLowerCase() !== authority.address)
    throw new HexhailError('not-authority', `Only ${tariff.authority} publishes this tariff: use its wallet.`)
  const rpc = options.rpc ?? createRpc(chain.rpcUrl)
  return ensureTariff(rpc, createSender(chain, authority, { ...options, rpc }), chain.tariffs, tariff)
}

/** `publishTariff` by a sender that is there. */
export async function ensureTariff(
  rpc: Rpc,
  send: Send,
  tariffs: Hex,
  tariff: Tariff,
): Promise<PublishedTariff> {
  const there = await idOf(rpc, tariffs, tariff)
  if (there !== null) return { id: there, isNew: false }
  const data = TARIFFS_ABI.encodeFunctionData('publish', [tariff]) as Hex
  await send({ to: tariffs, data })
  const id = await idOf(rpc, tariffs, tariff)
  if (id !== null) return { id, isNew: true }
  throw new HexhailError('not-published', 'The chain took the tariff and does not show it: run this again.')
}

/** Number of a tariff with these fields among the newest; null: it is to be published. */
async function idOf(rpc: Rpc, tariffs: Hex, tariff: Tariff): Promise<number | null> {
  const count = Number(await call(rpc, tariffs, 'count'))
  for (let number = count; number > Math.max(0, count - NEWEST); number--) {
    const id = tariffId(number, tariff)
    const there = await call(rpc, tariffs, 'get', id).catch(error => {
      if (error instanceof HexhailError && error.code === 'rpc-error') return null
      throw error
    })
    if (there === null) continue
    const found = tariffFrom(wordsOf(there))
    if (Object.entries(tariff).every(([key, value]) => found[key as keyof Tariff] === lower(value))) return id
  }
  return null
}

async function call(rpc: Rpc, to: Hex, name: string, ...args: readonly number[]): Promise<string> {
  const data = TARIFFS_ABI.encodeFunctionData(name, args)
  return (await rpc('eth_call', [{ to, data }, 'latest'])) as string
}

const lower = <T>(value: T): T => (typeof value === 'string' ? (value.toLowerCase() as T) : value)
