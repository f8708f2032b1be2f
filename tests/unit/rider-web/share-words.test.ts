import type { RiderState } from '@hexhail/protocol/rider-state.ts'
import { shareWords } from '@hexhail/rider-web/share-words.ts'
import { expect, test } from 'vitest'

const trip = {
  car: { driver: 'Elena', car: 'white Suzuki Swift', plate: 'SBC 1234' },
  seen: { at: [-56.1835, -34.9065], headingDeg: 0, etaS: 600, atMs: 0 },
  plan: {
    pickupName: '18 de Julio 1453',
    destName: 'Tres Cruces',
    pickup: [-56.18, -34.9],
    dest: [-56.16, -34.89],
  },
  startedAtMs: 0,
} as unknown as RiderState

test('tells who, in what and until when, and no place', () => {
  for (const startedAtMs of [0, 1]) {
    const words = shareWords({ ...trip, startedAtMs }, 0)!
    for (const told of ['Elena', 'white Suzuki Swift', 'SBC 1234']) expect(words).toContain(told)
    expect(words).toContain(
      new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit' }).format(600_000),
    )
    expect(words).not.toMatch(/Julio|Tres Cruces|34[.,]9|56[.,]1/)
  }
  expect(shareWords({ ...trip, startedAtMs: 1 }, 0)).not.toBe(shareWords(trip, 0))
})

test('says nothing before the car is known', () => {
  expect(shareWords({ ...trip, car: null }, 0)).toBeNull()
})
