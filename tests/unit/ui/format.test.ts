import { formatBasisPoints, formatClock, formatDistance, formatDuration } from '@hexhail/ui/format/measure.ts'
import { decimal, formatMoney, parseMoney } from '@hexhail/ui/format/money.ts'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ')

describe('money', () => {
  test('is exact to the last minor unit, however large', () => {
    expect(decimal(1n)).toBe('0.000001')
    expect(decimal(-1_500_000n)).toBe('-1.5')
    expect(formatMoney(9_007_199_254_740_993_000_001n, 'en', { exact: true })).toBe(
      '$9,007,199,254,740,993.000001',
    )
  })

  test('shows two decimals, and all that count on a receipt', () => {
    expect(formatMoney(4_256_789n, 'en')).toBe('$4.26')
    expect(formatMoney(4_256_789n, 'en', { exact: true })).toBe('$4.256789')
    expect(formatMoney(4_000_000n, 'en', { exact: true })).toBe('$4.00')
  })

  test('follows the locale and takes a token symbol that is no currency', () => {
    expect(plain(formatMoney(1_234_500_000n, 'es-UY', { currency: 'UYU' }))).toBe('$ 1.234,50')
    expect(plain(formatMoney(4_250_000n, 'en', { currency: 'HXD' }))).toBe('4.25 HXD')
  })

  test('typed amounts come back as what they say', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 17n }), minor => {
        expect(parseMoney(decimal(minor))).toBe(minor)
      }),
    )
  })

  test.each(['', '-1', '1e3', '1.1234567', '1 000', '0x1', '.5', 'Infinity'])('%j is no amount', text => {
    expect(parseMoney(text)).toBeNull()
  })

  test('a comma is a decimal sign too', () => {
    expect(parseMoney('3,50')).toBe(3_500_000n)
    expect(parseMoney(' 7 ')).toBe(7_000_000n)
  })
})

describe('measures', () => {
  test('a wait is never shown shorter than it is', () => {
    expect(formatDuration(61, 'en')).toBe('2 min')
    expect(formatDuration(3600, 'en')).toBe('1 hr')
    expect(formatDuration(3_661, 'en')).toBe('1 hr 2 min')
    expect(formatDuration(7, 'en')).toBe('7 sec')
  })

  test('lengths are rounded as a person would say them', () => {
    expect(formatDistance(347, 'en')).toBe('350 m')
    expect(formatDistance(999, 'en')).toBe('1 km')
    expect(plain(formatDistance(2_449, 'es'))).toBe('2,4 km')
    expect(formatDistance(17_600, 'en')).toBe('18 km')
  })

  test('a clock counts hours only when there are some', () => {
    expect([formatClock(7), formatClock(750), formatClock(3_723), formatClock(-3)]).toEqual([
      '0:07',
      '12:30',
      '1:02:03',
      '0:00',
    ])
  })

  test('basis points are shown as percent', () => {
    expect(formatBasisPoints(325, 'en')).toBe('3.25%')
  })
})
