import type { ComponentChildren } from 'preact'

/** Properties of `Switch`. */
export interface SwitchProps {
  readonly label: string
  readonly checked: boolean
  readonly onChecked: (checked: boolean) => void
  readonly hint?: ComponentChildren
  readonly disabled?: boolean
}

/** On or off, at once. */
export function Switch({ label, checked, onChecked, hint, disabled }: SwitchProps) {
  return (
    <label class="switch">
      <span>
        {label}
        {hint !== undefined && <span class="switch-hint">{hint}</span>}
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={checked}
        checked={checked}
        disabled={disabled}
        onChange={event => onChecked(event.currentTarget.checked)}
      />
      <span class="switch-track" />
    </label>
  )
}
