/** Currencies without minor units, and with more than two digits of them (ISO 4217). */
const DIGITS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map(code => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map(code => [code, 3])),
}

/** How many digits of a currency's sums are minor units. */
export const minorDigits = (currency: string): number => DIGITS[currency] ?? 2

/** A decimal sum as whole minor units of its currency, half up where it has more digits than the currency. */
export function minorUnits(amount: string, currency: string): number {
  const digits = minorDigits(currency)
  const [whole, part = ''] = amount.replace('-', '').split('.')
  const minor =
    Number(`${whole}${part.slice(0, digits).padEnd(digits, '0')}`) + (part[digits]! >= '5' ? 1 : 0)
  return amount.startsWith('-') && minor > 0 ? -minor : minor
}
