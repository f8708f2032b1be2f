import type { ComponentChildren } from 'preact'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-paths.ts'

/** Properties of `Banner`. */
export interface BannerProps {
  readonly children: ComponentChildren
  readonly tone?: 'info' | 'warn' | 'bad'
  readonly icon?: IconName
  /** A way out: a small button. */
  readonly action?: ComponentChildren
}

/** A lasting state of the app over the map: network lost, chain lost, an update waits. */
export function Banner({ children, tone = 'info', icon = 'info', action }: BannerProps) {
  return (
    <div class="banner" data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={icon} />
      <span class="grow">{children}</span>
      {action}
    </div>
  )
}
