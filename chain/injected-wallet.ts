import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { TypedDataEncoder } from 'ethers'
import type { ChainConfig, ChainWriter } from './ports.ts'
import { quantity } from './rpc.ts'
import type { SenderOptions } from './sender.ts'
import type { ChainWallet } from './wallet.ts'
import { createWriter } from './writer.ts'

/** The provider of a browser wallet (EIP-1193). */
export interface InjectedProvider {
  request(call: { readonly method: string; readonly params?: readonly unknown[] }): Promise<unknown>
}

/**
 * The wallet behind a provider, on the given chain.
 * @throws {HexhailError} 'wallet-refused' when the person says no, 'wallet-error' for any other answer
 */
export async function walletFromProvider(
  provider: InjectedProvider,
  chain: { readonly chainId: number; readonly rpcUrl: string },
  options: SenderOptions = {},
): Promise<ChainWallet> {
  const ask = (method: string, ...params: readonly unknown[]) =>
    provider.request({ method, params }).catch(error => {
      throw walletFault(error, method)
    })
  const chosen = ((await ask('eth_requestAccounts')) as string[])[0]
  if (!chosen)
    throw new HexhailError('wallet-refused', 'The wallet showed no account: open it and choose one.')
  const address = chosen.toLowerCase() as Hex

  /** People change networks in their wallet: it is set right before each question. */
  const ensureChain = async () => {
    const chainId = quantity(chain.chainId)
    if (Number(await ask('eth_chainId')) === chain.chainId) return
    try {
      await ask('wallet_switchEthereumChain', { chainId })
    } catch (error) {
      if ((error as HexhailError).code === 'wallet-refused') throw error
      const nativeCurrency = { name: 'Coin', symbol: 'ETH', decimals: 18 }
      const params = {
        chainId,
        chainName: `Hexhail ${chain.chainId}`,
        rpcUrls: [chain.rpcUrl],
        nativeCurrency,
      }
      await ask('wallet_addEthereumChain', params)
    }
  }

  const writers = new WeakMap<ChainConfig, ChainWriter>()
  const wallet: ChainWallet = {
    address,
    kind: 'injected',
    async signTypedData(domain, types, value) {
      await ensureChain()
      const lists = Object.fromEntries(Object.entries(types).map(([name, fields]) => [name, [...fields]]))
      const payload = TypedDataEncoder.getPayload(domain, lists, value as Record<string, unknown>)
      return (await ask('eth_signTypedData_v4', address, JSON.stringify(payload))) as Hex
    },
    async submit(_rpc, _chain, { to, data, value = 0n }, gas) {
      await ensureChain()
      const tx = { from: address, to, data, value: quantity(value), gas: quantity(gas) }
      return { hash: (await ask('eth_sendTransaction', tx)) as Hex }
    },
    writer(config) {
      const known = writers.get(config) ?? createWriter(config, wallet, options)
      writers.set(config, known)
      return known
    },
  }
  return wallet
}

function walletFault(error: unknown, method: string): HexhailError {
  const { code, message = String(error) } = (error ?? {}) as { code?: unknown; message?: string }
  if (code === 4001)
    return new HexhailError(
      'wallet-refused',
      'You said no in the wallet: ask again when you are ready.',
      { method },
      error,
    )
  return new HexhailError(
    'wallet-error',
    `The wallet answered ${method} with: ${message}`,
    { method, code },
    error,
  )
}
