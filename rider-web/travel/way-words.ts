import type { TravelLeg } from '@hexhail/transit/door/travel-plan.ts'
import type { LineFare } from '@hexhail/transit/fares/line-fares.ts'
import { formatDistance, formatNumber, formatTime } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { money } from '../money.ts'
import { t } from '../text.ts'
import type { TravelOption } from './travel-options.ts'

/** A moment's time of day, as it is spoken of. */
export const timeWords = (atMs: number): string => formatTime(atMs, locale.value)

/** Metres walked, in words. */
export const walkWords = (metres: number): string =>
  metres < 5 ? t('noWalk') : t('walkShort', { distance: formatDistance(metres, locale.value) })

/** Grams of CO2 as kilograms, in words. */
export const co2Words = (grams: number): string =>
  t('co2', { kg: formatNumber(grams / 1000, locale.value, grams < 10_000 ? 1 : 0) })

/** What a way costs as far as it is known: all of it, or its rides and that the lines' fare is not known. */
export function priceWords({ rides, fare, total }: Pick<TravelOption, 'rides' | 'fare' | 'total'>): string {
  if (fare !== null) return money(total)
  return rides === 0n ? t('fareOnly') : t('plusFare', { price: money(rides) })
}

/** What one line costs in its way, and why it is less than a single ride. */
export function fareWords({ product, single, transferOff, capOff, due }: LineFare): string {
  const why = capOff > 0n ? 'fareCapped' : transferOff > 0n ? 'fareChanged' : 'fareSingle'
  return t(why, { product, price: due === 0n && single > 0n ? t('fareFree') : money(due) })
}

/** Whole minutes that a leg is later than planned; less than 0: earlier. */
export const lateMin = (lateS: number): number => Math.trunc(lateS / 60)

/** A line's colour on a light or dark ground, as CSS has it; null where it has none of its own. */
export const colourOf = (leg: TravelLeg): string | null =>
  leg.kind === 'line' && /^[0-9a-f]{6}$/i.test(leg.colour) ? `#${leg.colour}` : null
