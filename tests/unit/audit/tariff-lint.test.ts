import type { LintCode } from '@hexhail/audit/tariff/finding.ts'
import { lintTariff, lintText } from '@hexhail/audit/tariff/lint.ts'
import { LINT_WORDS } from '@hexhail/audit/tariff/lint-words.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { cellToChildren, gridDisk, latLngToCell } from 'h3-js'
import { describe, expect, it } from 'vitest'
import { GOLDEN } from '../../vectors/tariffs/documents.ts'

const { demo, nyc, poa } = GOLDEN
const [car] = demo.classes
const [taxi, wav] = nyc.classes
const [core, airport] = nyc.zones
const [bus, rail] = poa.classes
const NIGHT = demo.periods[0]!
const LEVY = demo.levies[0]!
const CELL = latLngToCell(40.7, -74, 9)

const cars = (...changes: Partial<TariffDocument['classes'][number]>[]) => ({
  ...demo,
  classes: changes.map(change => ({ ...car!, ...change })),
})
const taxis = (change: Partial<TariffDocument['classes'][number]>) => ({
  ...nyc,
  classes: [{ ...taxi!, ...change }, wav],
})
const periods = (...list: Partial<typeof NIGHT>[]) => ({
  ...demo,
  periods: list.map((each, i) => ({ ...NIGHT, id: `p${i}`, ...each })),
})
const toll = (change: object) => ({ ...nyc, tolls: [{ ...nyc.tolls[0]!, ...change }] })
const cored = (cells: readonly string[]) => ({ ...nyc, zones: [{ ...core!, cells }, airport] })

/** What is wrong with each, and where lint must point. */
const WRONG: readonly (readonly [LintCode, path: string, json: unknown])[] = [
  ['shapeInt', 'classes[0].flag', cars({ flag: -1 })],
  ['shapeFlag', 'needsPermit', { ...demo, needsPermit: 1 }],
  ['shapeHash', 'prev', { ...demo, prev: '0x12' }],
  ['shapeOneOf', 'meter', { ...demo, meter: 'T' }],
  ['shapeList', 'holidays', { ...demo, holidays: 'none' }],
  ['shapeObject', '', null],
  ['shapeStrange', 'surprise', { ...demo, surprise: 1 }],
  ['shapeName', 'id', { ...demo, id: 'My tariff' }],
  ['shapeWords', 'title', { ...demo, title: '' }],
  ['shapeCell', 'zones[0].cells[0]', { ...nyc, zones: [{ ...nyc.zones[0]!, cells: ['core'] }] }],
  ['shapeCurrency', 'currency', { ...demo, currency: '$' }],
  ['shapeZoneName', 'clock.tz', { ...demo, clock: { ...demo.clock, tz: '' } }],
  ['shapeDateForm', 'holidays[0]', { ...demo, holidays: ['25.12.'] }],
  ['lintTwice', 'classes[1].id', cars({}, {})],
  [
    'lintUnknown',
    'levies[0].where.zones[0]',
    { ...demo, levies: [{ ...LEVY, payer: 'rider', where: { zones: ['moon'], at: 'touch' } }] },
  ],
  ['lintUnknown', 'transfers[0].to', { ...poa, transfers: [{ ...poa.transfers[0]!, to: 'boat' }] }],
  ['lintNoClass', 'classes', { ...demo, classes: [] }],
  ['lintDates', 'validTo', { ...demo, validTo: 1 }],
  ['lintPrev', 'prev', { ...demo, version: 2 }],
  ['lintDate', 'holidays[1]', { ...nyc, holidays: ['2026-12-25', '2026-02-30'] }],
  ['lintHolidaysMissing', 'periods[0].holidays', periods({ holidays: 'only' })],
  ['lintOffsetsOrder', 'clock.offsets', { ...demo, clock: { ...demo.clock, offsets: [] } }],
  [
    'lintOffset',
    'clock.offsets[0]',
    { ...nyc, clock: { ...nyc.clock, offsets: nyc.clock.offsets.slice(0, 1) } },
  ],
  ['lintZone', 'clock.tz', { ...demo, clock: { ...demo.clock, tz: 'Mars/Olympus' } }],
  ['lintPeriodOverlap', 'periods[1]', periods({}, { days: [6], fromMin: 300, toMin: 600 })],
  [
    'lintPeriodOverlap',
    'periods[1]',
    periods({ days: [7], fromMin: 1_380, toMin: 120 }, { days: [1], fromMin: 60, toMin: 90 }),
  ],
  ['lintPeriodGap', 'periods[1].fromMin', periods({}, { fromMin: 390, toMin: 600 })],
  ['lintPeriodNever', 'periods[0].days', periods({ days: [] })],
  ['lintSectionIdle', 'classes[0].perKmBeyond', cars({ perKmBeyond: 5 })],
  ['lintSectionFar', 'classes[0].sectionM', cars({ sectionM: 900_000, perKmBeyond: 50 })],
  ['lintSectionSame', 'classes[0].perKmBeyond', cars({ sectionM: 900, perKmBeyond: 95 })],
  ['lintFree', 'classes[0].flag', cars({ flag: 0, minimum: 0, perKm: 0, perMin: 0 })],
  ['lintMinimumIdle', 'classes[0].minimum', cars({ minimum: 120 })],
  ['lintChangeoverNone', 'classes[0].changeoverMh', taxis({ changeoverMh: 0 })],
  ['lintChangeoverIdle', 'classes[0].changeoverMh', cars({ changeoverMh: 9_000 })],
  ['lintChangeoverOff', 'classes[0].changeoverMh', taxis({ changeoverMh: 25_000 })],
  ['lintTimeFree', 'classes[0].perMin', taxis({ unit: { ...taxi!.unit, secs: 0 } })],
  [
    'lintUnitIdle',
    'classes[0].unit.metres',
    cars({ unit: { metres: 0, secs: 0, amount: 5, counts: 'full' } }),
  ],
  ['lintPooled', 'classes[0].pooledBp', cars({ pooledBp: 10_001 })],
  ['lintWavDearer', 'classes[1].perKm', cars({}, { id: 'wav', isWav: true, perKm: 96 })],
  ['lintCellFine', 'zones[0].cells[0]', cored([cellToChildren(CELL, 10)[0]!])],
  ['lintCellWrong', 'zones[0].cells[0]', cored(['8fffffffffffffa'])],
  [
    'lintCellTwice',
    'zones[0].cells[1]',
    cored([CELL, cellToChildren(latLngToCell(40.7, -74, 8), 9)[0]!, latLngToCell(40.7, -74, 8)]),
  ],
  ['lintZoneEmpty', 'zones[0].cells', cored([])],
  ['lintZoneIdle', 'zones[1]', { ...nyc, zones: [core, { ...airport!, pickup: 0 }] }],
  [
    'lintZoneFactors',
    'zones[1].cells',
    {
      ...nyc,
      zones: [
        { ...core!, multBp: 9_000 },
        { ...airport!, multBp: 9_000, cells: core!.cells.slice(0, 1) },
      ],
    },
  ],
  [
    'lintZoneCharges',
    'zones[1].cells',
    {
      ...nyc,
      zones: [
        { ...core!, pickup: 5 },
        { ...airport!, cells: cellToChildren(core!.cells[0]!, 9) },
      ],
    },
  ],
  ['lintGantry', 'tolls[0].gantries[0]', toll({ gantries: [{ from: CELL, to: CELL }] })],
  [
    'lintGantry',
    'tolls[0].gantries[0]',
    toll({ gantries: [{ from: CELL, to: latLngToCell(40.7, -74, 8) }] }),
  ],
  ['lintNothingDue', 'tolls[0]', toll({ amount: 0 })],
  ['lintNothingDue', 'levies[0].amount', { ...demo, levies: [{ ...LEVY, bp: 0 }] }],
  ['lintChargesMost', 'chargesMost', { ...nyc, chargesMost: 600 }],
  ['lintLevyOnChain', 'levies[0].payer', { ...demo, levies: [{ ...LEVY, propulsion: ['combustion'] }] }],
  ['lintFactor', 'periods[0].multBp', periods({ multBp: 16_000 })],
  ['lintCapBelow', 'caps.day', { ...poa, caps: { day: 479, week: 0 } }],
  ['lintCapWeek', 'caps.week', { ...poa, caps: { day: 900, week: 899 } }],
  [
    'lintTransferAbove',
    'transfers[0].discount',
    { ...poa, transfers: [{ ...poa.transfers[0]!, discount: 481 }] },
  ],
  ['lintConcessionIdle', 'concessions[0].bp', { ...poa, concessions: [{ ...poa.concessions[0]!, bp: 0 }] }],
  [
    'lintConcessionWage',
    'concessions[0].borneBy',
    { ...demo, concessions: [{ ...poa.concessions[0]!, borneBy: 'driver' }] },
  ],
  ['lintWageHigh', 'classes[0].perKm', { ...demo, wage: { ...demo.wage, perKm: 74 } }],
  ['lintHours', 'hours.limitS', { ...demo, hours: { limitS: 9, windowS: 8 } }],
  ['lintRounding', 'rounding.step', { ...demo, rounding: { step: 5, mode: 'none' } }],
  [
    'lintChain',
    'classes[0].perKm',
    cars({ perKm: 2 ** 24 - 1, unit: { metres: 1, secs: 0, amount: 1, counts: 'full' } }),
  ],
  ['lintChain', 'levies', { ...demo, levies: [{ ...LEVY, bp: 2_001 }] }],
  ['lintChain', 'cancel.min', { ...demo, cancel: { ...demo.cancel, min: 501 } }],
  ['lintChain', 'upfront.minBp', { ...demo, upfront: { ...demo.upfront, minBp: 16_000 } }],
]

describe('lint of a tariff', () => {
  it('has nothing to say about the golden tariffs', () => {
    expect([demo, nyc, poa].flatMap(doc => lintTariff(doc).map(lintText))).toEqual([])
  })

  it.each(WRONG)('finds %s at %s', (code, path, json) => {
    const found = lintTariff(json)
    expect(found.map(each => `${each.code} ${each.path}`)).toContain(`${code} ${path}`)
    for (const each of found) expect(lintText(each)).not.toMatch(/[{}]|undefined/)
  })

  it('is tried with a tariff for each of its sentences', () => {
    expect(new Set(WRONG.map(([code]) => code))).toEqual(new Set(Object.keys(LINT_WORDS)))
  })

  it('tells errors first, and leaves alone what is usual', () => {
    const both = lintTariff({ ...cars({ minimum: 120 }), validTo: 1 })
    expect(both.map(each => each.level)).toEqual(['error', 'warning'])
    const apart = gridDisk(core!.cells[0]!, 20).slice(-3)
    expect(lintTariff({ ...nyc, zones: [core, { ...airport!, cells: apart }] })).toEqual([])
    expect(lintTariff({ ...poa, classes: [bus, rail, { ...bus!, id: 'night-bus' }] })).toEqual([])
    // Two nights that meet: no gap and no overlap.
    expect(lintTariff(periods({ toMin: 120 }, { fromMin: 120, toMin: 300, multBp: 13_000 }))).toEqual([])
  })
})
