import type { World } from '@hexhail/client/browser-world.ts'
import { ENDED } from '@hexhail/protocol/trip.ts'
import { HideAddress } from '@hexhail/ui/app/HideAddress.tsx'
import { WorldNotices } from '@hexhail/ui/app/WorldNotices.tsx'
import { AppShell } from '@hexhail/ui/components/AppShell.tsx'
import { IconButton } from '@hexhail/ui/components/IconButton.tsx'
import type { Covered } from '@hexhail/ui/components/Sheet.tsx'
import { signal, useSignalEffect } from '@preact/signals'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { DriverModel } from './model.ts'
import { ShiftMap } from './parts/ShiftMap.tsx'
import { ShiftSafety } from './parts/ShiftSafety.tsx'
import { Help, Privacy } from './parts/Words.tsx'
import { Earnings } from './screens/Earnings.tsx'
import { PermitPage } from './screens/PermitPage.tsx'
import { ProfilePage } from './screens/ProfilePage.tsx'
import { Screen } from './screens/Screen.tsx'
import { t } from './text.ts'
import { createWakeLock } from './wake-lock.ts'

/** Pages beside the shift, which are no states of a trip. */
type Page = 'shift' | 'profile' | 'earnings' | 'permit'

/** The driver's page once the wallet is open: profile, permit, then the shift over the map. */
export function Shift({ world, model }: { readonly world: World; readonly model: DriverModel }) {
  const [page, setPage] = useState<Page>('shift')
  const covered = useMemo(() => signal<Covered>({ bottom: 0, left: 0, right: 0 }), [])
  const { shift } = model.client
  const wake = useMemo(() => createWakeLock(() => undefined), [])
  useSignalEffect(() => {
    const { online, trip } = shift.value
    wake.want(online || (trip !== null && !ENDED.has(trip.phase)))
  })
  useEffect(() => {
    const unlock = () => model.alarm.unlock()
    addEventListener('pointerdown', unlock)
    addEventListener('keydown', unlock)
    return () => {
      removeEventListener('pointerdown', unlock)
      removeEventListener('keydown', unlock)
    }
  }, [model])

  const step = !model.ready.value ? 'new' : !model.permits.valid.value ? 'permit' : page
  useEffect(() => scrollTo(0, 0), [step])
  const back = () => setPage('shift')
  const { trip } = shift.value
  const muted = model.alarm.muted.value
  const frame = {
    title: t('app'),
    density: 'drive',
    help: <Help />,
    privacy: <Privacy model={model} />,
    settings: <HideAddress world={world} direct={model.client.direct} />,
    notices: <WorldNotices world={world} />,
  } as const
  const inner = !model.ready.value ? (
    <ProfilePage model={model} onDone={back} />
  ) : !model.permits.valid.value && !trip ? (
    <PermitPage model={model} />
  ) : page === 'permit' ? (
    <PermitPage model={model} onBack={back} />
  ) : page === 'profile' ? (
    <ProfilePage model={model} onDone={back} />
  ) : page === 'earnings' ? (
    <Earnings model={model} onBack={back} />
  ) : null
  if (inner !== null)
    return (
      <AppShell {...frame} layout="page">
        <div class="column">{inner}</div>
      </AppShell>
    )
  return (
    <AppShell
      {...frame}
      layout="map"
      map={<ShiftMap world={world} model={model} covered={covered} />}
      corner={
        <>
          <ShiftSafety world={world} model={model} />
          <IconButton
            icon={muted ? 'sound-off' : 'sound'}
            label={t(muted ? 'soundOff' : 'soundOn')}
            testId="sound"
            onClick={() => {
              model.alarm.muted.value = !muted
            }}
          />
        </>
      }
    >
      <Screen
        world={world}
        model={model}
        onCovered={now => {
          covered.value = now
        }}
        onPage={setPage}
      />
    </AppShell>
  )
}
