import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { ui } from '../ui-text.ts'
import { BrandMark } from './BrandMark.tsx'
import { Dialog } from './Dialog.tsx'
import { IconButton } from './IconButton.tsx'
import { Preferences } from './Preferences.tsx'
import { Toasts } from './Toasts.tsx'

/** Properties of `AppShell`. */
export interface AppShellProps {
  /** Name of the app beside the mark: «Rider». */
  readonly title: string
  /** `map`: full-bleed map with a sheet over it. `page`: a scrolling page. */
  readonly layout: 'map' | 'page'
  readonly density?: 'normal' | 'drive'
  readonly map?: ComponentChildren
  /** Banners under the header. */
  readonly notices?: ComponentChildren
  /** Before help, always in the same place: SOS, share. */
  readonly corner?: ComponentChildren
  readonly help: ComponentChildren
  readonly privacy: ComponentChildren
  /** After language and appearance. */
  readonly settings?: ComponentChildren
  readonly children: ComponentChildren
}

type Open = 'help' | 'privacy' | 'settings' | null

/** Header, corner, notices, main part: the same in every app (WCAG 3.2.6). */
export function AppShell(props: AppShellProps) {
  const [open, setOpen] = useState<Open>(null)
  const close = (): void => setOpen(null)
  return (
    <div
      class="shell"
      data-layout={props.layout}
      data-density={props.density ?? 'normal'}
      data-busy-corner={props.corner ? '' : undefined}
    >
      <a class="skip" href="#main">
        {ui('skip')}
      </a>
      <header class="shell-header">
        <div class="shell-brand">
          <BrandMark />
          <b>Hexhail</b>
          <span>{props.title}</span>
        </div>
        <div class="shell-corner">
          {props.corner}
          <IconButton icon="help" label={ui('help')} onClick={() => setOpen('help')} />
          <IconButton icon="shield" label={ui('privacy')} onClick={() => setOpen('privacy')} />
          <IconButton icon="gear" label={ui('settings')} onClick={() => setOpen('settings')} />
        </div>
      </header>
      {props.map && (
        <section class="shell-map" aria-label={ui('map')}>
          {props.map}
        </section>
      )}
      <div class="shell-notices">{props.notices}</div>
      <main class="shell-main" id="main" tabIndex={-1}>
        {props.children}
      </main>
      <Toasts />
      <Dialog open={open === 'help'} title={ui('help')} onClose={close}>
        {props.help}
      </Dialog>
      <Dialog open={open === 'privacy'} title={ui('privacy')} onClose={close}>
        {props.privacy}
      </Dialog>
      <Dialog open={open === 'settings'} title={ui('settings')} onClose={close}>
        <Preferences />
        {props.settings}
      </Dialog>
    </div>
  )
}
