/** Money as text: minor units (6 decimals) in, the reader's notation out, exact to the last unit. */

/** Decimals of a minor unit: the token's, as USDC has. */
export const DECIMALS = 6

/** How money is written. */
export interface MoneyOptions {
  /** ISO 4217 code (`USD`), or the token's symbol. */
  readonly currency?: string
  /** Show every decimal that is not zero (receipts) and not the usual two. */
  readonly exact?: boolean
}

/** Decimal notation of minor units, without any locale: `-1.5`, `0.000001`. */
export function decimal(minor: bigint): string {
  const sign = minor < 0n ? '-' : ''
  const digits = (minor < 0n ? -minor : minor).toString().padStart(DECIMALS + 1, '0')
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '')
  return `${sign}${digits.slice(0, -DECIMALS)}${fraction === '' ? '' : `.${fraction}`}`
}

/** Minor units of what a person typed (`3`, `3.5`, `3,50`), or `null` when it is no amount. */
export function parseMoney(text: string): bigint | null {
  const found = /^(\d{1,12})(?:[.,](\d{0,6}))?$/.exec(text.trim())
  if (found === null) return null
  return BigInt((found[1] ?? '0') + (found[2] ?? '').padEnd(DECIMALS, '0'))
}

/** Money in the reader's notation: `$4.25`, `4,25 US$`, `4.25 HXD`. */
export function formatMoney(minor: bigint, tag: string, options: MoneyOptions = {}): string {
  const currency = options.currency ?? 'USD'
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: options.exact ? DECIMALS : 2 }
  const value = decimal(minor) as `${number}`
  if (!/^[A-Z]{3}$/.test(currency) || !KNOWN.has(currency)) {
    return `${new Intl.NumberFormat(tag, digits).format(value)} ${currency}`
  }
  return new Intl.NumberFormat(tag, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...digits,
  }).format(value)
}

const KNOWN = new Set(Intl.supportedValuesOf('currency'))
