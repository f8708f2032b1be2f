import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { CarLine } from '@hexhail/ui/components/CarLine.tsx'
import { Portrait } from '@hexhail/ui/components/Portrait.tsx'
import { en } from '../locales/en.ts'
import type { RiderModel } from '../model.ts'
import { type TextKey, t } from '../text.ts'

/** Who comes, in which car: by the authority's word where there is one, else by the driver's, which is said. */
export function DriverCard({ model }: { readonly model: RiderModel }) {
  const trip = model.client.trip.value
  if (!trip) return null
  const { card, car } = trip
  if (card?.state === 'good') {
    const { name, photo, plate, make, model: type, colour } = card.shown
    return (
      <div class="stack-tight" data-testid="driver-card">
        <CarLine
          name={name}
          car={`${make} ${type}, ${colour}`}
          plate={plate}
          face={photo.length > 0 ? <Portrait bytes={photo} alt={t('cardPhoto', { name })} /> : undefined}
        />
        <p class="muted small">{t('cardGood')}</p>
      </div>
    )
  }
  if (card?.state === 'bad') {
    const key = `fault_${card.code}`
    return (
      <Banner
        tone="bad"
        icon="warning"
        action={
          !card.anyway && (
            <Button
              size="small"
              testId="ride-anyway"
              onClick={() => void model.client.dispatch({ type: 'rideAnyway' })}
            >
              {t('rideAnyway')}
            </Button>
          )
        }
      >
        <span data-testid="card-bad">{t(key in en ? (key as TextKey) : 'fault_card-driver')}</span>{' '}
        {t(card.anyway ? 'cardAnyway' : 'cardBad')}
      </Banner>
    )
  }
  if (!car) return <p class="muted">{t('waitCar')}</p>
  return (
    <div class="stack-tight">
      <CarLine name={car.driver} car={car.car} plate={car.plate} />
      <p class="muted small" role="status">
        {t(card?.state === 'checking' ? 'cardChecking' : card ? 'cardUnread' : 'cardNone')}
      </p>
    </div>
  )
}
