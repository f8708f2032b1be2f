import type { AuditRow, Filing } from '@hexhail/audit/settled.ts'
import { Chip, type Tone } from '@hexhail/ui/components/Chip.tsx'
import type { IconName } from '@hexhail/ui/components/icon-paths.ts'
import { t } from '../text.ts'

/** What is known of a settlement, in one word. */
export type Standing = 'right' | 'wrong' | 'checking' | Exclude<Filing, 'opened'>

/** The one word for a row. */
export function standingOf({ filing, audit }: AuditRow): Standing {
  return filing !== 'opened' ? filing : (audit?.verdict ?? 'checking')
}

/** How each standing looks. */
export const LOOKS: Readonly<Record<Standing, { readonly tone: Tone; readonly icon: IconName }>> = {
  right: { tone: 'good', icon: 'check' },
  wrong: { tone: 'bad', icon: 'warning' },
  checking: { tone: 'plain', icon: 'clock' },
  missing: { tone: 'warn', icon: 'clock' },
  unasked: { tone: 'plain', icon: 'wifi-off' },
  sealed: { tone: 'plain', icon: 'lock' },
  unreadable: { tone: 'warn', icon: 'lock' },
  other: { tone: 'warn', icon: 'help' },
}

/** The verdict on a settlement in a pill. */
export function VerdictChip({ row }: { readonly row: AuditRow }) {
  const standing = standingOf(row)
  return <Chip {...LOOKS[standing]}>{t(standing)}</Chip>
}
