import { BootScreen } from '@hexhail/ui/app/BootScreen.tsx'
import type { Boot } from '@hexhail/ui/app/boot.ts'
import { WalletStep } from '@hexhail/ui/app/WalletStep.tsx'
import { AppShell } from '@hexhail/ui/components/AppShell.tsx'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { Spinner } from '@hexhail/ui/components/Spinner.tsx'
import { useEffect, useState } from 'preact/hooks'
import { createRiderModel, type RiderModel } from './model.ts'
import { Ride } from './Ride.tsx'
import { t } from './text.ts'
import { Help, Privacy } from './Words.tsx'

/** The rider's app: the start, the wallet, then the ride. */
export function App({ boot }: { readonly boot: Boot }) {
  const stage = boot.stage.value
  const [model, setModel] = useState<RiderModel | null>(null)
  useEffect(() => {
    if (stage.at !== 'ready') return
    const { world, wallet } = stage
    void createRiderModel(world.portsFor(wallet), world.config, wallet).then(setModel)
  }, [stage])
  if (stage.at === 'ready' && model) return <Ride world={stage.world} model={model} />
  return (
    <AppShell title={t('app')} layout="page" help={<Help />} privacy={<Privacy />}>
      {stage.at === 'wallet' ? (
        <WalletStep
          config={stage.world.config}
          onReady={boot.useWallet}
          frame={(title, body) => (
            <Card>
              <h1>{title}</h1>
              {body}
            </Card>
          )}
        />
      ) : stage.at === 'ready' ? (
        <p role="status">
          <Spinner />
        </p>
      ) : (
        <BootScreen stage={stage} />
      )}
    </AppShell>
  )
}
