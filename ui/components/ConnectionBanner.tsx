import { ui } from '../ui-text.ts'
import { Banner } from './Banner.tsx'

/** What the app has lost, if anything. */
export type Connection = 'ok' | 'network-lost' | 'chain-lost' | 'offline'

/** The lost connection in words; nothing when all is well. */
export function ConnectionBanner({ state }: { readonly state: Connection }) {
  if (state === 'ok') return null
  if (state === 'offline') {
    return (
      <Banner tone="warn" icon="wifi-off">
        {ui('offline')}
      </Banner>
    )
  }
  return (
    <Banner tone="warn" icon={state === 'network-lost' ? 'wifi-off' : 'link'}>
      {ui(state === 'network-lost' ? 'networkLost' : 'chainLost')}
    </Banner>
  )
}
