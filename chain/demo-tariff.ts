import type { Tariff } from '@hexhail/protocol/tariff.ts'
import { chainTariff } from '@hexhail/protocol/tariff-chain.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** The class of cars of the demo city. */
const DEMO_CLASS = 'car'

/** The tariff document of the demo city: distance and time, dearer at night. */
export const DEMO_DOCUMENT: TariffDocument = {
  format: 'hexhail-tariff-1',
  id: 'demo',
  title: 'Demo city: cars hailed by app',
  jurisdiction: 'Montevideo (demo authority)',
  version: 1,
  prev: `0x${'00'.repeat(32)}`,
  validFrom: 1_767_236_400, // 2026-01-01, local
  validTo: 0,
  currency: 'USD',
  clock: { tz: 'America/Montevideo', offsets: [{ fromS: 0, minutes: -180 }] },
  holidays: [],
  meter: 'D',
  classes: [
    {
      id: DEMO_CLASS,
      name: 'Car',
      flag: 120,
      minimum: 250,
      perKm: 95,
      sectionM: 0,
      perKmBeyond: 0,
      perMin: 18,
      unit: { metres: 0, secs: 0, amount: 0, counts: 'full' },
      changeoverMh: 0,
      waitPerMin: 25,
      freeWaitS: 120,
      pooledBp: 8_000,
      isWav: false,
    },
  ],
  periods: [
    {
      id: 'night',
      days: [1, 2, 3, 4, 5, 6, 7],
      fromMin: 22 * 60,
      toMin: 6 * 60,
      holidays: 'any',
      multBp: 12_000,
    },
  ],
  zones: [],
  levies: [
    {
      id: 'transport',
      beneficiary: 'Demo authority',
      payer: 'fare',
      amount: 0,
      bp: 300,
      when: [],
      where: { zones: [], at: 'touch' },
      propulsion: [],
    },
  ],
  tolls: [],
  chargesMost: 0,
  access: { perTrip: 0, beneficiary: 'Demo authority', wavNoExtra: true },
  upfront: { isAllowed: true, toleranceBp: 0, minBp: 8_000, maxBp: 15_000 },
  wage: { per: 'trip', perKm: 50, perMin: 10, wavPerKm: 60 },
  hours: { limitS: 43_200, windowS: 86_400 },
  concessions: [],
  caps: { day: 0, week: 0 },
  transfers: [],
  cancel: {
    freeS: 120,
    perKm: 80,
    perMin: 15,
    bp: 3_000,
    min: 100,
    max: 500,
    lateS: 300,
    noShowS: 300,
    noShowFee: 400,
  },
  needsPermit: false,
  rounding: { step: 0, mode: 'none' },
}

/** The price list of the demo city as the chain has it, by its authority. */
export const demoTariff = (authority: Hex): Tariff => chainTariff(DEMO_DOCUMENT, DEMO_CLASS, authority)
