import type { RiderState } from '@hexhail/protocol/rider-state.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import type { FareLine } from '@hexhail/ui/components/FareTable.tsx'
import { paidRows } from '@hexhail/ui/price-rows.ts'

/** What a trip cost, line by line: from the settlement where there is one, else from the newest receipt. Minor units. */
export function tripLines(
  trip: RiderState,
  document: TariffDocument | null,
): { lines: FareLine[]; total: bigint } {
  const settled = trip.facts.find(f => f.fact.fact === 'settled')?.fact
  const paid = settled?.fact === 'settled' ? settled : trip.receipt
  if (!paid) return { lines: [], total: trip.agreed?.fare ?? 0n }
  return paidRows(paid, trip.signed, document)
}
