import type { Hex } from '@hexhail/protocol/terms.ts'
import { createKeyIndex } from '../checks/key-index.ts'
import { CREDENTIAL_KEY, credentialAt, hasCredential } from './credential-key.ts'
import { centsText } from './hundredths.ts'
import { csvField, dayText, hexAt, momentText, type ToLocal } from './text.ts'
import { SHIFT_KEY, type TnpBatch, VEHICLE_KEY } from './tnp-batch.ts'
import type { TnpFile } from './tnp-fields.ts'
import type { TnpOptions } from './tnp-options.ts'
import { driverLicence, milesText, vehiclePlate } from './tnp-text.ts'

/** What a driver made, hundredths. */
interface Person {
  readonly licence: string
  readonly credential: Hex
  fares: number
  pay: number
  tips: number
  trips: number
}
interface Session {
  readonly person: Person
  fromS: number
  toS: number
  metres: number
}
interface Car {
  readonly credential: Hex
  readonly plate: string
  readonly drivers: Set<Person>
}

/** Drivers, cars and sessions as they turn up in trips. */
export interface TnpPeople {
  /** A batch of so many trips. */
  take(trips: number, batch: TnpBatch): void
  /** The rows of driver, vehicle, session and compensation; and how many trips each driver has, by `T1|T2`. */
  write(
    row: (file: TnpFile, fields: readonly string[]) => void,
    addTrips: (driver: string, trips: number) => void,
  ): void
}

/** Nobody yet. */
export function createTnpPeople(options: TnpOptions, toLocal: ToLocal): TnpPeople {
  const { particulars, fromS, toS } = options
  const state = csvField(options.state ?? '')
  const people: Person[] = []
  const cars: Car[] = []
  const sessions: Session[] = []
  const personIndex = createKeyIndex(CREDENTIAL_KEY, 1_024)
  const carIndex = createKeyIndex(VEHICLE_KEY, 1_024)
  const sessionIndex = createKeyIndex(SHIFT_KEY, 4_096)
  /** Trips of which nobody knows the driver. */
  let bare = 0
  const day = (seconds: number) => dayText(toLocal(seconds))
  const stateOf = (person: Person) => (person.licence === '' ? '' : state)

  const peopleOf = ({ personKeys: keys }: TnpBatch): Person[] =>
    Array.from({ length: keys.length / CREDENTIAL_KEY }, (_, i) => {
      const at = CREDENTIAL_KEY * i
      const number = personIndex.add(keys, at)
      people[number] ??= {
        licence: driverLicence(particulars, keys, at),
        credential: hasCredential(keys, at) ? credentialAt(keys, at) : `0x${'00'.repeat(32)}`,
        ...{ fares: 0, pay: 0, tips: 0, trips: 0 },
      }
      return people[number]
    })
  const carsOf = ({ carKeys: keys }: TnpBatch): Car[] =>
    Array.from({ length: keys.length / VEHICLE_KEY }, (_, i) => {
      const credential = hexAt(keys, VEHICLE_KEY * i, VEHICLE_KEY) as Hex
      const number = carIndex.add(keys, VEHICLE_KEY * i)
      cars[number] ??= { credential, plate: vehiclePlate(particulars, credential), drivers: new Set() }
      return cars[number]
    })
  return {
    take(trips, batch) {
      const persons = peopleOf(batch)
      const vehicles = carsOf(batch)
      const shifts = Int32Array.from({ length: batch.shiftKeys.length / SHIFT_KEY }, (_, i) =>
        sessionIndex.add(batch.shiftKeys, SHIFT_KEY * i),
      )
      bare += trips - batch.rows
      for (let i = 0; i < batch.rows; i++) {
        const person = persons[batch.person[i]!]!
        person.fares += batch.fare[i]!
        person.pay += batch.fare[i]!
        person.tips += batch.tip[i]!
        person.trips++
        const car = batch.car[i]!
        if (car >= 0) vehicles[car]!.drivers.add(person)
        const shift = batch.shift[i]!
        if (shift < 0) continue
        const beginS = batch.beginS[i]!
        const endS = batch.endS[i]!
        const number = shifts[shift]!
        const session = sessions[number] ?? { person, fromS: beginS, toS: endS, metres: 0 }
        session.fromS = Math.min(session.fromS, beginS)
        session.toS = Math.max(session.toS, endS)
        session.metres += batch.metres[i]!
        sessions[number] = session
      }
    },
    write(row, addTrips) {
      const told = new Set<string>()
      if (bare > 0) addTrips('|', bare)
      for (const person of people) {
        const { licence, credential, fares, pay, tips, trips } = person
        addTrips(`${licence}|${licence === '' ? '' : (options.state ?? '')}`, trips)
        const known = particulars.drivers.get(credential)
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
      for (const { credential, plate, drivers } of cars) {
        const car = particulars.vehicles.get(credential)
        for (const person of drivers)
          row('vehicle', [
            ...['', plate, plate === '' ? '' : state, csvField(car?.make ?? ''), csvField(car?.model ?? '')],
            ...[csvField(car?.colour ?? ''), '', person.licence, stateOf(person)],
            ...[car ? (car.wheelchair ? 'Y' : 'N') : '', ''],
          ])
      }
      for (const { person, ...each } of sessions)
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
