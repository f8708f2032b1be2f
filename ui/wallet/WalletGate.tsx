import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Spinner } from '../components/Spinner.tsx'
import { ui } from '../ui-text.ts'
import type { Hex, LockMethod } from './ports.ts'
import { useAttempt } from './use-attempt.ts'
import { WalletSetup, type WalletSetupProps } from './WalletSetup.tsx'
import { WalletUnlock } from './WalletUnlock.tsx'

type Known = { readonly address: Hex; readonly method: LockMethod } | null | undefined

/** Properties of `WalletGate`: those of `WalletSetup`, and its place on the page. */
export interface WalletGateProps<W> extends Omit<WalletSetupProps<W>, 'children'> {
  /** Wraps the screen, e.g. in a sheet; gets the heading and the body. */
  readonly frame: (title: string, body: ComponentChildren) => ComponentChildren
}

/** Shows what a visit needs: setup at first, unlocking later, nothing at all for a `device` wallet. */
export function WalletGate<W>({ frame, ...props }: WalletGateProps<W>) {
  const { embedded, onReady } = props
  const [known, setKnown] = useState<Known>(undefined)
  const { error, attempt } = useAttempt()
  useEffect(() => {
    attempt(async () => {
      const kept = await embedded.known()
      if (kept?.method === 'device') onReady(await embedded.unlock())
      else setKnown(kept)
    })
  }, [embedded])
  if (error !== null || known === null) {
    return (
      <>
        {frame(
          ui('walletTitle'),
          <WalletSetup {...props}>{error && <p class="field-error">{error}</p>}</WalletSetup>,
        )}
      </>
    )
  }
  if (known === undefined) return <>{frame(ui('walletTitle'), <Spinner />)}</>
  return (
    <>
      {frame(
        ui('walletUnlockTitle'),
        <WalletUnlock
          embedded={embedded}
          known={known}
          onReady={onReady}
          onForgotten={() => setKnown(null)}
        />,
      )}
    </>
  )
}
