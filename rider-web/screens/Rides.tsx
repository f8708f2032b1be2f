import type { ChainReader } from '@hexhail/chain/ports.ts'
import type { RiderState } from '@hexhail/protocol/rider-state.ts'
import { ENDED } from '@hexhail/protocol/trip.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { ListRow } from '@hexhail/ui/components/ListRow.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { capitalized, formatDayTime, formatMoment } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useState } from 'preact/hooks'
import type { RiderModel } from '../model.ts'
import { RidePanel } from '../Panel.tsx'
import { t } from '../text.ts'
import { tripLines } from '../trip-lines.ts'
import { TripReceipt } from './TripReceipt.tsx'

/** The rides of this device, newest first; each opens its receipt. */
export function Rides({
  model,
  reader,
  onBack,
}: {
  readonly model: RiderModel
  readonly reader: ChainReader
  readonly onBack: () => void
}) {
  const [shown, setShown] = useState<RiderState | null>(null)
  const rides = model.client.history.value
  const { trips, free, show } = model.client
  const coming = trips.value.filter(({ plan, phase }) => plan.pickupAtMs && !ENDED.has(phase))
  return (
    <RidePanel
      label={t('history')}
      title={t('history')}
      start="full"
      foot={
        <Button wide testId="back" onClick={() => (shown ? setShown(null) : onBack())}>
          {t('back')}
        </Button>
      }
    >
      {shown ? (
        <TripReceipt trip={shown} reader={reader} model={model} />
      ) : rides.length === 0 && trips.value.length === 0 ? (
        <EmptyState icon="receipt" title={t('noHistory')} />
      ) : (
        <div class="stack">
          {free.value && trips.value.length > 0 && (
            <Button
              wide
              icon="car"
              testId="another"
              onClick={() => {
                model.another()
                onBack()
              }}
            >
              {t('another')}
            </Button>
          )}
          {coming.length > 0 && (
            <section class="stack-tight" aria-label={t('upcoming')}>
              <h2>{t('upcoming')}</h2>
              <ul class="list">
                {coming.map(({ requestId, plan }) => (
                  <li key={requestId}>
                    <ListRow
                      icon="clock"
                      testId="upcoming"
                      title={plan.destName}
                      detail={capitalized(
                        formatDayTime(plan.pickupAtMs, model.clock.value, locale.value),
                        locale.value,
                      )}
                      onClick={() => {
                        show(requestId)
                        onBack()
                      }}
                    />
                  </li>
                ))}
              </ul>
            </section>
          )}
          <ul class="list">
            {rides.map(trip => (
              <li key={trip.requestId}>
                <ListRow
                  icon="car"
                  title={trip.plan.destName}
                  detail={formatMoment(trip.requestedAtMs, locale.value)}
                  end={<Money amount={tripLines(trip, model.document).total} />}
                  onClick={() => setShown(trip)}
                />
              </li>
            ))}
          </ul>
        </div>
      )}
    </RidePanel>
  )
}
