import type { Eip1193Provider } from './ports.ts'

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
