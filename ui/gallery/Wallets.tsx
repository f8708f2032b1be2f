import { useMemo, useState } from 'preact/hooks'
import { Card } from '../components/Card.tsx'
import { createEmbeddedWallet } from '../wallet/embedded.ts'
import { browserKeyStore, memoryKeyStore } from '../wallet/key-store.ts'
import { browserPasskeys } from '../wallet/passkeys.ts'
import type { Hex } from '../wallet/ports.ts'
import { WalletGate } from '../wallet/WalletGate.tsx'
import { WalletUnlock } from '../wallet/WalletUnlock.tsx'

const KEY: Hex = `0x${'51'.repeat(32)}`
const ADDRESS: Hex = '0x7e5f4552091a69125d5dfcb7b8c2659029395bdf'

/** The wallet's first visit and its return; `kept` writes to the browser's store as the apps do. */
export function Wallets({ kept }: { readonly kept: boolean }) {
  const [open, setOpen] = useState<string | null>(null)
  const passkeys = useMemo(browserPasskeys, [])
  const embedded = useMemo(
    () =>
      createEmbeddedWallet({
        keys: { createKey: () => KEY, addressOf: () => ADDRESS, open: key => key },
        store: kept ? browserKeyStore() : memoryKeyStore(),
        passkeys,
        now: Date.now,
      }),
    [passkeys, kept],
  )
  return (
    <div class="stack">
      <h1>Wallet</h1>
      {open !== null && <p role="status">open: {open}</p>}
      <WalletGate
        embedded={embedded}
        passkeys={passkeys}
        connect={async found => (await found.provider.request({ method: 'eth_chainId' })) as Hex}
        onReady={setOpen}
        frame={(title, body) => (
          <Card>
            <h2>{title}</h2>
            {body}
          </Card>
        )}
      />
      {!kept && (
        <Card>
          <h2>Welcome back</h2>
          <WalletUnlock
            embedded={embedded}
            known={{ address: ADDRESS, method: 'passphrase' }}
            onReady={setOpen}
            onForgotten={() => setOpen('gone')}
          />
        </Card>
      )}
    </div>
  )
}
