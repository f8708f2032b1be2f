import { useId } from 'preact/hooks'
import { formatNumber } from '../format/measure.ts'
import { locale } from '../locale.ts'
import { ui } from '../ui-text.ts'
import { Icon } from './Icon.tsx'

/** A rating that was given, in hundredths of a star (475 = 4.75); `null` says the person is new. */
export function StarsShown({ hundredths }: { readonly hundredths: number | null }) {
  if (hundredths === null) return <span>{ui('unrated')}</span>
  const value = formatNumber(hundredths / 100, locale.value, 2)
  return (
    <span class="stars-shown">
      <Icon name="star" size={16} />
      <span aria-hidden="true">{value}</span>
      <span class="visually-hidden">{ui('rated', { value })}</span>
    </span>
  )
}

/** Properties of `StarsInput`. */
export interface StarsInputProps {
  readonly label: string
  /** 1..5, 0 for not yet. */
  readonly value: number
  readonly onValue: (stars: number) => void
}

/** Five stars to give: a radio group. */
export function StarsInput({ label, value, onValue }: StarsInputProps) {
  const name = useId()
  return (
    <fieldset class="field">
      <legend class="field-label">{label}</legend>
      <div class="stars">
        {[1, 2, 3, 4, 5].map(n => (
          <label key={n} data-on={n <= value ? '' : undefined}>
            <input type="radio" name={name} value={n} checked={n === value} onChange={() => onValue(n)} />
            <Icon name="star" size={32} />
            <span class="visually-hidden">{ui('star', { n })}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
