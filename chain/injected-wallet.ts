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

/** A wallet that announced itself (EIP-6963); nothing is asked of it before `connect`. */
export interface InjectedOffer {
  /** Reverse domain name of the maker: the same on the next visit. */
  readonly id: string
  readonly name: string
  /** A data URI of an image, or empty. */
  readonly icon: string
  /** Asks the person for an account. Rejects with `HexhailError` 'wallet-refused' or 'wallet-error'. */
  connect(chain: { readonly chainId: number; readonly rpcUrl: string }): Promise<ChainWallet>
}

/** Tells each injected wallet of the page once, now or when it comes; the returned function stops that. */
export function discoverWallets(
  onFound: (offer: InjectedOffer) => void,
  page: EventTarget = globalThis as never,
): () => void {
  const seen = new Set<string>()
  const onAnnounce = (event: Event) => {
    const { info, provider } = (event as CustomEvent).detail ?? {}
    if (typeof info?.rdns !== 'string' || typeof provider?.request !== 'function' || seen.has(info.uuid))
      return
    seen.add(info.uuid)
    const icon = /^data:image\//.test(String(info.icon)) ? String(info.icon) : ''
    const name = String(info.name).slice(0, 64)
    onFound({ id: info.rdns, name, icon, connect: chain => walletFromProvider(provider, chain) })
  }
  page.addEventListener('eip6963:announceProvider', onAnnounce)
  page.dispatchEvent(new Event('eip6963:requestProvider'))
  return () => page.removeEventListener('eip6963:announceProvider', onAnnounce)
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
