import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { ui } from '../ui-text.ts'
import { Field } from './Field.tsx'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import type { IconName } from './icon-paths.ts'

/** One choice in the list. */
export interface ComboboxOption {
  readonly id: string
  readonly label: string
  readonly detail?: string
  readonly icon?: IconName
}

/** Properties of `Combobox`. */
export interface ComboboxProps<O extends ComboboxOption> {
  readonly label: string
  readonly value: string
  readonly onValue: (text: string) => void
  readonly options: readonly O[]
  readonly onChoose: (option: O) => void
  /** A search is under way. */
  readonly busy?: boolean
  readonly placeholder?: string
  readonly icon?: IconName
  readonly hideLabel?: boolean
  /** The list floats over what follows; without it the list pushes the page down. */
  readonly floating?: boolean
  readonly autoFocus?: boolean
}

/** A text box with suggestions after the ARIA practice (list autocomplete, manual selection): for places. */
export function Combobox<O extends ComboboxOption>(props: ComboboxProps<O>) {
  const { options, value } = props
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const shown = open && options.length > 0
  const current = shown ? Math.min(active, options.length - 1) : -1
  useEffect(() => {
    if (props.autoFocus) input.current?.focus()
  }, [props.autoFocus])
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [current])

  const choose = (option: O): void => {
    setOpen(false)
    setActive(-1)
    props.onChoose(option)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const option = options[current]
    if (step !== 0 && options.length > 0) {
      event.preventDefault()
      setOpen(true)
      setActive(
        current < 0 && step < 0 ? options.length - 1 : (current + step + options.length) % options.length,
      )
    } else if (event.key === 'Enter' && shown) {
      event.preventDefault()
      const chosen = option ?? options[0]
      if (chosen) choose(chosen)
    } else if (event.key === 'Escape') {
      if (shown) setOpen(false)
      else props.onValue('')
    }
  }
  return (
    <div class="combobox" data-floating={props.floating ? '' : undefined}>
      <Field id={id} label={props.label} hideLabel={props.hideLabel ?? false}>
        <div class="input-wrap">
          <Icon name={props.icon ?? 'search'} />
          <input
            class="input"
            id={id}
            ref={input}
            role="combobox"
            type="text"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            enterkeyhint="search"
            placeholder={props.placeholder}
            value={value}
            aria-autocomplete="list"
            aria-expanded={shown}
            aria-controls={`${id}-list`}
            aria-activedescendant={current >= 0 ? `${id}-${current}` : undefined}
            aria-busy={props.busy || undefined}
            onInput={event => {
              setOpen(true)
              setActive(-1)
              props.onValue(event.currentTarget.value)
            }}
            onFocus={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onKeyDown={onKeyDown}
          />
          {value !== '' && (
            <IconButton
              icon="close"
              size={20}
              label={ui('clear')}
              onClick={() => {
                props.onValue('')
                input.current?.focus()
              }}
            />
          )}
        </div>
      </Field>
      <div
        class="combobox-list"
        id={`${id}-list`}
        role="listbox"
        aria-label={props.label}
        ref={list}
        hidden={!shown}
      >
        {options.map((option, at) => (
          <Choice
            key={option.id}
            id={`${id}-${at}`}
            option={option}
            selected={at === current}
            onChoose={() => choose(option)}
          />
        ))}
      </div>
      <div role="status" class={shown || value === '' || !open ? 'visually-hidden' : 'combobox-note'}>
        {open && value !== '' && note(props.busy ?? false, options.length)}
      </div>
    </div>
  )
}

function note(busy: boolean, found: number): string {
  if (busy) return ui('searching')
  return found === 0 ? ui('noMatch') : ui('results', { n: found })
}

interface ChoiceProps {
  readonly id: string
  readonly option: ComboboxOption
  readonly selected: boolean
  readonly onChoose: () => void
}

function Choice({ id, option, selected, onChoose }: ChoiceProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are on the text box (aria-activedescendant)
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the text box
    <div
      class="combobox-option"
      id={id}
      role="option"
      aria-selected={selected}
      // The text box must keep the focus, or its blur would close the list before the click.
      onPointerDown={event => event.preventDefault()}
      onClick={onChoose}
    >
      <Icon name={option.icon ?? 'pin'} />
      <span class="grow">
        <span class="strong">{option.label}</span>
        {option.detail !== undefined && <span class="switch-hint">{option.detail}</span>}
      </span>
    </div>
  )
}
