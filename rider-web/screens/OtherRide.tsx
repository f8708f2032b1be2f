import { isOver } from '@hexhail/protocol/beside.ts'
import { isAhead } from '@hexhail/protocol/later.ts'
import type { RiderState } from '@hexhail/protocol/rider-state.ts'
import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { formatDayTime } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { RiderModel } from '../model.ts'
import { t } from '../text.ts'

/** The ride that goes on beside what is shown, and the way to it. */
export function OtherRide({ model, onShow }: { readonly model: RiderModel; readonly onShow: () => void }) {
  const { trip, trips, show } = model.client
  const other = trips.value.find(each => each.requestId !== trip.value?.requestId)
  if (!other) return null
  return (
    <Banner
      icon={other.plan.pickupAtMs ? 'clock' : 'car'}
      action={
        <Button
          kind="quiet"
          testId="other-ride"
          onClick={() => {
            show(other.requestId)
            onShow()
          }}
        >
          {t('showRide')}
        </Button>
      }
    >
      {words(other, model.clock.value)}
    </Banner>
  )
}

function words(trip: RiderState, nowMs: number): string {
  const place = trip.plan.destName
  if (isOver(trip)) return t('otherOver', { place })
  return isAhead(trip.plan.pickupAtMs, nowMs)
    ? t('otherLater', { place, at: formatDayTime(trip.plan.pickupAtMs, nowMs, locale.value) })
    : t('otherNow', { place })
}
