import { CopyText } from '@hexhail/ui/components/CopyText.tsx'
import { Dialog } from '@hexhail/ui/components/Dialog.tsx'
import { Places } from '@hexhail/ui/components/Places.tsx'
import type { LedgerTrip } from '../ledger.ts'
import type { DriverModel } from '../model.ts'
import { t } from '../text.ts'
import { SettledReceipt } from './SettledReceipt.tsx'

/** A past trip: its receipt from the chain, and its places where this device drove it. */
export function TripDialog({
  model,
  trip,
  onClose,
}: {
  readonly model: DriverModel
  readonly trip: LedgerTrip | null
  readonly onClose: () => void
}) {
  if (!trip) return null
  const kept = model.client.history.value.find(each => each.digest === trip.terms) ?? null
  return (
    <Dialog open title={t('tripOf')} onClose={onClose}>
      {kept?.pickup && (
        <Places
          places={[
            { kind: 'pickup', name: kept.pickup.pickupName },
            { kind: 'destination', name: kept.dest?.name ?? kept.pickup.destName },
          ]}
        />
      )}
      {trip.proof.fact === 'settled' ? (
        <SettledReceipt fact={trip.proof} trip={kept} reader={model.reader} model={model} />
      ) : (
        <p class="row-spread">
          <span>{t(`state_${trip.state}`)}</span>
          <CopyText text={trip.terms} />
        </p>
      )}
    </Dialog>
  )
}
