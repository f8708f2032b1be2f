import type { Hex } from '@hexhail/protocol/terms.ts'
import { isZero } from '../checks/byte-read.ts'
import type { TripColumns } from '../checks/trip-columns.ts'
import { centsText } from './hundredths.ts'
import type { Particulars } from './particulars.ts'
import { csvField, dayText, hexAt, momentText, type ToLocal } from './text.ts'
import type { TnpFile } from './tnp-fields.ts'

/** What the trips do not say. */
export interface TnpOptions {
  readonly particulars: Particulars
  /** State that licences and plates are of (`IL`); null: not known, blank. */
  readonly state: string | null
  /** First moment of the report and the moment after its last, unix seconds. */
  readonly fromS: number
  readonly toS: number
  readonly toLocal: ToLocal
  /** Today, local: `2026-12-01`. */
  readonly today: string
  /** Whether each minute's place of each car on a ride is written too. */
  readonly hasLocations: boolean
}

/** What a driver made, hundredths. */
interface Person {
  readonly licence: string
  readonly credential: Hex
  fares: number
  pay: number
  tips: number
}
interface Session {
  readonly person: Person
  fromS: number
  toS: number
  metres: number
}

const METRES_PER_MILE = 1_609.344
/** Metres as miles, to a hundredth. */
export const milesText = (metres: number): string => (metres / METRES_PER_MILE).toFixed(2)

/** Drivers, cars and sessions as they turn up in trips. */
export interface TnpPeople {
  /** The driver of row i. */
  person(t: TripColumns, i: number): Person
  /** His car's plate; empty where nobody knows it. */
  plate(t: TripColumns, i: number, person: Person): string
  session(t: TripColumns, i: number, person: Person): void
  /** The rows of driver, vehicle, session and compensation. */
  write(row: (file: TnpFile, fields: readonly string[]) => void): void
}

/** Nobody yet. */
export function createTnpPeople(options: TnpOptions): TnpPeople {
  const { particulars, toLocal, fromS, toS } = options
  const state = csvField(options.state ?? '')
  const people = new Map<string, Person>()
  const sessions = new Map<string, Session>()
  const cars = new Map<
    string,
    { readonly credential: Hex; readonly plate: string; readonly drivers: Set<Person> }
  >()
  const day = (seconds: number) => dayText(toLocal(seconds))
  const stateOf = (person: Person) => (person.licence === '' ? '' : state)
  return {
    person(t, i) {
      const hasPermit = !isZero(t.permit, 32 * i, 32)
      const credential = hexAt(t.permit, 32 * i, 32) as Hex
      const key = hasPermit ? credential : hexAt(t.driver, 20 * i, 20)
      let person = people.get(key)
      if (!person) {
        const licence = csvField(particulars.driver(credential)?.licence ?? '')
        person = { licence, credential, fares: 0, pay: 0, tips: 0 }
        people.set(key, person)
      }
      return person
    },
    plate(t, i, person) {
      if (isZero(t.vehicle, 32 * i, 32)) return ''
      const credential = hexAt(t.vehicle, 32 * i, 32) as Hex
      let car = cars.get(credential)
      if (!car) {
        car = {
          credential,
          plate: csvField(particulars.vehicle(credential)?.plate ?? ''),
          drivers: new Set(),
        }
        cars.set(credential, car)
      }
      car.drivers.add(person)
      return car.plate
    },
    session(t, i, person) {
      if (isZero(t.shift, 16 * i, 16) || t.acceptedAtS[i] === 0) return
      const key = hexAt(t.shift, 16 * i, 16)
      const beginS = t.acceptedAtS[i]!
      const endS = t.finishedAtS[i]! || t.settledAtS[i]!
      const session = sessions.get(key) ?? { person, fromS: beginS, toS: endS, metres: 0 }
      session.fromS = Math.min(session.fromS, beginS)
      session.toS = Math.max(session.toS, endS)
      session.metres += t.startedAtS[i]! > 0 ? t.metres[i]! : 0
      sessions.set(key, session)
    },
    write(row) {
      const told = new Set<string>()
      for (const person of people.values()) {
        const { licence, credential, fares, pay, tips } = person
        const known = particulars.driver(credential)
        const money = [fares, 0, pay, tips, 0].map(centsText)
        row('compensation', [
          ...[licence, stateOf(person), ...money, '', '0.00', '0.00', '0.00', centsText(pay + tips)],
          ...[day(fromS), day(toS - 1)],
        ])
        // Two credentials of one driver are one driver.
        if (licence !== '' && told.has(licence)) continue
        told.add(licence)
        const stopped = known?.stoppedAtMs ?? null
        const endS = Math.min(toS - 1, known?.untilS ?? toS, stopped === null ? toS : stopped / 1_000)
        const isActive = endS >= toS - 1
        row('driver', [
          ...[csvField(known?.name ?? ''), licence, stateOf(person)],
          ...[known ? day(known.grantedAtMs / 1_000) : '', known ? day(endS) : '', '1099'],
          isActive ? '' : known?.isOwnWish ? 'Y' : 'N',
        ])
      }
      for (const { credential, plate, drivers } of cars.values()) {
        const car = particulars.vehicle(credential)
        for (const person of drivers)
          row('vehicle', [
            ...['', plate, plate === '' ? '' : state, csvField(car?.make ?? ''), csvField(car?.model ?? '')],
            ...[csvField(car?.colour ?? ''), '', person.licence, stateOf(person)],
            ...[car ? (car.wheelchair ? 'Y' : 'N') : '', ''],
          ])
      }
      for (const { person, ...each } of sessions.values())
        row('session', [
          ...[
            person.licence,
            stateOf(person),
            momentText(toLocal(each.fromS)),
            momentText(toLocal(each.toS)),
          ],
          ...['', milesText(each.metres), ''],
        ])
    },
  }
}
