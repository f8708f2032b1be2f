import { useState } from 'preact/hooks'
import { Banner } from '../components/Banner.tsx'
import { Button } from '../components/Button.tsx'
import { shorten } from '../components/CopyText.tsx'
import { Dialog } from '../components/Dialog.tsx'
import { TextField } from '../components/TextField.tsx'
import { ui } from '../ui-text.ts'
import type { EmbeddedWallet } from './embedded.ts'
import type { Hex, LockMethod } from './ports.ts'
import { useAttempt } from './use-attempt.ts'

/** Properties of `WalletUnlock`. */
export interface WalletUnlockProps<W> {
  readonly embedded: EmbeddedWallet<W>
  readonly known: { readonly address: Hex; readonly method: LockMethod }
  readonly onReady: (wallet: W) => void
  /** The key was deleted: show `WalletSetup`. */
  readonly onForgotten: () => void
}

/** Coming back: open the kept wallet, or give it up. */
export function WalletUnlock<W>({ embedded, known, onReady, onForgotten }: WalletUnlockProps<W>) {
  const [phrase, setPhrase] = useState('')
  const [asking, setAsking] = useState(false)
  const { busy, error, attempt } = useAttempt()
  const address = shorten(known.address)
  return (
    <>
      <form
        class="stack"
        onSubmit={event => {
          event.preventDefault()
          attempt(async () => onReady(await embedded.unlock(phrase)))
        }}
      >
        <p class="muted">{ui('walletUnlockWhy', { address })}</p>
        {known.method === 'passphrase' && (
          <TextField
            label={ui('walletPassphrase')}
            type="password"
            autocomplete="current-password"
            value={phrase}
            onValue={setPhrase}
          />
        )}
        {error !== null && (
          <Banner tone="bad" icon="warning">
            {error}
          </Banner>
        )}
        <Button
          kind="primary"
          type="submit"
          wide
          busy={busy}
          icon={known.method === 'passkey' ? 'key' : 'lock'}
          testId="wallet-unlock"
        >
          {busy ? ui('walletWorking') : ui('walletUnlock')}
        </Button>
        <Button kind="quiet" wide onClick={() => setAsking(true)}>
          {ui('walletForget')}
        </Button>
      </form>
      <Dialog
        open={asking}
        title={ui('walletForget')}
        onClose={() => setAsking(false)}
        foot={
          <>
            <Button
              kind="danger"
              wide
              onClick={() =>
                attempt(async () => {
                  await embedded.forget()
                  onForgotten()
                })
              }
            >
              {ui('walletForgetYes')}
            </Button>
            <Button wide onClick={() => setAsking(false)}>
              {ui('walletKeep')}
            </Button>
          </>
        }
      >
        <p>{ui('walletForgetWhy', { address })}</p>
      </Dialog>
    </>
  )
}
