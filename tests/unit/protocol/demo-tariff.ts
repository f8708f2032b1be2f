import type { Tariff } from '@hexhail/protocol/tariff.ts'

/** The tariff of the tests: the demo city's, typed in once. */
export const TARIFF: Tariff = {
  authority: `0x${'a1'.repeat(20)}`,
  base: 120,
  perKm: 95,
  perMin: 18,
  minimum: 250,
  levyBps: 300,
  waitPerMin: 25,
  freeWaitS: 120,
  minBp: 8_000,
  maxBp: 15_000,
  nightFromMin: 1_320,
  nightToMin: 360,
  nightBp: 12_000,
  utcOffsetMin: -180,
  cancelGraceS: 120,
  cancelMin: 100,
  cancelMax: 500,
  cancelPerKm: 80,
  cancelPerMin: 15,
  cancelBp: 3_000,
  noShowWaitS: 300,
  noShowFee: 400,
  lateS: 300,
}
