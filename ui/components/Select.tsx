import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { describedBy, Field } from './Field.tsx'
import { Icon } from './Icon.tsx'

/** Properties of `Select`. */
export interface SelectProps<V extends string> {
  readonly label: string
  readonly value: V
  readonly options: readonly { readonly value: V; readonly label: string }[]
  readonly onValue: (value: V) => void
  readonly hint?: ComponentChildren | undefined
  readonly error?: ComponentChildren | undefined
  readonly hideLabel?: boolean
}

/** One of many, by the browser's own list. */
export function Select<V extends string>(props: SelectProps<V>) {
  const id = useId()
  return (
    <Field
      id={id}
      label={props.label}
      hint={props.hint}
      error={props.error}
      hideLabel={props.hideLabel ?? false}
    >
      <div class="input-wrap select-wrap">
        <select
          class="input select"
          id={id}
          value={props.value}
          aria-describedby={describedBy(id, props.hint, props.error)}
          onChange={event => props.onValue(event.currentTarget.value as V)}
        >
          {props.options.map(each => (
            <option key={each.value} value={each.value}>
              {each.label}
            </option>
          ))}
        </select>
        <Icon name="chevron-down" />
      </div>
    </Field>
  )
}
