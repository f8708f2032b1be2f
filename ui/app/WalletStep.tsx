import { walletFromProvider } from '@hexhail/chain/injected-wallet.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import { addressOfKey, createWalletKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { createEmbeddedWallet } from '../wallet/embedded.ts'
import { browserKeyStore } from '../wallet/key-store.ts'
import { browserPasskeys } from '../wallet/passkeys.ts'
import { WalletGate } from '../wallet/WalletGate.tsx'

/** Properties of `WalletStep`. */
export interface WalletStepProps {
  readonly config: AppConfig
  readonly onReady: (wallet: ChainWallet) => void
  /** Wraps the screen; gets the heading and the body. */
  readonly frame: (title: string, body: ComponentChildren) => ComponentChildren
}

/** The wallet of a visit: made here at first, unlocked later, or one that the browser brings. */
export function WalletStep({ config, onReady, frame }: WalletStepProps) {
  const passkeys = useMemo(browserPasskeys, [])
  const embedded = useMemo(
    () =>
      createEmbeddedWallet({
        keys: { createKey: createWalletKey, addressOf: addressOfKey, open: key => walletFromKey(key) },
        store: browserKeyStore(),
        passkeys,
        now: Date.now,
      }),
    [passkeys],
  )
  const chain = { chainId: config.chainId, rpcUrl: config.rpcUrl }
  return (
    <WalletGate
      embedded={embedded}
      passkeys={passkeys}
      connect={found => walletFromProvider(found.provider, chain)}
      onReady={onReady}
      frame={frame}
    />
  )
}
