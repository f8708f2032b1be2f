import { createRpc, type Rpc } from '@hexhail/chain/rpc.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import { createWriter } from '@hexhail/chain/writer.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { localChain, QUICK, UNIT } from './local-chain.ts'

let world: Awaited<ReturnType<typeof localChain>>
let wallet: ChainWallet
beforeAll(async () => {
  world = await localChain()
})
beforeEach(async () => {
  wallet = await world.party(10n * UNIT)
})
afterAll(() => world.anvil.stop())

/** The wallet's writer over a node that answers some calls in its own way; undefined = the chain's answer. */
function writerOver(
  answer: (method: string, nth: number, bare: () => Promise<unknown>) => unknown,
  polls = 200,
) {
  const bare = createRpc(world.config.rpcUrl)
  const counts = new Map<string, number>()
  const rpc: Rpc = async (method, params, signal) => {
    const nth = (counts.get(method) ?? 0) + 1
    counts.set(method, nth)
    const own = await answer(method, nth, () => bare(method, params, signal))
    return own === undefined ? bare(method, params, signal) : own
  }
  return { writer: createWriter(world.config, wallet, { ...QUICK, polls, rpc }), counts }
}

const withdrawn = async () => 10n - (await world.reader.account(wallet.address)).free / UNIT
const noAnswer = () => {
  throw new HexhailError('rpc-down', 'No answer.')
}

describe('a transaction', () => {
  it('that fails only when it is mined says why, too', async () => {
    const { writer } = writerOver(method => (method === 'eth_estimateGas' ? '0x30d40' : undefined))
    await expect(writer.withdraw(wallet.address, 99n * UNIT)).rejects.toMatchObject({
      code: 'balance-too-low',
    })
  })

  it('takes the next number when another program used this one', async () => {
    const { writer, counts } = writerOver((method, nth) =>
      method === 'eth_getTransactionCount' && nth === 1 ? '0x0' : undefined,
    )
    await writer.withdraw(wallet.address, UNIT)
    expect(counts.get('eth_sendRawTransaction')).toBe(2)
    expect(await withdrawn()).toBe(1n)
  })

  it('is made once when only the answer to it was lost', async () => {
    const { writer } = writerOver(async (method, nth, bare) => {
      if (method !== 'eth_sendRawTransaction' || nth > 1) return undefined
      await bare()
      return noAnswer()
    })
    await writer.withdraw(wallet.address, UNIT)
    expect(await withdrawn()).toBe(1n)
  })

  it('is sent again when it never arrived', async () => {
    const { writer, counts } = writerOver((method, nth) => {
      if (method === 'eth_sendRawTransaction' && nth === 1) noAnswer()
    })
    await writer.withdraw(wallet.address, UNIT)
    expect(counts.get('eth_sendRawTransaction')).toBe(2)
    expect(await withdrawn()).toBe(1n)
  })

  it('is waited for while the node is away', async () => {
    const { writer } = writerOver((method, nth) => {
      if (method === 'eth_getTransactionReceipt' && nth < 5) noAnswer()
    })
    await writer.withdraw(wallet.address, UNIT)
    expect(await withdrawn()).toBe(1n)
  })

  it('that no block takes is not waited for for ever', async () => {
    const { writer } = writerOver(method => (method === 'eth_getTransactionReceipt' ? null : undefined), 3)
    await expect(writer.withdraw(wallet.address, UNIT)).rejects.toMatchObject({ code: 'not-mined' })
  })
})
