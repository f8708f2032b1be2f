import { lazy } from './parts/lazy.tsx'
import type { Route } from './route.ts'

/** The code of each screen, fetched when it is opened: nobody waits for a screen that is not looked at. */
export const SCREENS = {
  overview: lazy(async () => (await import('./screens/Overview.tsx')).Overview),
  findings: lazy(async () => (await import('./screens/Findings.tsx')).Findings),
  map: lazy(async () => (await import('./screens/TripsMap.tsx')).TripsMap),
  drivers: lazy(async () => (await import('./screens/Drivers.tsx')).Drivers),
  labour: lazy(async () => (await import('./screens/Labour.tsx')).Labour),
  equity: lazy(async () => (await import('./screens/Equity.tsx')).Equity),
  tariff: lazy(async () => (await import('./screens/TariffSheet.tsx')).TariffSheet),
  'tariff-draft': lazy(async () => (await import('./screens/TariffEditor.tsx')).TariffEditor),
  permits: lazy(async () => (await import('./screens/Permits.tsx')).Permits),
  log: lazy(async () => (await import('./screens/Log.tsx')).Log),
  treasury: lazy(async () => (await import('./screens/Treasury.tsx')).Treasury),
  publish: lazy(async () => (await import('./screens/Publish.tsx')).Publish),
  key: lazy(async () => (await import('./screens/KeyGate.tsx')).KeyGate),
  trip: lazy(async () => (await import('./screens/Trip.tsx')).Trip),
} satisfies Readonly<Record<Route['screen'], unknown>>
