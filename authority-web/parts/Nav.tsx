import { Icon } from '@hexhail/ui/components/Icon.tsx'
import type { IconName } from '@hexhail/ui/components/icon-paths.ts'
import { hrefOf, type Route } from '../route.ts'
import { t } from '../text.ts'

const PARTS: readonly {
  readonly screen: 'overview' | 'map' | 'drivers' | 'tariff' | 'log'
  readonly icon: IconName
}[] = [
  { screen: 'overview', icon: 'list' },
  { screen: 'map', icon: 'map' },
  { screen: 'drivers', icon: 'car' },
  { screen: 'tariff', icon: 'money' },
  { screen: 'log', icon: 'link' },
]

/** The parts of the page, side by side. */
export function Nav({ route }: { readonly route: Route }) {
  const isAt = (screen: Route['screen']) =>
    screen === route.screen ||
    (screen === 'overview' && route.screen === 'trip') ||
    (screen === 'tariff' && route.screen === 'tariff-draft')
  return (
    <nav class="parts" aria-label={t('nav')}>
      {PARTS.map(({ screen, icon }) => (
        <a
          key={screen}
          href={hrefOf({ screen })}
          aria-current={isAt(screen) ? (route.screen === screen ? 'page' : 'true') : undefined}
        >
          <Icon name={icon} size={20} />
          {t(screen)}
        </a>
      ))}
    </nav>
  )
}
