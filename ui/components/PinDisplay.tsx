import { ui } from '../ui-text.ts'

/** The boarding PIN that the rider shows to the driver, read digit by digit. */
export function PinDisplay({ pin }: { readonly pin: string }) {
  return (
    <div class="pin" data-show role="img" aria-label={ui('pinShow', { digits: [...pin].join(' ') })}>
      {[...pin].map((digit, at) => (
        <span class="pin-box" key={at} aria-hidden="true">
          {digit}
        </span>
      ))}
    </div>
  )
}
