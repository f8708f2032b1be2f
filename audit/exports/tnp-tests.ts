/** The 18 tests that Chicago's manual wants files to pass before they are sent (Data Quality, version of 2022). */
import { TNP_FIELDS, type TnpFile, type TnpType } from './tnp-fields.ts'

/** A test's answer; `wrong` counts rows. */
export interface TnpAnswer {
  readonly test: number
  readonly says: string
  readonly wrong: number
}

/** Tests that look at rows as they are written. */
export interface TnpTests {
  /** One row, its fields as text in the file's order. */
  row(file: TnpFile, fields: readonly string[]): void
  /** Rows that `tnp-row-tests.ts` has tested: how many of them fail each test. */
  addWrong(wrong: Uint32Array): void
  /** So many of those rows are trips of a driver, by `T1|T2`, without a T3. */
  addTrips(driver: string, trips: number): void
  /** The answers of all 18, in their order. */
  answers(): readonly TnpAnswer[]
}

/** Tests, from 1 on. */
export const TESTS = 18
const SAYS = [
  'D1, D2 and D3 have no blanks',
  'S1 and S2 have no blanks',
  'T1 and T2 have no blanks',
  'V8 and V9 have no blanks',
  'T14 and T15 have no blanks',
  'V1, V2 and V3 have no blanks',
  'T3 has no blanks',
  'V4, V5, V6 and V7 have no blanks',
  'V10 is Y or N',
  'V11 is a day in the past',
  'no D2 and D3 twice',
  'no V1, nor V2 and V3, twice but for another driver',
  'S1 and S2 are in the driver file',
  'T1 and T2 are in the driver file',
  'V8 and V9 are in the driver file',
  'T3 is in the vehicle file',
  'values are of their type',
  'words are of their list',
]

const filled = (test: number, ...places: number[]) => ({ test, places })
/** Places of the columns that must not be blank, by test. */
export const FILLED: Readonly<Partial<Record<TnpFile, readonly ReturnType<typeof filled>[]>>> = {
  driver: [filled(1, 0, 1, 2)],
  session: [filled(2, 0, 1)],
  trip: [filled(3, 0, 1), filled(5, 13, 14), filled(7, 2)],
  vehicle: [filled(4, 7, 8), filled(6, 0, 1, 2), filled(8, 3, 4, 5, 6)],
}

const FORMS: Readonly<Record<Exclude<TnpType, readonly string[] | 'text'>, RegExp>> = {
  number: /^-?\d+(\.\d+)?$/,
  money: /^\d+(\.\d{1,2})?$/,
  moment: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
  day: /^\d{4}-\d\d-\d\d$/,
  year: /^\d{4}$/,
}

/** Tests for the files of a month. `today`: `2026-12-01`. */
export function createTnpTests(today: string): TnpTests {
  const wrong = new Uint32Array(TESTS + 1)
  const drivers = new Set<string>()
  const vehicles = new Set<string>()
  const cars = { vin: new Map<string, Set<string>>(), plate: new Map<string, Set<string>>() }
  /** Rows by driver or vehicle that must be in another file, which may come later. */
  const asked = {
    13: new Map<string, number>(),
    14: new Map<string, number>(),
    15: new Map<string, number>(),
  }
  const askedCars = new Map<string, number>()
  const types = Object.fromEntries(
    Object.entries(TNP_FIELDS).map(([file, fields]) => [file, Object.values(fields)]),
  ) as unknown as Readonly<Record<TnpFile, readonly TnpType[]>>
  const count = (map: Map<string, number>, key: string, times = 1) =>
    map.set(key, (map.get(key) ?? 0) + times)
  const twice = (map: Map<string, Set<string>>, key: string, driver: string): boolean => {
    const known = map.get(key)
    if (known?.has(driver)) return true
    if (known) known.add(driver)
    else map.set(key, new Set([driver]))
    return false
  }
  return {
    row(file, fields) {
      for (const { test, places } of FILLED[file] ?? [])
        for (const place of places)
          if (fields[place] === '') {
            wrong[test]!++
            break
          }
      let isTyped = true
      let isListed = true
      const columns = types[file]
      for (let i = 0; i < columns.length; i++) {
        const [type, field] = [columns[i]!, fields[i]!]
        if (field === '' || type === 'text') continue
        if (typeof type !== 'string') isListed &&= type.includes(field)
        else isTyped &&= FORMS[type].test(field)
      }
      if (!isTyped) wrong[17]!++
      if (!isListed) wrong[18]!++
      if (file === 'driver') {
        const key = `${fields[1]}|${fields[2]}`
        if (fields[1] !== '' && drivers.has(key)) wrong[11]!++
        drivers.add(key)
      } else if (file === 'session') count(asked[13], `${fields[0]}|${fields[1]}`)
      else if (file === 'trip') {
        count(asked[14], `${fields[0]}|${fields[1]}`)
        count(askedCars, fields[2]!)
      } else if (file === 'vehicle') {
        const driver = `${fields[7]}|${fields[8]}`
        if (fields[9] !== 'Y' && fields[9] !== 'N') wrong[9]!++
        if (!FORMS.day.test(fields[10]!) || fields[10]! >= today) wrong[10]!++
        vehicles.add(fields[0]!)
        const vinTwice = fields[0] !== '' && twice(cars.vin, fields[0]!, driver)
        const plateTwice = fields[1] !== '' && twice(cars.plate, `${fields[1]}|${fields[2]}`, driver)
        if (vinTwice || plateTwice) wrong[12]!++
        count(asked[15], driver)
      }
    },
    addWrong(more) {
      for (const [test, rows] of more.entries()) wrong[test]! += rows
    },
    addTrips(driver, trips) {
      count(asked[14], driver, trips)
      count(askedCars, '', trips)
    },
    answers() {
      const missing = (rows: ReadonlyMap<string, number>, there: ReadonlySet<string>) =>
        [...rows].reduce((sum, [key, times]) => (there.has(key) ? sum : sum + times), 0)
      for (const test of [13, 14, 15] as const) wrong[test] = missing(asked[test], drivers)
      wrong[16] = missing(askedCars, vehicles)
      return SAYS.map((says, i) => ({ test: i + 1, says, wrong: wrong[i + 1]! }))
    },
  }
}
