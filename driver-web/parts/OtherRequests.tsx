import { toHex } from '@hexhail/protocol/hex.ts'
import { tariffOf } from '@hexhail/protocol/trip-tariff.ts'
import { ListRow } from '@hexhail/ui/components/ListRow.tsx'
import { capitalized, formatDayTime, formatDistance, formatDuration } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { DriverModel } from '../model.ts'
import { money } from '../money.ts'
import { payRange } from '../pay.ts'
import { t } from '../text.ts'

/** The requests beside the open one, a line each; a tap opens it. */
export function OtherRequests({ model }: { readonly model: DriverModel }) {
  const open = model.card.value
  const others = model.client.shift.value.cards.filter(card => card !== open)
  if (others.length === 0) return null
  const tag = locale.value
  return (
    <section class="stack-tight" aria-label={t('otherRequests')}>
      <h2>{t('otherRequests')}</h2>
      <ul class="list">
        {others.map(({ request, etaS }) => {
          const id = toHex(request.requestId)
          const { most } = payRange(tariffOf(model.rules, true), request, model.priceOf(id))
          const begin = request.pickupAtMs
            ? capitalized(formatDayTime(request.pickupAtMs, model.clock.value, tag), tag)
            : `${t('toPickup')} ${formatDuration(etaS, tag)}`
          return (
            <li key={id}>
              <ListRow
                icon={request.pickupAtMs ? 'clock' : 'bell'}
                title={t('upTo', { value: money(most) })}
                detail={`${begin}, ${t('trip')} ${formatDistance(request.distanceKm * 1000, tag)}`}
                onClick={() => model.openCard(id)}
              />
            </li>
          )
        })}
      </ul>
    </section>
  )
}
