import type { ComponentChildren } from 'preact'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-paths.ts'

/** Properties of `EmptyState` and `ErrorState`. */
export interface BlankProps {
  readonly icon?: IconName
  /** Left out where the screen's own heading says it. */
  readonly title?: string
  readonly children?: ComponentChildren
  /** Buttons: the way out. */
  readonly actions?: ComponentChildren
}

/** Nothing here yet, and what to do about it. */
export function EmptyState({ icon = 'route', title, children, actions }: BlankProps) {
  return <Blank tone="plain" icon={icon} title={title} actions={actions} body={children} />
}

/** Something went wrong: what happened, what it means for the money, and the way out. Read out at once. */
export function ErrorState({
  icon = 'warning',
  title,
  children,
  actions,
  tone = 'bad',
}: BlankProps & { tone?: 'bad' | 'warn' }) {
  return (
    <div role="alert">
      <Blank tone={tone} icon={icon} title={title} actions={actions} body={children} />
    </div>
  )
}

interface InnerProps {
  readonly tone: string
  readonly icon: IconName
  readonly title: string | undefined
  readonly actions: ComponentChildren
  readonly body: ComponentChildren
}

function Blank({ tone, icon, title, actions, body }: InnerProps) {
  return (
    <div class="blank" data-tone={tone}>
      <span class="blank-art">
        <Icon name={icon} size={36} />
      </span>
      {title && <h2>{title}</h2>}
      {body && <div class="muted stack-tight">{body}</div>}
      {actions && <div class="blank-actions">{actions}</div>}
    </div>
  )
}
