import { existsSync, readFileSync } from 'node:fs'
import type { TripBytes } from '@hexhail/audit/checks/read-trip.ts'
import { HVFHV_COLUMNS, hvfhv } from '@hexhail/audit/exports/hvfhv.ts'
import { mds } from '@hexhail/audit/exports/mds.ts'
import { NO_PARTICULARS, officeParticulars } from '@hexhail/audit/exports/particulars.ts'
import { plainCsv, plainParquet } from '@hexhail/audit/exports/plain-table.ts'
import { localClock, momentText } from '@hexhail/audit/exports/text.ts'
import { tnp } from '@hexhail/audit/exports/tnp.ts'
import { TNP_FIELDS } from '@hexhail/audit/exports/tnp-fields.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { hexOf, MONTH_S, named } from '../../../bench/audit/world.ts'
import { exportTrips, madeFolder, madeMonth, totalsOf } from './made-month.ts'
import { MDS_SCHEMAS, mdsValidators } from './mds-schemas.ts'

const REGULATOR = new URL('../../../../../shared/data/regulator/regulator-schemas/', import.meta.url)
const zone = 'America/New_York'
const toLocal = localClock(zone)
const HVFHV = hvfhv({ licence: null, base: null, levyColumn: 'sales_tax', zones: new Map(), zone })
const TNP = {
  particulars: NO_PARTICULARS,
  state: 'IL',
  ...{ fromS: MONTH_S, toS: MONTH_S + 30 * 86_400, zone, today: '2026-12-05', hasLocations: true },
}
const MDS = {
  provider: '8d293e6c-8d5c-8e1a-8d29-3e6c8d5c0e1a',
  jurisdiction: '9e293e6c-8d5c-8e1a-8d29-3e6c8d5c0e1a',
  ...{ currency: 'USD', particulars: NO_PARTICULARS, tariffs: new Map(), hasTelemetry: true },
}
const micro = (text: string): bigint => BigInt(text.replace('.', ''))
const sum = (values: readonly bigint[]): bigint => values.reduce((all, each) => all + each, 0n)

let trips: readonly TripBytes[] = []
beforeAll(() => {
  trips = madeMonth(600)
})

describe('the plain table', () => {
  it('adds up to the chain, read back from CSV and from Parquet', async () => {
    using folder = madeFolder()
    await exportTrips(trips, plainCsv, folder.dir)
    await exportTrips(trips, plainParquet, folder.dir)
    const chain = totalsOf(trips)
    const rows = folder.rows('trips.csv')
    const table = await folder.parquet('trips.parquet')
    expect(rows.length).toBe(chain.trips)
    for (const figure of ['fare', 'wait', 'toll', 'tip', 'levy'] as const) {
      expect(sum(rows.map(row => micro(row[figure]!)))).toBe(chain[figure])
      expect(sum(table.map(row => row[figure] as bigint))).toBe(chain[figure])
    }
    const opened = rows.find(row => row.started_at !== '')!
    expect(opened).toMatchObject({ record: 'opened', pickup_cell: expect.stringMatching(/^87[0-9a-f]{13}$/) })
  })
})

describe('HVFHV', () => {
  it('has the 25 columns, and money that comes back exactly', async () => {
    using folder = madeFolder()
    await exportTrips(trips, HVFHV, folder.dir)
    const rows = await folder.parquet('hvfhv.parquet')
    expect(Object.keys(rows[0]!)).toEqual(HVFHV_COLUMNS.map(({ name }) => name))
    const paid = (...names: string[]) =>
      sum(rows.map(row => sum(names.map(name => BigInt(Math.round((row[name] as number) * 1e6))))))
    const chain = totalsOf(trips)
    expect(paid('base_passenger_fare', 'sales_tax')).toBe(chain.fare + chain.wait)
    expect(paid('tolls')).toBe(chain.toll)
    expect(paid('tips')).toBe(chain.tip)
    expect(rows.some(row => row.wav_request_flag === 'Y')).toBe(true)
    const ride = rows.find(row => row.pickup_datetime)! as Record<string, Date>
    expect(ride.dropoff_datetime!.getTime() - ride.pickup_datetime!.getTime()).toBeGreaterThan(0)
  })

  const FIELDS = new URL('nyc-tlc-hvfhv.fields.json', REGULATOR)
  it.skipIf(!existsSync(FIELDS))('names and types are those of the TLC (../shared)', () => {
    const { fields } = JSON.parse(readFileSync(FIELDS, 'utf8')) as { fields: [string, string][] }
    const kinds = { string: 'text', timestamp: 'moment', int: 'int', double: 'double', 'Y/N': 'text' }
    expect(HVFHV_COLUMNS.map(({ name, kind }) => [name, kind])).toEqual(
      fields.map(([name, type]) => [name, kinds[type as keyof typeof kinds]]),
    )
  })
})

describe('TNP', () => {
  it('fills its files, carries hundredths and says what is blank', async () => {
    using folder = madeFolder()
    const { written } = await exportTrips(trips, tnp(TNP), folder.dir)
    const rows = folder.rows('tnp-trip.csv')
    expect(rows.length).toBe(trips.length)
    const chain = totalsOf(trips)
    expect(sum(rows.map(row => micro(row.T11!) * 10_000n)) + written.rest!.tip!).toBe(chain.tip)
    for (const row of rows)
      expect(micro(row.T9!)).toBe(sum(['T10', 'T11', 'T12', 'T13'].map(t => micro(row[t]!))))
    expect(rows.find(row => row.T16 !== '')!.T16).toMatch(/^-?\d+\.\d{4}$/)
    const notes = folder.text('tnp-notes.txt')
    expect(notes).toContain('vehicle identification numbers')
    expect(notes).toMatch(/ 7 \d+ rows fail: T3 has no blanks/)
    expect(notes).toMatch(/17 passed/)
    expect(notes).toMatch(/18 passed/)
    expect(folder.rows('tnp-location.csv').length).toBeGreaterThan(1_000)
  })

  it('takes drivers and cars from the permit office by the hash of their credentials', async () => {
    using folder = madeFolder()
    const car = {
      ...({
        plate: 'AB 123',
        make: 'Fiat',
        model: 'Uno',
        colour: 'red',
        seats: 4,
        wheelchair: true,
      } as const),
      ...({ propulsion: 'electric', inspection: '2027-01-01', insurance: '2027-01-01' } as const),
    }
    const claims = { name: 'Ana, "the quick"', licence: 'L-1', photo: '', car }
    const mark = (name: string) => ({ hash: hexOf(named(name)), index: 0, untilS: 2 ** 40 })
    const atMs = (MONTH_S - 86_400) * 1_000
    const particulars = officeParticulars([
      { type: 'applied', id: 'a', atMs, account: '0x11', ticket: '0x', sealed: '' },
      { type: 'granted', id: 'a', atMs, claims, untilS: 2 ** 40, vehicle: '0x' },
      { type: 'issued', id: 'a', atMs, kind: 'driver', mark: mark('permit driver 0') },
      { type: 'issued', id: 'a', atMs, kind: 'vehicle', mark: mark('car driver 0') },
      { type: 'issued', id: 'a', atMs, kind: 'driver', mark: mark('permit driver 0 again') },
    ])
    await exportTrips(trips, tnp({ ...TNP, particulars, hasLocations: false }), folder.dir)
    const driver = folder.text('tnp-driver.csv')
    expect(driver).toContain('"Ana, ""the quick""",L-1,IL,2026-10-30,2026-11-30,1099,')
    expect(folder.rows('tnp-trip.csv').filter(row => row.T1 === 'L-1').length).toBeGreaterThan(10)
    expect(folder.text('tnp-vehicle.csv')).toContain(',AB 123,IL,Fiat,Uno,red,,L-1,IL,Y,')
    expect(folder.text('tnp-compensation.csv')).toMatch(/L-1,IL,\d+\.\d\d,0\.00,/)
  })

  const FIELDS = new URL('chicago-tnp.fields.json', REGULATOR)
  it.skipIf(!existsSync(FIELDS))('has the columns of the manual (../shared)', () => {
    const { files } = JSON.parse(readFileSync(FIELDS, 'utf8')) as { files: Record<string, [string][]> }
    expect(Object.entries(TNP_FIELDS).map(([file, fields]) => [file, Object.keys(fields)])).toEqual(
      Object.entries(files).map(([file, fields]) => [file, fields.map(([id]) => id)]),
    )
  })
})

describe('MDS', () => {
  it('is the same each time, tells what it leaves out, and keeps cars in order', async () => {
    using folder = madeFolder()
    using again = madeFolder()
    const { written } = await exportTrips(trips, mds(MDS), folder.dir)
    await exportTrips(trips, mds(MDS), again.dir)
    expect(again.text('mds-events.json')).toBe(folder.text('mds-events.json'))
    const { trips: rows } = JSON.parse(folder.text('mds-trips.json')) as { trips: object[] }
    const left = Object.values(written.left!).reduce((all, each) => all + each.trips, 0)
    expect(rows.length + left).toBe(trips.length)
    const { events } = JSON.parse(folder.text('mds-events.json')) as {
      events: { device_id: string; event_id: string; timestamp: number }[]
    }
    for (const own of Map.groupBy(events, event => event.device_id).values())
      for (const [i, { timestamp }] of own.entries())
        expect(timestamp).toBeGreaterThanOrEqual(own[i - 1]?.timestamp ?? 0)
    const { telemetry } = JSON.parse(folder.text('mds-telemetry.json')) as { telemetry: object[] }
    expect(telemetry.length).toBeGreaterThan(trips.length * 10)
  })

  it.skipIf(!existsSync(MDS_SCHEMAS))('is valid on the bound schemas (../shared)', async () => {
    using folder = madeFolder()
    await exportTrips(trips, mds({ ...MDS, hasTelemetry: false }), folder.dir)
    for (const [file, validate] of Object.entries(mdsValidators())) {
      const [rows] = Object.values(JSON.parse(folder.text(file)) as object).filter(Array.isArray) as [
        unknown[],
      ]
      expect(rows.length).toBeGreaterThan(0)
      expect([file, rows.filter(row => !validate(row)).length]).toEqual([file, 0])
    }
  })
})

describe('clocks', () => {
  it('know the hour at which a zone changes its time', () => {
    const at = (iso: string) => momentText(toLocal(Date.parse(iso) / 1_000))
    expect(at('2026-11-01T05:59:59Z')).toBe('2026-11-01T01:59:59')
    expect(at('2026-11-01T06:00:00Z')).toBe('2026-11-01T01:00:00')
  })
})
