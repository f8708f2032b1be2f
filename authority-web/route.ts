import { type ReadonlySignal, signal } from '@preact/signals'

/** Names of the screens that stand for themselves; a new one is entered here, in `Nav.tsx` and in `App.tsx`. */
const PLAIN = [
  'overview',
  'findings',
  'map',
  'drivers',
  'labour',
  'equity',
  'tariff',
  'tariff-draft',
  'permits',
  'log',
  'treasury',
  'publish',
  'key',
] as const

/** The screens of the page. */
export type Route =
  | { readonly screen: (typeof PLAIN)[number] }
  | { readonly screen: 'trip'; readonly terms: string }

/** The screen that a fragment names; the overview for any other. */
export function parseRoute(hash: string): Route {
  const [name, rest] = hash.replace(/^#\/?/, '').split('/', 2)
  if (name === 'trip' && rest) return { screen: 'trip', terms: rest.toLowerCase() }
  const screen = PLAIN.find(each => each === name)
  return { screen: screen ?? 'overview' }
}

/** The fragment of a screen. */
export const hrefOf = (route: Route): string =>
  route.screen === 'trip' ? `#/trip/${route.terms}` : `#/${route.screen}`

/** The audit key that a fragment hands over (`#key=…`), or null. */
export const keyOf = (hash: string): string | null => /^#key=([0-9a-zA-Zx,]+)$/.exec(hash)?.[1] ?? null

/** Follows the page's address. */
export function followRoute(page: Pick<Window, 'location' | 'addEventListener'>): ReadonlySignal<Route> {
  const route = signal(parseRoute(page.location.hash))
  page.addEventListener('hashchange', () => {
    route.value = parseRoute(page.location.hash)
  })
  return route
}
