import { tariffOf } from '@hexhail/protocol/trip-tariff.ts'
import { Chip, type Tone } from '@hexhail/ui/components/Chip.tsx'
import { ListRow } from '@hexhail/ui/components/ListRow.tsx'
import { formatClock, formatDayTime, formatDuration } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { DriverModel } from '../model.ts'
import { money } from '../money.ts'
import type { OfferFate } from '../offer-board.ts'
import { payRange } from '../pay.ts'
import { t } from '../text.ts'

const TONES: Readonly<Record<OfferFate, Tone>> = {
  waiting: 'plain',
  asked: 'accent',
  chosen: 'good',
  lapsed: 'warn',
  gone: 'warn',
}

/** The offers that are out, and for a moment those that have just ended. */
export function OffersOut({ model }: { readonly model: DriverModel }) {
  const lines = model.offers.value
  if (lines.length === 0) return null
  return (
    <section class="stack-tight" aria-label={t('offersOut')}>
      <h2>{t('offersOut')}</h2>
      <ul class="list" aria-live="polite">
        {lines.map(({ offer, fate }) => {
          const { request } = offer.card
          const { pickupAtMs } = request
          const upTo = t('upTo', {
            value: money(payRange(tariffOf(model.rules, true), request, offer.bp).most),
          })
          const leftS = (offer.expiresAtMs - model.clock.value) / 1000
          return (
            <li key={offer.tag} data-testid={`offer-${fate}`}>
              <ListRow
                title={
                  pickupAtMs
                    ? t('offerLater', {
                        pay: upTo,
                        at: formatDayTime(pickupAtMs, model.clock.value, locale.value),
                      })
                    : t('offerLine', { pay: upTo, eta: formatDuration(offer.etaS, locale.value) })
                }
                detail={<Chip tone={TONES[fate]}>{t(`fate_${fate}`)}</Chip>}
                end={
                  fate === 'waiting' || fate === 'asked' ? (
                    <span class="num muted">{formatClock(leftS)}</span>
                  ) : undefined
                }
              />
            </li>
          )
        })}
      </ul>
    </section>
  )
}
