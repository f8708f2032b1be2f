import { ui } from '../ui-text.ts'
import { IconButton } from './IconButton.tsx'

/** Properties of `Stepper`. */
export interface StepperProps {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step?: number
  readonly onValue: (value: number) => void
  readonly format?: (value: number) => string
}

/** A small number with minus and plus: seats, tip, surcharge. */
export function Stepper({ label, value, min, max, step = 1, onValue, format = String }: StepperProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as one line in every browser
    <div class="stepper" role="group" aria-label={label}>
      <span class="grow">{label}</span>
      <IconButton
        icon="minus"
        label={`${label}: ${ui('less')}`}
        disabled={value <= min}
        onClick={() => onValue(Math.max(min, value - step))}
      />
      <output class="stepper-value" aria-live="polite">
        {format(value)}
      </output>
      <IconButton
        icon="plus"
        label={`${label}: ${ui('more')}`}
        disabled={value >= max}
        onClick={() => onValue(Math.min(max, value + step))}
      />
    </div>
  )
}
