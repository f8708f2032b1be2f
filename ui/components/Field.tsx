import type { ComponentChildren } from 'preact'
import { Icon } from './Icon.tsx'

/** Properties of `Field`. */
export interface FieldProps {
  /** Id of the control inside; hint and error get `${id}-hint` and `${id}-error`. */
  readonly id: string
  readonly label: string
  readonly hint?: ComponentChildren | undefined
  readonly error?: ComponentChildren | undefined
  readonly hideLabel?: boolean
  readonly children: ComponentChildren
}

/** Label, hint and error around any control. */
export function Field({ id, label, hint, error, hideLabel, children }: FieldProps) {
  return (
    <div class="field">
      <label class={hideLabel ? 'visually-hidden' : 'field-label'} for={id}>
        {label}
      </label>
      {children}
      {hint !== undefined && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <p class="field-error" id={`${id}-error`} aria-live="polite" hidden={!error}>
        {error && <Icon name="warning" size={20} />}
        {error}
      </p>
    </div>
  )
}

/** Value of `aria-describedby` for a control inside a `Field`. */
export function describedBy(id: string, hint: unknown, error: unknown): string | undefined {
  const ids = [hint === undefined ? '' : `${id}-hint`, error ? `${id}-error` : ''].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}
