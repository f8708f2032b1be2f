import type { ChainReader } from '@hexhail/chain/ports.ts'
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { DriverTrip } from '@hexhail/protocol/driver-state.ts'
import { PublicRecord } from '@hexhail/ui/components/PublicRecord.tsx'
import { ReceiptView } from '@hexhail/ui/components/ReceiptView.tsx'
import { paidRows } from '@hexhail/ui/price-rows.ts'
import { useEffect, useState } from 'preact/hooks'
import type { DriverModel } from '../model.ts'
import { t } from '../text.ts'

/** The receipt of a settled trip as the driver has it: gross, levy, net, looked up on the chain again. */
export function SettledReceipt({
  fact,
  trip,
  reader,
  model,
}: {
  readonly fact: Extract<ChainFact, { fact: 'settled' }>
  readonly trip: DriverTrip | null
  readonly reader: ChainReader
  readonly model: Pick<DriverModel, 'lookUp' | 'clock' | 'rules'>
}) {
  const [proven, setProven] = useState(false)
  useEffect(() => {
    reader.proves(fact).then(setProven, () => setProven(false))
  }, [reader, fact.txHash])
  const paid = paidRows(fact, trip?.receipt ?? null, model.rules.document?.document ?? null)
  const levy = fact.levy > 0n ? [{ label: t('line_levy'), amount: -fact.levy }] : []
  return (
    <ReceiptView
      atMs={fact.timestampS * 1000}
      distanceM={trip?.meter.metres ?? 0}
      durationS={trip?.meter.secs ?? 0}
      fare={{ lines: [...paid.lines, ...levy], total: paid.total - fact.levy }}
      proof={{ tripId: fact.terms, txHash: fact.txHash, block: fact.blockNumber }}
    >
      <p class="small" role="status" data-testid="proof" data-proven={proven ? '' : undefined}>
        {proven ? t('proven') : t('checking')}
      </p>
      <PublicRecord
        terms={fact.terms}
        look={model.lookUp}
        settledAtMs={fact.timestampS * 1000}
        now={() => model.clock.value}
      />
    </ReceiptView>
  )
}
