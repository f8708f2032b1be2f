import type { FareLine } from '@hexhail/protocol/tariff.ts'
import { t } from './text.ts'

/** A fare's lines with their names in the reader's language. */
export const fareRows = (lines: readonly FareLine[]): { label: string; amount: bigint }[] =>
  lines.map(({ key, amount }) => ({ label: t(`line_${key}`), amount }))
