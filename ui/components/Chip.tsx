import type { ComponentChildren } from 'preact'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-paths.ts'

/** Meaning of a colour; never the only carrier of it. */
export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'accent'

/** A short state in a pill: «Fare held», «Withdrawn». */
export function Chip({
  children,
  tone = 'plain',
  icon,
}: {
  children: ComponentChildren
  tone?: Tone
  icon?: IconName
}) {
  return (
    <span class="chip" data-tone={tone}>
      {icon && <Icon name={icon} size={16} />}
      {children}
    </span>
  )
}
