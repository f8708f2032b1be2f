import { serviceClock } from '@hexhail/transit/search/service-clock.ts'
import { expect, test } from 'vitest'

const DAY_MS = 86_400_000

test('a moment is a day and seconds of it where the lines run, and back', () => {
  const clock = serviceClock('America/Montevideo')
  const ms = Date.UTC(2026, 10, 23, 21, 30, 5)
  expect(clock.at(ms)).toEqual({ day: Date.UTC(2026, 10, 23) / DAY_MS, s: 18 * 3600 + 30 * 60 + 5 })
  expect(clock.at(Date.UTC(2026, 10, 24, 2, 59, 59)).s).toBe(23 * 3600 + 59 * 60 + 59)
  expect(clock.ms(Date.UTC(2026, 10, 23) / DAY_MS, 25 * 3600)).toBe(Date.UTC(2026, 10, 24, 4))
})

test('on the day that summer time begins the service day begins an hour before midnight, as GTFS counts it', () => {
  const clock = serviceClock('Europe/Madrid')
  const day = Date.UTC(2026, 2, 29) / DAY_MS
  // 08:00 of summer time is 06:00 UTC; noon is 10:00 UTC, and the day's start 12 h before it.
  expect(clock.ms(day, 8 * 3600)).toBe(Date.UTC(2026, 2, 29, 6))
  expect(clock.ms(day, 0)).toBe(Date.UTC(2026, 2, 28, 22))
  expect(clock.at(Date.UTC(2026, 2, 29, 6))).toEqual({ day, s: 8 * 3600 })
})

test('every moment of two years comes back', () => {
  for (const zone of ['UTC', 'America/Montevideo', 'Asia/Kolkata', 'Europe/Lisbon', 'Pacific/Auckland']) {
    const clock = serviceClock(zone)
    for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2028, 0, 1); ms += 7_919_000) {
      const { day, s } = clock.at(ms)
      expect(clock.ms(day, s)).toBe(ms)
    }
  }
})
