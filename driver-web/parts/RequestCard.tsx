import type { Card } from '@hexhail/protocol/driver-state.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { SHARES } from '@hexhail/protocol/sharing.ts'
import { type TripTariff, tariffOf } from '@hexhail/protocol/trip-tariff.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Chip } from '@hexhail/ui/components/Chip.tsx'
import { Countdown } from '@hexhail/ui/components/Countdown.tsx'
import { FareTable } from '@hexhail/ui/components/FareTable.tsx'
import { Stepper } from '@hexhail/ui/components/Stepper.tsx'
import {
  capitalized,
  formatBasisPoints,
  formatDayTime,
  formatDistance,
  formatDuration,
} from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { priceRows } from '@hexhail/ui/price-rows.ts'
import type { DriverModel } from '../model.ts'
import { money } from '../money.ts'
import { afterLevy, payLines, payRange } from '../pay.ts'
import { NEEDS } from '../profile.ts'
import { type TextKey, t } from '../text.ts'

/** A measure that is not broken over two lines. */
const whole = (measure: string): string => measure.replaceAll(' ', '\u00a0')

/** One step of the price, basis points. */
const STEP_BP = 500

/** A rider's request at a glance: what it pays, how far it is, where it goes; one tap offers. */
export function RequestCard({
  model,
  card,
  joins = false,
}: {
  readonly model: DriverModel
  readonly card: Card
  /** The rider would share the fare with one who is on his way already. */
  readonly joins?: boolean
}) {
  const { request } = card
  const { tariff } = model.rules
  const tag = locale.value
  const id = toHex(request.requestId)
  const bp = model.priceOf(id)
  const of = tariffOf(model.rules, true)
  const pay = payRange(of, request, bp)
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
          <p class="muted small">{t(joins ? 'paysAlone' : 'pays')}</p>
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
          {(request.needs & SHARES) !== 0 && <Chip icon="people">{t('shares')}</Chip>}
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
      <PayLines of={of} request={request} bp={bp} />
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

/** The most that a request pays, line by line: charges of zones and tolls are not known before the way is. */
function PayLines({
  of,
  request,
  bp,
}: {
  readonly of: TripTariff
  readonly request: Card['request']
  readonly bp: number
}) {
  const lines = payLines(of, request, bp).map(line => ({ ...line, id: '' }))
  const gross = lines.reduce((sum, { amount }) => sum + amount, 0n)
  const net = afterLevy(of.tariff, gross)
  const document = of.by?.document ?? null
  const rows = [...priceRows(lines, document), { label: t('line_levy'), amount: net - gross }]
  const charges = document && document.zones.length + document.tolls.length > 0
  return (
    <details class="more" data-testid="pay-lines">
      <summary>{t('payLines')}</summary>
      <FareTable lines={rows} total={net} totalLabel={t('payMost')} />
      {charges && <p class="small muted">{t('payCharges')}</p>}
    </details>
  )
}
