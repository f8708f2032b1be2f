import { Icon } from '@hexhail/ui/components/Icon.tsx'
import type { IconName } from '@hexhail/ui/components/icon-paths.ts'
import { useEffect, useRef } from 'preact/hooks'
import { hrefOf, type Route } from '../route.ts'
import { t } from '../text.ts'

/** The screens in their order; the word is the text of the screen's name, short enough for a phone. */
const PARTS = [
  { screen: 'overview', icon: 'home' },
  { screen: 'findings', icon: 'search' },
  { screen: 'map', icon: 'map' },
  { screen: 'tariff', icon: 'money' },
  { screen: 'drivers', icon: 'car' },
  { screen: 'permits', icon: 'check' },
  { screen: 'labour', icon: 'clock' },
  { screen: 'equity', icon: 'people' },
  { screen: 'log', icon: 'link' },
  { screen: 'treasury', icon: 'wallet' },
  { screen: 'publish', icon: 'arrow-up' },
] as const satisfies readonly { readonly screen: Route['screen']; readonly icon: IconName }[]

/** Screens that are reached from another one, and that one. */
const INSIDE: Readonly<Partial<Record<Route['screen'], Route['screen']>>> = {
  trip: 'overview',
  'tariff-draft': 'tariff',
}

/** The parts of the page: one row on a desk, on a phone a strip that scrolls to the part in view. */
export function Nav({ route }: { readonly route: Route }) {
  const strip = useRef<HTMLElement>(null)
  const at = INSIDE[route.screen] ?? route.screen
  useEffect(() => showCurrent(strip.current), [at])
  return (
    <nav class="parts" aria-label={t('nav')} ref={strip}>
      {PARTS.map(({ screen, icon }) => (
        <a
          key={screen}
          href={hrefOf({ screen })}
          aria-current={at === screen ? (route.screen === screen ? 'page' : 'true') : undefined}
        >
          <Icon name={icon} size={20} />
          {t(screen)}
        </a>
      ))}
    </nav>
  )
}

/** Puts the current part in the middle of the strip; the page itself does not move. */
function showCurrent(strip: HTMLElement | null): void {
  const current = strip?.querySelector<HTMLElement>('[aria-current]')
  if (!strip || !current) return
  const middle = current.offsetLeft - strip.offsetLeft + current.offsetWidth / 2
  strip.scrollLeft = middle - strip.clientWidth / 2
}
