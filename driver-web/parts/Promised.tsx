import { isBound } from '@hexhail/protocol/driver-part.ts'
import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { formatClock } from '@hexhail/ui/format/measure.ts'
import type { DriverModel } from '../model.ts'
import { t } from '../text.ts'

/** While the driver's word to a rider of this round may still count: until when, so that nobody stares at a still page. */
export function Promised({ model }: { readonly model: DriverModel }) {
  const { part, trip } = model.client.shift.value
  const nowMs = model.clock.value
  if (trip || !part.bound || !isBound(part, nowMs)) return null
  return (
    <Banner icon="check">
      <span data-testid="promised">{t('promisedRound')}</span> {/* A reader is not told each second. */}
      <span class="num" aria-hidden="true">
        {formatClock((part.bound.expiresAtMs - nowMs) / 1000)}
      </span>
    </Banner>
  )
}
