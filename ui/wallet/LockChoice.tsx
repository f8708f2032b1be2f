import { useId } from 'preact/hooks'
import { Icon } from '../components/Icon.tsx'
import type { IconName } from '../components/icon-paths.ts'
import { type UiText, ui } from '../ui-text.ts'
import type { LockMethod } from './ports.ts'

interface Choice {
  readonly method: LockMethod
  readonly icon: IconName
  readonly title: UiText
  readonly hint: UiText
}

const CHOICES: readonly Choice[] = [
  { method: 'passkey', icon: 'key', title: 'walletPasskey', hint: 'walletPasskeyHint' },
  { method: 'passphrase', icon: 'lock', title: 'walletPassphrase', hint: 'walletPassphraseHint' },
  { method: 'device', icon: 'device', title: 'walletDevice', hint: 'walletDeviceHint' },
]

/** Properties of `LockChoice`. */
export interface LockChoiceProps {
  readonly value: LockMethod
  readonly onValue: (method: LockMethod) => void
  /** Whether this browser has passkeys. */
  readonly passkey: boolean
}

/** How the wallet is locked, each way with its price. */
export function LockChoice({ value, onValue, passkey }: LockChoiceProps) {
  const name = useId()
  return (
    <fieldset class="choices">
      <legend class="field-label">{ui('walletHow')}</legend>
      {CHOICES.filter(each => passkey || each.method !== 'passkey').map(each => (
        <label class="choice" key={each.method}>
          <input
            type="radio"
            name={name}
            value={each.method}
            checked={each.method === value}
            onChange={() => onValue(each.method)}
          />
          <Icon name={each.icon} />
          <span class="grow">
            <span class="strong">{ui(each.title)}</span>
            <span class="switch-hint">{ui(each.hint)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
