import { useId } from 'preact/hooks'

/** Properties of `Slider`. */
export interface SliderProps {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step?: number
  readonly onValue: (value: number) => void
  /** How a value is written, for eyes and screen readers. */
  readonly format: (value: number) => string
}

/** A number in a range; arrow keys and taps on the track work besides dragging. */
export function Slider({ label, value, min, max, step = 1, onValue, format }: SliderProps) {
  const id = useId()
  return (
    <div class="field">
      <div class="slider-head">
        <label class="field-label" for={id}>
          {label}
        </label>
        <output class="strong num" for={id}>
          {format(value)}
        </output>
      </div>
      <input
        class="slider"
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={format(value)}
        onInput={event => onValue(event.currentTarget.valueAsNumber)}
      />
    </div>
  )
}
