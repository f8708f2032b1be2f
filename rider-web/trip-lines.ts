import type { RiderState } from '@hexhail/protocol/rider-state.ts'
import { t } from './text.ts'

/** What a trip cost, line by line: from the settlement where there is one, else from the newest receipt. Minor units. */
export function tripLines(trip: RiderState): { lines: { label: string; amount: bigint }[]; total: bigint } {
  const settled = trip.facts.find(f => f.fact.fact === 'settled')?.fact
  const paid = settled?.fact === 'settled' ? settled : trip.receipt
  if (!paid) return { lines: [], total: trip.agreed?.fare ?? 0n }
  const lines = [
    { label: t('line_fare'), amount: paid.fare },
    { label: t('line_wait'), amount: paid.wait },
    { label: t('line_toll'), amount: paid.toll },
    { label: t('line_tip'), amount: paid.tip },
  ].filter((line, i) => i === 0 || line.amount > 0n)
  return { lines, total: paid.fare + paid.wait + paid.toll + paid.tip }
}
