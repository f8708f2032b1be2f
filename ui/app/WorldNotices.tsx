import type { World } from '@hexhail/client/browser-world.ts'
import { Banner } from '../components/Banner.tsx'
import { ConnectionBanner } from '../components/ConnectionBanner.tsx'
import { ui } from '../ui-text.ts'

/** What a person has to know of the world under the page: no relay, no chain, no room on the device, a tariff's document that is none. */
export function WorldNotices({ world }: { readonly world: World }) {
  const { relays, chainUp, store, tariff } = world
  return (
    <>
      <ConnectionBanner state={relays.value === 0 ? 'network-lost' : chainUp.value ? 'ok' : 'chain-lost'} />
      {store.full.value && (
        <Banner tone="warn" icon="warning">
          {ui('storageFull')}
        </Banner>
      )}
      {tariff === 'wrong' && (
        <Banner tone="warn" icon="warning">
          {ui('tariffWrong')}
        </Banner>
      )}
      {tariff === 'away' && (
        <Banner tone="warn" icon="warning">
          {ui('tariffAway')}
        </Banner>
      )}
    </>
  )
}
