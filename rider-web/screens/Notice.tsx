import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { en } from '../locales/en.ts'
import type { RiderModel } from '../model.ts'
import { type TextKey, t } from '../text.ts'

/** The word of explanation that the trip has for its rider, and that the driver is out of reach. */
export function Notice({ model }: { readonly model: RiderModel }) {
  const trip = model.client.trip.value
  if (!trip) return null
  const key = `notice_${trip.notice}`
  const reach = trip.chosen !== null && trip.heldAtMs > 0 && !model.client.linked.value
  return (
    <>
      {key in en && (
        <Banner tone={trip.notice === 'driverChanged' ? 'info' : 'warn'} icon="info">
          {t(key as TextKey, { n: trip.triesLeft })}
        </Banner>
      )}
      {reach && (
        <Banner tone="info" icon="wifi">
          {t('linkLost')}
        </Banner>
      )}
    </>
  )
}
