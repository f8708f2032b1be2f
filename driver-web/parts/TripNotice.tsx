import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { en } from '../locales/en.ts'
import type { DriverModel } from '../model.ts'
import { type TextKey, t } from '../text.ts'
import { Problem } from './Problem.tsx'

/** What the driver has to know of the trip beside its state: the rider's words, lost links, failed transactions. */
export function TripNotice({ model }: { readonly model: DriverModel }) {
  const { client } = model
  const { trip } = client.shift.value
  if (!trip) return null
  const key = `notice_${trip.notice}`
  const hard = trip.notice === 'badReceipt' || trip.notice === 'txFailed' || trip.notice === 'riderCancelled'
  return (
    <>
      {key in en && (
        <Banner tone={hard ? 'bad' : 'warn'} icon={hard ? 'warning' : 'info'}>
          {t(key as TextKey)}
        </Banner>
      )}
      {model.talk.linkLost.value && (
        <Banner tone="warn" icon="wifi-off">
          {t('linkLost')}
        </Banner>
      )}
      <Problem model={model} />
    </>
  )
}
