import type { ComponentChildren } from 'preact'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-paths.ts'

/** Properties of `LinkButton`. */
export interface LinkButtonProps {
  readonly href: string
  readonly children: ComponentChildren
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'alarm'
  readonly wide?: boolean
  readonly icon?: IconName
  /** File name to save the target under. */
  readonly download?: string
}

/** A link that looks like a button: another screen, a file to save. */
export function LinkButton({ href, children, kind = 'plain', wide, icon, download }: LinkButtonProps) {
  return (
    <a class="button" data-kind={kind} data-wide={wide ? '' : undefined} href={href} download={download}>
      {icon && <Icon name={icon} size={20} />}
      <span>{children}</span>
    </a>
  )
}
