import type { ComponentChildren, Ref } from 'preact'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-paths.ts'

/** Properties of `Button`. */
export interface ButtonProps {
  readonly children: ComponentChildren
  /** `primary` once a screen; `danger` for a costly choice; `alarm` for SOS; `quiet` reads as a link. */
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger' | 'alarm'
  readonly size?: 'normal' | 'small'
  /** Fills the line. */
  readonly wide?: boolean
  readonly icon?: IconName
  /** A second, smaller line: the cost of a cancel, the name of a tariff. */
  readonly note?: ComponentChildren
  /** Shows a turning mark and refuses clicks. */
  readonly busy?: boolean
  readonly disabled?: boolean
  readonly type?: 'button' | 'submit'
  readonly onClick?: () => void
  /** Name for screen readers where the text alone does not say it. */
  readonly label?: string
  readonly pressed?: boolean
  readonly buttonRef?: Ref<HTMLButtonElement>
  readonly testId?: string
}

/** A labelled action. */
export function Button(props: ButtonProps) {
  const { kind = 'plain', size = 'normal', type = 'button' } = props
  return (
    <button
      class="button"
      data-kind={kind}
      data-size={size}
      data-wide={props.wide ? '' : undefined}
      data-testid={props.testId}
      ref={props.buttonRef ?? null}
      type={type}
      disabled={props.disabled || props.busy}
      aria-busy={props.busy || undefined}
      aria-label={props.label}
      aria-pressed={props.pressed}
      onClick={props.onClick}
    >
      {props.busy ? <Turning /> : props.icon && <Icon name={props.icon} size={20} />}
      <span>
        {props.children}
        {props.note !== undefined && <span class="button-note">{props.note}</span>}
      </span>
    </button>
  )
}

function Turning() {
  return (
    <span class="spinner" aria-hidden="true">
      <svg
        width="20"
        height="20"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        stroke-width="3"
        aria-hidden="true"
      >
        <path d="M12 3a9 9 0 1 1-9 9" stroke-linecap="round" />
      </svg>
    </span>
  )
}
