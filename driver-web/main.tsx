import '@hexhail/ui/start.ts'
import { AppShell } from '@hexhail/ui/components/AppShell.tsx'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { render } from 'preact'

render(
  <AppShell title="Driver" layout="page" help={<p>…</p>} privacy={<p>…</p>}>
    <EmptyState icon="car" title="Hexhail" />
  </AppShell>,
  document.getElementById('app') as HTMLElement,
)
