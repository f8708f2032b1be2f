import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

/** Properties of `Segmented`. */
export interface SegmentedProps<V extends string> {
  readonly label: string
  readonly value: V
  readonly options: readonly { readonly value: V; readonly label: ComponentChildren }[]
  readonly onValue: (value: V) => void
  readonly hideLabel?: boolean
}

/** One of few, side by side: a radio group. */
export function Segmented<V extends string>({
  label,
  value,
  options,
  onValue,
  hideLabel,
}: SegmentedProps<V>) {
  const name = useId()
  return (
    <fieldset class="field">
      <legend class={hideLabel ? 'visually-hidden' : 'field-label'}>{label}</legend>
      <div class="segmented">
        {options.map(each => (
          <label key={each.value}>
            <input
              type="radio"
              name={name}
              value={each.value}
              checked={each.value === value}
              onChange={() => onValue(each.value)}
            />
            <span>{each.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
