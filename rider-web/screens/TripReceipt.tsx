import type { ChainReader } from '@hexhail/chain/ports.ts'
import type { RiderState } from '@hexhail/protocol/rider-state.ts'
import { PublicRecord } from '@hexhail/ui/components/PublicRecord.tsx'
import { ReceiptView } from '@hexhail/ui/components/ReceiptView.tsx'
import { useEffect, useState } from 'preact/hooks'
import type { RiderModel } from '../model.ts'
import { money } from '../money.ts'
import { t } from '../text.ts'
import { tripLines } from '../trip-lines.ts'

/** The receipt of an ended trip, with the settlement looked up on the chain again. */
export function TripReceipt({
  trip,
  reader,
  model,
}: {
  readonly trip: RiderState
  readonly reader: ChainReader
  readonly model: Pick<RiderModel, 'lookUp' | 'clock' | 'document'>
}) {
  const [proven, setProven] = useState<boolean | null>(null)
  const fact = trip.facts.at(-1)?.fact
  useEffect(() => {
    if (fact) reader.proves(fact).then(setProven, () => setProven(null))
  }, [fact?.txHash])
  if (!fact) return null
  const { lines, total } = tripLines(trip, model.document)
  return (
    <ReceiptView
      atMs={fact.timestampS * 1000}
      distanceM={trip.meter.metres || trip.plan.metres}
      durationS={trip.meter.secs || trip.plan.secs}
      fare={{ lines, total }}
      proof={{ tripId: fact.terms, txHash: fact.txHash, block: fact.blockNumber }}
    >
      {fact.fact === 'settled' && fact.levy > 0n && (
        <p class="small muted">
          {t('levy')}: {money(fact.levy)}
        </p>
      )}
      <p class="small" role="status" data-testid="proof">
        {proven ? t('proven') : t('checking')}
      </p>
      {fact.fact === 'settled' && (
        <PublicRecord
          terms={fact.terms}
          look={model.lookUp}
          settledAtMs={fact.timestampS * 1000}
          now={() => model.clock.value}
        />
      )}
    </ReceiptView>
  )
}
