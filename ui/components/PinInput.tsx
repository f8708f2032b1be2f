import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { ui } from '../ui-text.ts'
import { Icon } from './Icon.tsx'

/** Properties of `PinInput`. */
export interface PinInputProps {
  readonly label: string
  /** Digits typed so far, at most `length`. */
  readonly value: string
  readonly onValue: (digits: string) => void
  /** Called once when the last digit is in. */
  readonly onComplete?: (digits: string) => void
  readonly length?: number
  readonly error?: ComponentChildren | undefined
  readonly disabled?: boolean
}

/** Boxes for the boarding PIN; the whole PIN may be pasted. */
export function PinInput(props: PinInputProps) {
  const { label, value, onValue, onComplete, length = 4, error, disabled } = props
  const id = useId()
  const boxes = useRef<(HTMLInputElement | null)[]>([])
  const put = (digits: string): void => {
    const next = digits.replace(/\D/g, '').slice(0, length)
    onValue(next)
    boxes.current[Math.min(next.length, length - 1)]?.focus()
    if (next.length === length && next !== value) onComplete?.(next)
  }
  return (
    <fieldset class="field" disabled={disabled} aria-describedby={error ? `${id}-error` : undefined}>
      <legend class="field-label">{label}</legend>
      <div class="pin" data-wrong={error ? '' : undefined}>
        {Array.from({ length }, (_, at) => (
          <input
            class="pin-box"
            key={at}
            ref={node => {
              boxes.current[at] = node
            }}
            inputMode="numeric"
            autocomplete="off"
            pattern="[0-9]*"
            aria-label={ui('pinDigit', { n: at + 1, of: length })}
            aria-invalid={error ? 'true' : undefined}
            value={value[at] ?? ''}
            onFocus={event => event.currentTarget.select()}
            onBeforeInput={event => {
              if (/\D/.test(event.data ?? '')) event.preventDefault()
            }}
            onInput={event => {
              const typed = event.currentTarget.value.replace(/\D/g, '')
              put(value.slice(0, at) + typed + (typed.length > 1 ? '' : value.slice(at + 1)))
            }}
            onPaste={event => {
              event.preventDefault()
              put(event.clipboardData?.getData('text') ?? '')
            }}
            onKeyDown={event => {
              if (event.key !== 'Backspace' || value[at] !== undefined) return
              event.preventDefault()
              put(value.slice(0, -1))
            }}
          />
        ))}
      </div>
      <p class="field-error" id={`${id}-error`} role="alert" hidden={!error}>
        {error && <Icon name="warning" size={20} />}
        {error}
      </p>
    </fieldset>
  )
}
