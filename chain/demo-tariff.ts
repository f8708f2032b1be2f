import type { Tariff } from '@hexhail/protocol/tariff.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** The price list of the demo city, in hundredths of the token. */
export function demoTariff(authority: Hex): Tariff {
  return {
    authority,
    base: 120,
    perKm: 95,
    perMin: 18,
    minimum: 250,
    levyBps: 300,
    waitPerMin: 25,
    freeWaitS: 120,
    minBp: 8_000,
    maxBp: 15_000,
    nightFromMin: 22 * 60,
    nightToMin: 6 * 60,
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
    sectionM: 0,
    perKmBeyond: 0,
    levyFlat: 0,
    tollMax: 0,
    roundTo: 0,
    document: `0x${'00'.repeat(32)}`,
    needsPermit: false,
  }
}
