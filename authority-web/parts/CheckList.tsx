import type { Check } from '@hexhail/audit/check-fare.ts'
import { Icon } from '@hexhail/ui/components/Icon.tsx'
import { t } from '../text.ts'
import { figureText } from './figure-text.ts'

/** Checks with what each expects and what it found. */
export function CheckList({ checks }: { readonly checks: readonly Check[] }) {
  return (
    <ul class="checks">
      {checks.map(check => (
        <li key={check.code} class="check" data-ok={check.ok ? '' : undefined}>
          <Icon name={check.ok ? 'check' : 'warning'} size={20} />
          <span class="grow">
            <span class="strong">{t(check.ok ? `check${check.code}` : `fail${check.code}`)}</span>
            <span class="switch-hint num">
              {t(check.rule === 'equal' ? 'expectedIs' : 'expectedMost', {
                value: figureText(check.expected),
              })}
              {', '}
              {t('found', { value: figureText(check.found) })}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
