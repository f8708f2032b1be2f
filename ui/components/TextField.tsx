import type { ComponentChildren, Ref } from 'preact'
import { useId, useState } from 'preact/hooks'
import { ui } from '../ui-text.ts'
import { describedBy, Field } from './Field.tsx'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import type { IconName } from './icon-paths.ts'

/** Properties of `TextField`. */
export interface TextFieldProps {
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
  readonly type?: 'text' | 'password' | 'email' | 'tel' | 'search' | 'date'
  readonly inputMode?: 'text' | 'decimal' | 'numeric' | 'tel'
  readonly autocomplete?: string
  readonly placeholder?: string
  readonly hint?: ComponentChildren | undefined
  readonly error?: ComponentChildren | undefined
  readonly icon?: IconName
  readonly hideLabel?: boolean
  readonly required?: boolean
  readonly maxLength?: number
  readonly name?: string
  readonly inputRef?: Ref<HTMLInputElement>
}

/** One line of text; a password can be shown (WCAG 3.3.8). */
export function TextField(props: TextFieldProps) {
  const id = useId()
  const [shown, setShown] = useState(false)
  const secret = props.type === 'password'
  return (
    <Field
      id={id}
      label={props.label}
      hint={props.hint}
      error={props.error}
      hideLabel={props.hideLabel ?? false}
    >
      <div class="input-wrap">
        {props.icon && <Icon name={props.icon} />}
        <input
          class="input"
          id={id}
          name={props.name}
          ref={props.inputRef ?? null}
          type={(secret && shown ? 'text' : (props.type ?? 'text')) as 'text'}
          inputMode={props.inputMode}
          autocomplete={props.autocomplete ?? 'off'}
          placeholder={props.placeholder}
          value={props.value}
          required={props.required}
          maxLength={props.maxLength}
          aria-invalid={props.error ? 'true' : undefined}
          aria-describedby={describedBy(id, props.hint, props.error)}
          onInput={event => props.onValue(event.currentTarget.value)}
        />
        {secret && (
          <IconButton
            icon="eye"
            label={shown ? ui('hide') : ui('show')}
            onClick={() => setShown(!shown)}
            expanded={shown}
          />
        )}
      </div>
    </Field>
  )
}
