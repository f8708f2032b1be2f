import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Banner } from '../components/Banner.tsx'
import { Button } from '../components/Button.tsx'
import { TextField } from '../components/TextField.tsx'
import { ui } from '../ui-text.ts'
import type { EmbeddedWallet } from './embedded.ts'
import { type FoundWallet, watchInjected } from './injected.ts'
import { LockChoice } from './LockChoice.tsx'
import type { LockMethod, PasskeyPort } from './ports.ts'
import { useAttempt } from './use-attempt.ts'

/** Properties of `WalletSetup`. */
export interface WalletSetupProps<W> {
  readonly embedded: EmbeddedWallet<W>
  readonly passkeys: PasskeyPort
  /** Opens a wallet found in the browser, with the chain room's code. Without it none are offered. */
  readonly connect?: (found: FoundWallet) => Promise<W>
  readonly onReady: (wallet: W) => void
  /** Between the words and the choices. */
  readonly children?: ComponentChildren
}

/** First visit: one tap makes a wallet, locked by passkey where there is one, else by a passphrase. */
export function WalletSetup<W>({ embedded, passkeys, connect, onReady, children }: WalletSetupProps<W>) {
  const [method, setMethod] = useState<LockMethod>('passphrase')
  const [hasPasskey, setHasPasskey] = useState(false)
  const [phrase, setPhrase] = useState('')
  const [again, setAgain] = useState('')
  const [asked, setAsked] = useState(false)
  const [found, setFound] = useState<readonly FoundWallet[]>([])
  const { busy, error, attempt } = useAttempt()
  useEffect(() => {
    let gone = false
    void passkeys.available().then(yes => {
      if (gone || !yes) return
      setHasPasskey(true)
      setMethod('passkey')
    })
    return () => {
      gone = true
    }
  }, [passkeys])
  useEffect(() => watchInjected(wallet => setFound(known => [...known, wallet])), [])

  const short = phrase.length < 8
  const differ = phrase !== again
  const create = (): void => {
    setAsked(true)
    if (method === 'passphrase' && (short || differ)) return
    attempt(async () => onReady(await embedded.create(method, phrase)))
  }
  return (
    <form
      class="stack"
      onSubmit={event => {
        event.preventDefault()
        create()
      }}
    >
      <p class="muted">{ui('walletWhy')}</p>
      {children}
      <LockChoice value={method} onValue={setMethod} passkey={hasPasskey} />
      {method === 'passphrase' && (
        <>
          <TextField
            label={ui('walletPassphrase')}
            type="password"
            autocomplete="new-password"
            value={phrase}
            onValue={setPhrase}
            error={asked && short ? ui('walletShort') : undefined}
          />
          <TextField
            label={ui('walletAgain')}
            type="password"
            autocomplete="new-password"
            value={again}
            onValue={setAgain}
            error={asked && !short && differ ? ui('walletDiffer') : undefined}
          />
        </>
      )}
      {error !== null && (
        <Banner tone="bad" icon="warning">
          {error}
        </Banner>
      )}
      <Button kind="primary" type="submit" wide busy={busy} testId="wallet-make">
        {busy ? ui('walletWorking') : ui('walletMake')}
      </Button>
      {connect && found.length > 0 && (
        <section class="stack-tight" aria-label={ui('walletInjected')}>
          <h2>{ui('walletInjected')}</h2>
          {found.map(wallet => (
            <button
              type="button"
              class="list-row"
              key={wallet.uuid}
              disabled={busy}
              onClick={() => attempt(async () => onReady(await connect(wallet)))}
            >
              {wallet.icon && <img src={wallet.icon} alt="" width={32} height={32} />}
              <span class="grow">
                <span class="strong">{ui('walletUse', { name: wallet.name })}</span>
                <span class="switch-hint">{ui('walletInjectedHint')}</span>
              </span>
            </button>
          ))}
        </section>
      )}
    </form>
  )
}
