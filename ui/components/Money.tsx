import { formatMoney, type MoneyOptions } from '../format/money.ts'
import { locale } from '../locale.ts'

/** An amount of minor units in the reader's notation. */
export function Money({ amount, ...options }: { readonly amount: bigint } & MoneyOptions) {
  return <span class="num">{formatMoney(amount, locale.value, options)}</span>
}
