import type { Ref } from 'preact'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-paths.ts'

/** Properties of `IconButton`. */
export interface IconButtonProps {
  readonly icon: IconName
  /** Name of the action; also the tooltip. */
  readonly label: string
  readonly onClick?: () => void
  readonly kind?: 'plain' | 'filled' | 'alarm'
  readonly disabled?: boolean
  readonly expanded?: boolean
  readonly className?: string
  readonly size?: number
  readonly buttonRef?: Ref<HTMLButtonElement>
  readonly testId?: string
}

/** An action shown as a drawing, at least 44 px in both directions. */
export function IconButton(props: IconButtonProps) {
  return (
    <button
      type="button"
      class={props.className ? `icon-button ${props.className}` : 'icon-button'}
      data-kind={props.kind ?? 'plain'}
      data-testid={props.testId}
      ref={props.buttonRef ?? null}
      aria-label={props.label}
      aria-expanded={props.expanded}
      title={props.label}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <Icon name={props.icon} size={props.size ?? 24} />
    </button>
  )
}
