import { formatMoney } from '@hexhail/ui/format/money.ts'
import { locale } from '@hexhail/ui/locale.ts'

/** Money inside a sentence, in the reader's notation. */
export const money = (amount: bigint): string => formatMoney(amount, locale.value)
