import type { ChainPlace, Eip1193Provider, Hex } from './ports.ts'
import { WalletError } from './wallet-error.ts'

/** A wallet found in this browser (EIP-6963). */
export interface FoundWallet {
  readonly uuid: string
  readonly name: string
  /** `data:` image, or nothing that we would show. */
  readonly icon: string | null
  readonly rdns: string
  readonly provider: Eip1193Provider
}

interface Announcement {
  readonly info?: { uuid?: unknown; name?: unknown; icon?: unknown; rdns?: unknown }
  readonly provider?: Eip1193Provider
}

/** Tells of each wallet in this browser as it announces itself; returns how to stop listening. */
export function watchInjected(onFound: (wallet: FoundWallet) => void): () => void {
  const seen = new Set<string>()
  const hear = (event: Event): void => {
    const { info, provider } = (event as CustomEvent<Announcement>).detail ?? {}
    const uuid = String(info?.uuid ?? '')
    if (uuid === '' || seen.has(uuid) || typeof provider?.request !== 'function') return
    seen.add(uuid)
    const icon = String(info?.icon ?? '')
    onFound({
      uuid,
      name: String(info?.name ?? 'Wallet').slice(0, 40),
      icon: /^data:image\/(png|svg\+xml|webp|jpeg|gif)[;,]/.test(icon) ? icon : null,
      rdns: String(info?.rdns ?? ''),
      provider,
    })
  }
  addEventListener('eip6963:announceProvider', hear)
  dispatchEvent(new Event('eip6963:requestProvider'))
  return () => removeEventListener('eip6963:announceProvider', hear)
}

/** Asks a found wallet for its account, on the right chain. @throws {WalletError} `refused`, `chain` */
export async function connectInjected(provider: Eip1193Provider, chain: ChainPlace): Promise<Hex> {
  let accounts: unknown
  try {
    accounts = await provider.request({ method: 'eth_requestAccounts' })
  } catch (cause) {
    throw new WalletError('refused', 'The wallet gave no account.', cause)
  }
  const first = Array.isArray(accounts) ? String(accounts[0] ?? '').toLowerCase() : ''
  if (!/^0x[0-9a-f]{40}$/.test(first)) throw new WalletError('refused', 'The wallet gave no account.')
  await moveTo(provider, chain)
  return first as Hex
}

async function moveTo(provider: Eip1193Provider, chain: ChainPlace): Promise<void> {
  const chainId = `0x${chain.chainId.toString(16)}`
  const isThere = async (): Promise<boolean> =>
    BigInt((await provider.request({ method: 'eth_chainId' })) as string) === BigInt(chain.chainId)
  if (await isThere()) return
  try {
    await provider.request({ method: 'wallet_switchEthereumChain', params: [{ chainId }] })
  } catch {
    const nativeCurrency = { name: 'Ether', symbol: 'ETH', decimals: 18 }
    const added = { chainId, chainName: chain.name, rpcUrls: [chain.rpcUrl], nativeCurrency }
    await provider.request({ method: 'wallet_addEthereumChain', params: [added] }).catch((cause: unknown) => {
      throw new WalletError('chain', `The wallet would not go to chain ${chain.chainId}.`, cause)
    })
  }
  if (!(await isThere())) throw new WalletError('chain', `The wallet is not on chain ${chain.chainId}.`)
}
