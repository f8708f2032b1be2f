import type { Figure } from '@hexhail/audit/checks/check.ts'
import { formatClock, formatDistance, formatMoment, formatNumber } from '@hexhail/ui/format/measure.ts'
import { formatMoney } from '@hexhail/ui/format/money.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { factorText } from './fare-text.ts'
import { shortHex } from './names.ts'

/** A figure of a check in the reader's notation. */
export function figureText(figure: Figure): string {
  switch (figure.unit) {
    case 'id':
      return shortHex(figure.value)
    case 'money':
      return formatMoney(figure.value, locale.value, { exact: true })
    case 'bp':
      return factorText(figure.value)
    case 'm':
      return formatDistance(figure.value, locale.value)
    case 's':
      return formatClock(figure.value)
    case 'ms':
      return formatMoment(figure.value, locale.value)
    case 'mps':
      return `${formatNumber(figure.value * 3.6, locale.value)} km/h`
    case 'number':
      return formatNumber(figure.value, locale.value, Number.isInteger(figure.value) ? 0 : 2)
  }
}
