import { carRides } from '@hexhail/protocol/sharing.ts'
import { ListRow } from '@hexhail/ui/components/ListRow.tsx'
import type { DriverModel } from '../model.ts'
import { t } from '../text.ts'
import { RequestCard } from './RequestCard.tsx'

/** The stops of a car that two share, the next one first, and who would join while there is a seat. */
export function SharedRide({ model }: { readonly model: DriverModel }) {
  const { shift, stops } = model.client
  const rides = carRides(shift.value)
  const card = model.card.value
  return (
    <>
      {stops.value.length > 0 && (
        <section class="stack-tight" aria-label={t('stopsAhead')} data-testid="stops">
          <h2>{t('stopsAhead')}</h2>
          <ol class="list">
            {stops.value.map(({ tag, kind }) => {
              const pickup = rides.find(ride => ride.tag === tag)?.pickup
              const isPickup = kind === 'pickup'
              return (
                <li key={`${tag} ${kind}`}>
                  <ListRow
                    icon={isPickup ? 'user' : 'flag'}
                    title={t(isPickup ? 'fetch' : 'setDown', { name: pickup?.rider ?? '' })}
                    detail={isPickup ? pickup?.pickupName : pickup?.destName}
                  />
                </li>
              )
            })}
          </ol>
        </section>
      )}
      {card && (
        <section class="stack-tight" aria-label={t('joins')}>
          <h2>{t('joins')}</h2>
          <p class="muted small">{t('joinsNote')}</p>
          <RequestCard model={model} card={card} joins />
        </section>
      )}
    </>
  )
}
