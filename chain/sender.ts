import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { type After, afterTimeout } from './after.ts'
import { readableFault } from './revert.ts'
import { createRpc, isRpcDown, quantity, type Rpc } from './rpc.ts'
import type { Call, ChainWallet, Submitted } from './wallet.ts'

/** A mined transaction, as far as anyone here needs it. */
export interface Mined {
  readonly hash: Hex
  readonly blockNumber: number
}

/** What can be passed in to `createSender`. */
export interface SenderOptions {
  readonly rpc?: Rpc
  readonly after?: After
  /** How often the chain is asked for the receipt. */
  readonly pollMs?: number
  /** How often at most; then the fault 'not-mined'. */
  readonly polls?: number
}

/** Sends one wallet's transactions; each resolves once mined, rejects with a readable `HexhailError` otherwise. */
export type Send = (call: Call) => Promise<Mined>

/** Tails of the queues, by chain and account: one account's transactions get their nonces one after the other. */
const queues = new Map<string, Promise<unknown>>()

/** Makes the sender of a wallet on a chain; several senders of one account keep one order. */
export function createSender(
  chain: { readonly chainId: number; readonly rpcUrl: string },
  wallet: ChainWallet,
  options: SenderOptions = {},
): Send {
  const { rpc = createRpc(chain.rpcUrl), after = afterTimeout, pollMs = 100, polls = 1_200 } = options
  const key = `${chain.chainId}:${wallet.address}`

  const submit = async (call: Call): Promise<Submitted> => {
    const estimate = (await rpc('eth_estimateGas', [callOf(wallet.address, call), 'pending'])) as string
    return wallet.submit(rpc, chain, call, (BigInt(estimate) * 5n) / 4n)
  }

  const receiptOf = async (tx: Submitted): Promise<Receipt> => {
    for (let i = 0; i < polls; i++) {
      try {
        const receipt = (await rpc('eth_getTransactionReceipt', [tx.hash])) as Receipt | null
        if (receipt) return receipt
        // A reorganisation or a restart may have lost it.
        if (i % 20 === 19 && tx.again && !(await rpc('eth_getTransactionByHash', [tx.hash]))) await tx.again()
      } catch (error) {
        if (!(error instanceof HexhailError)) throw error
      }
      await new Promise<void>(resolve => after(Math.min(pollMs, 10 * 2 ** i), resolve))
    }
    throw new HexhailError('not-mined', `Transaction ${tx.hash} is in no block yet: look for it later.`, {
      hash: tx.hash,
    })
  }

  return async call => {
    const turn = (queues.get(key) ?? Promise.resolve()).then(() => submit(call))
    const tail = turn.catch(() => {})
    queues.set(key, tail)
    void tail.then(() => queues.get(key) === tail && queues.delete(key))
    const tx = await turn.catch(error => {
      throw readableFault(error, wallet.address)
    })
    const receipt = await receiptOf(tx)
    if (receipt.status !== '0x1') throw await lateFault(rpc, wallet.address, call, receipt, tx.hash)
    return { hash: tx.hash, blockNumber: Number(receipt.blockNumber) }
  }
}

interface Receipt {
  readonly status: string
  readonly blockNumber: Hex
}

const callOf = (from: Hex, { to, data, value = 0n }: Call) => ({ from, to, data, value: quantity(value) })

/** Why a mined transaction failed: the same call, asked on the block before it and on its own. */
async function lateFault(rpc: Rpc, from: Hex, call: Call, receipt: Receipt, hash: Hex): Promise<unknown> {
  for (const at of [Number(receipt.blockNumber) - 1, Number(receipt.blockNumber)]) {
    try {
      await rpc('eth_call', [callOf(from, call), quantity(at)])
    } catch (error) {
      if (isRpcDown(error)) break
      const fault = readableFault(error)
      if (fault !== error) return fault
    }
  }
  return new HexhailError('reverted', `Transaction ${hash} was refused by the contract: try again.`, { hash })
}
