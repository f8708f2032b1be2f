import { AppShell } from '@hexhail/ui/components/AppShell.tsx'
import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { ConnectionBanner } from '@hexhail/ui/components/ConnectionBanner.tsx'
import { LinkButton } from '@hexhail/ui/components/LinkButton.tsx'
import { toast } from '@hexhail/ui/components/toasts.ts'
import type { ReadonlySignal } from '@preact/signals'
import type { AuditDesk } from './audit-desk.ts'
import type { LogModel } from './log-model.ts'
import type { AuthorityModel } from './model.ts'
import { HelpText, PrivacyText } from './parts/HelpText.tsx'
import { Nav } from './parts/Nav.tsx'
import type { RulingPort } from './parts/RulingCard.tsx'
import type { CityMap } from './parts/TripMap.tsx'
import type { PermitBook } from './permit-book.ts'
import type { Route } from './route.ts'
import { SCREENS } from './screens.ts'
import type { TariffDesk } from './tariff-desk.ts'
import { t } from './text.ts'

/** Properties of `App`. */
export interface AppProps {
  readonly model: AuthorityModel
  /** Null where there is no public log. */
  readonly log: LogModel | null
  readonly route: ReadonlySignal<Route>
  readonly city: CityMap
  readonly tariffId: number
  readonly desk: TariffDesk
  readonly permits: PermitBook
  readonly audit: AuditDesk
  readonly ruling: RulingPort
}

/** The authority's page. */
export function App(props: AppProps) {
  const { model, route } = props
  const at = route.value
  return (
    <AppShell
      title={t('app')}
      layout="page"
      help={<HelpText />}
      privacy={<PrivacyText />}
      settings={<KeySettings model={model} />}
      notices={<Notices model={model} isGate={at.screen === 'key'} />}
    >
      {at.screen !== 'key' && <Nav route={at} />}
      <Screen {...props} at={at} />
    </AppShell>
  )
}

const TariffDraft = SCREENS['tariff-draft']

function Screen(props: AppProps & { readonly at: Route }) {
  const { model, log, city, tariffId, desk, permits, audit, ruling, at } = props
  switch (at.screen) {
    case 'trip':
      return <SCREENS.trip model={model} terms={at.terms} ruling={ruling} />
    case 'map':
      return <SCREENS.map model={model} city={city} />
    case 'findings':
      return <SCREENS.findings model={model} audit={audit} />
    case 'labour':
      return <SCREENS.labour model={model} audit={audit} />
    case 'equity':
      return <SCREENS.equity model={model} audit={audit} />
    case 'drivers':
      return <SCREENS.drivers model={model} />
    case 'tariff':
      return <SCREENS.tariff id={tariffId} tariff={model.tariffs.value.get(tariffId)} desk={desk} />
    case 'tariff-draft':
      return <TariffDraft desk={desk} rows={model.rows.value} city={city} />
    case 'permits':
      return <SCREENS.permits model={model} book={permits} />
    case 'log':
      return <SCREENS.log model={model} log={log} />
    case 'publish':
      return <SCREENS.publish model={model} log={log} tariffId={tariffId} city={city} />
    case 'treasury':
      return <SCREENS.treasury model={model} />
    case 'key':
      return (
        <SCREENS.key
          model={model}
          onDone={() => {
            location.hash = '#/overview'
          }}
        />
      )
    case 'overview':
      return <SCREENS.overview model={model} city={city} />
  }
}

function Notices({ model, isGate }: { readonly model: AuthorityModel; readonly isGate: boolean }) {
  return (
    <>
      <ConnectionBanner state={model.chain.value === 'down' ? 'chain-lost' : 'ok'} />
      {model.desk.value === 'down' && (
        <Banner tone="warn" icon="wifi-off">
          {t('deskLost')}
        </Banner>
      )}
      {model.key.value === 'none' && !isGate && (
        <Banner icon="lock" action={<LinkButton href="#/key">{t('keyAdd')}</LinkButton>}>
          {t('keyMissing')}
        </Banner>
      )}
    </>
  )
}

function KeySettings({ model }: { readonly model: AuthorityModel }) {
  if (model.key.value !== 'ready') return null
  return (
    <div class="stack-tight">
      <p>{t('keyHere')}</p>
      <Button
        kind="danger"
        icon="key"
        onClick={() => void model.forgetKey().then(() => toast(t('keyForgotten')))}
      >
        {t('keyForget')}
      </Button>
    </div>
  )
}
