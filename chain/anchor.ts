import type { Hex } from '@hexhail/protocol/terms.ts'
import { Interface } from 'ethers'
import { ANCHOR_ABI } from './generated/abi.ts'
import { quantity, type Rpc } from './rpc.ts'
import { createSender, type SenderOptions } from './sender.ts'
import type { RawLog } from './vault-log.ts'
import type { ChainWallet } from './wallet.ts'
import { addressOf, bytes32Of, numberOf, wordOf, wordsOf } from './words.ts'

const ANCHOR = new Interface(ANCHOR_ABI)

/** First topic of `Anchored` (tests/unit/chain/anchor.test.ts). */
export const ANCHORED_TOPIC: Hex = '0x3d0c97912257c6ad70e8f6fc81ae518ad3e14734d308b512c2729cc637a4b0b1'

/** A log's checkpoint: sha256 of its origin, leaves, root. */
export interface AnchorPoint {
  readonly origin: Hex
  readonly size: number
  readonly root: Hex
}

/** A checkpoint as it stands on the chain. */
export interface AnchoredPoint extends AnchorPoint {
  readonly tx: Hex
  readonly blockNumber: number
  /** Unix seconds of the block. */
  readonly atS: number
}

/** Where anchors are. */
export interface AnchorPlace {
  readonly chainId: number
  readonly rpcUrl: string
  readonly anchor: Hex
}

/**
 * Puts a checkpoint on the chain in the wallet's name; resolves with the hash once mined. The contract refuses a log
 * that has not grown. @throws {HexhailError} a fault of the chain
 */
export async function anchorPoint(
  place: AnchorPlace,
  wallet: ChainWallet,
  { origin, size, root }: AnchorPoint,
  options: SenderOptions = {},
): Promise<Hex> {
  const data = ANCHOR.encodeFunctionData('anchor', [origin, size, root]) as Hex
  return (await createSender(place, wallet, options)({ to: place.anchor, data })).hash
}

/** A checkpoint as a transaction put it on the chain, and in whose name; null: it put none there. */
export async function anchoredIn(
  rpc: Rpc,
  anchor: Hex,
  tx: Hex,
): Promise<(AnchorPoint & { readonly keeper: Hex; readonly blockNumber: number }) | null> {
  const receipt = (await rpc('eth_getTransactionReceipt', [tx])) as { logs: RawLog[] } | null
  const log = receipt?.logs.find(
    ({ address, topics }) => address.toLowerCase() === anchor.toLowerCase() && topics[0] === ANCHORED_TOPIC,
  )
  const [, keeper, origin] = log?.topics ?? []
  if (!log || !keeper || !origin) return null
  const [size = '', root = ''] = wordsOf(log.data)
  const at = { keeper: addressOf(keeper.slice(2)), blockNumber: Number(log.blockNumber) }
  return { ...at, origin, size: numberOf(size), root: bytes32Of(root) }
}

/** All checkpoints that a keeper anchored of a log since a block, newest first. */
export async function readAnchors(
  rpc: Rpc,
  anchor: Hex,
  keeper: Hex,
  origin: Hex,
  fromBlock: number,
): Promise<AnchoredPoint[]> {
  const topics = [ANCHORED_TOPIC, `0x${wordOf(keeper)}`, origin]
  const range = { fromBlock: quantity(fromBlock), toBlock: 'latest' }
  const logs = (await rpc('eth_getLogs', [{ address: anchor, topics, ...range }])) as RawLog[]
  const points = await Promise.all(
    logs.map(async log => {
      const [size = '', root = ''] = wordsOf(log.data)
      const time = log.blockTimestamp ?? (await blockTime(rpc, log.blockHash))
      const at = { tx: log.transactionHash, blockNumber: Number(log.blockNumber), atS: Number(time) }
      return { origin, size: numberOf(size), root: bytes32Of(root), ...at }
    }),
  )
  return points.reverse()
}

async function blockTime(rpc: Rpc, hash: Hex): Promise<Hex> {
  const block = (await rpc('eth_getBlockByHash', [hash, false])) as { timestamp: Hex } | null
  return block?.timestamp ?? '0x0'
}

/**
 * What the chain says of a checkpoint: `anchored` with that root, another root at that size (`other`: then the log showed
 * somebody two trees), or `none` of that size.
 */
export function anchorOf(
  points: readonly AnchoredPoint[],
  { size, root }: AnchorPoint,
): 'anchored' | 'other' | 'none' {
  const there = points.find(point => point.size === size)
  return there === undefined ? 'none' : there.root === root.toLowerCase() ? 'anchored' : 'other'
}
