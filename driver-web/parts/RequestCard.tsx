import type { Card } from '@hexhail/protocol/driver-state.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Chip } from '@hexhail/ui/components/Chip.tsx'
import { Countdown } from '@hexhail/ui/components/Countdown.tsx'
import { Stepper } from '@hexhail/ui/components/Stepper.tsx'
import {
  capitalized,
  formatBasisPoints,
  formatDayTime,
  formatDistance,
  formatDuration,
} from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { DriverModel } from '../model.ts'
import { money } from '../money.ts'
import { payRange } from '../pay.ts'
import { NEEDS } from '../profile.ts'
import { type TextKey, t } from '../text.ts'

/** A measure that is not broken over two lines. */
const whole = (measure: string): string => measure.replaceAll(' ', '\u00a0')

/** One step of the price, basis points. */
const STEP_BP = 500

/** A rider's request at a glance: what it pays, how far it is, where it goes; one tap offers. */
export function RequestCard({ model, card }: { readonly model: DriverModel; readonly card: Card }) {
  const { request } = card
  const { tariff } = model.rules
  const tag = locale.value
  const id = toHex(request.requestId)
  const bp = model.priceOf(id)
  const pay = payRange(tariff, request, bp)
  const leftS = Math.max(0, (card.expiresAtMs - model.clock.value) / 1000)
  const facts: readonly (readonly [TextKey, string])[] = [
    request.pickupAtMs > 0
      ? ['pickupTime', capitalized(formatDayTime(request.pickupAtMs, model.clock.value, tag), tag)]
      : ['toPickup', formatDuration(card.etaS, tag)],
    [
      'trip',
      `${whole(formatDuration(request.minutes * 60, tag))} · ${whole(formatDistance(request.distanceKm * 1000, tag))}`,
    ],
    ['direction', t(`dir${request.heading % 8}` as TextKey)],
  ]
  return (
    <article class="hail" aria-label={t('request')} data-testid="request">
      <div class="hail-top">
        <div class="grow">
          <p class="muted small">{t('pays')}</p>
          <p class="hail-pay" data-testid="request-pay">
            {t('paysRange', { least: money(pay.least), most: money(pay.most) })}
          </p>
          <p class="muted small">{t('afterLevy', { levy: formatBasisPoints(tariff.levyBps, tag) })}</p>
        </div>
        <Countdown leftS={leftS} totalS={(card.expiresAtMs - card.heardAtMs) / 1000} size={84} />
      </div>
      {(request.pickupAtMs > 0 || request.needs > 0 || request.seats > 1) && (
        <div class="cluster">
          {request.pickupAtMs > 0 && (
            <Chip tone="accent" icon="clock">
              {t('forLater')}
            </Chip>
          )}
          {request.seats > 1 && <Chip icon="people">{t('seatsWanted', { n: request.seats })}</Chip>}
          {NEEDS.filter(need => request.needs & need.bit).map(need => (
            <Chip key={need.key} tone="accent">
              {t(need.key)}
            </Chip>
          ))}
        </div>
      )}
      <dl class="hail-facts">
        {facts.map(([key, value]) => (
          <div class="fact" key={key}>
            <dt>{t(key)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Stepper
        label={t('price')}
        value={bp}
        min={tariff.minBp}
        max={tariff.maxBp}
        step={STEP_BP}
        onValue={value => model.setPrice(id, value)}
        format={value => formatBasisPoints(value, tag)}
      />
      <Button
        kind="primary"
        wide
        icon="check"
        testId="offer"
        busy={model.deeds.busy.value === `offer ${id}`}
        onClick={() => void model.offer(id)}
      >
        {t('offer')}
      </Button>
      <Button wide testId="pass" onClick={() => void model.act({ type: 'ignore', requestId: id })}>
        {t('pass')}
      </Button>
    </article>
  )
}
