import { BootScreen } from '@hexhail/ui/app/BootScreen.tsx'
import type { Boot } from '@hexhail/ui/app/boot.ts'
import { WalletStep } from '@hexhail/ui/app/WalletStep.tsx'
import { AppShell } from '@hexhail/ui/components/AppShell.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { EmptyState, ErrorState } from '@hexhail/ui/components/EmptyState.tsx'
import { Spinner } from '@hexhail/ui/components/Spinner.tsx'
import { ui } from '@hexhail/ui/ui-text.ts'
import { useEffect, useState } from 'preact/hooks'
import { createDriverModel, type DriverModel } from './model.ts'
import { Help, Privacy } from './parts/Words.tsx'
import { Shift } from './Shift.tsx'
import { placeInUrl } from './start-place.ts'
import { t } from './text.ts'

/** The driver's app: the start, the wallet, then the shift. */
export function App({ boot }: { readonly boot: Boot }) {
  const stage = boot.stage.value
  const [model, setModel] = useState<DriverModel | null>(null)
  const [fault, setFault] = useState<unknown>(null)
  useEffect(() => {
    if (stage.at !== 'ready') return
    const { world, wallet } = stage
    const start = world.config.demo ? placeInUrl(location.search) : null
    const { geolocation } = navigator
    createDriverModel({ ports: world.portsFor(wallet), config: world.config, start, geolocation }).then(
      setModel,
      setFault,
    )
  }, [stage])
  if (stage.at === 'ready' && model) return <Shift world={stage.world} model={model} />
  return (
    <AppShell title={t('app')} layout="page" help={<Help />} privacy={<Privacy />}>
      {stage.at === 'wallet' ? (
        <WalletStep
          config={stage.world.config}
          onReady={boot.useWallet}
          frame={(title, body) => (
            <div class="column">
              <Card>
                <h1>{title}</h1>
                {body}
              </Card>
            </div>
          )}
        />
      ) : stage.at !== 'ready' ? (
        <BootScreen stage={stage} />
      ) : fault === null ? (
        <EmptyState icon="car" title={t('opening')}>
          <Spinner />
        </EmptyState>
      ) : (
        <ErrorState
          title={t('broken')}
          actions={<Button onClick={() => location.reload()}>{ui('retry')}</Button>}
        >
          <p>{String((fault as Error)?.message ?? fault)}</p>
        </ErrorState>
      )}
    </AppShell>
  )
}
