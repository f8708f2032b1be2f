import { PROPULSIONS } from '@hexhail/protocol/record-table.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { isZero } from '../checks/byte-read.ts'
import type { TripColumns } from '../checks/trip-columns.ts'
import { writeListBegin, writeListEnd } from './json-list.ts'
import { uuidAt } from './mds-uuid.ts'
import type { OutFiles } from './out-files.ts'
import type { Particulars } from './particulars.ts'
import { hexAt } from './text.ts'

/** A vehicle that trips were made with. */
interface Vehicle {
  readonly number: number
  /** Its device_id. */
  readonly id: string
  readonly credential: Hex
  propulsion: number
}

/** Vehicles, drivers and shifts as they turn up. */
export interface MdsFleet {
  readonly vehicles: readonly Vehicle[]
  /** The vehicle of row i: by its credential, or by its driver's account where the record names none. */
  of(t: TripColumns, i: number): Vehicle
  /** What stands for a driver, as JSON: the licence where the office knows it, else the credential's hash. */
  driver(credential: string): string
  /** Number of a shift. */
  shift(id: string): number
  /** Writes `mds-vehicles.json`; gives how many cannot be written. */
  write(files: OutFiles): number
}

/** An empty fleet. */
export function createMdsFleet(known: {
  readonly provider: string
  readonly particulars: Particulars
}): MdsFleet {
  const vehicles: Vehicle[] = []
  const byName = new Map<string, Vehicle>()
  const drivers = new Map<string, string>()
  const shifts = new Map<string, number>()
  const padded = new Uint8Array(32)
  return {
    vehicles,
    of(t, i) {
      const hasCredential = !isZero(t.vehicle, 32 * i, 32)
      const name = hasCredential ? hexAt(t.vehicle, 32 * i, 32) : hexAt(t.driver, 20 * i, 20)
      let vehicle = byName.get(name)
      if (!vehicle) {
        padded.fill(0)
        padded.set(
          hasCredential ? t.vehicle.subarray(32 * i, 32 * i + 32) : t.driver.subarray(20 * i, 20 * i + 20),
        )
        vehicle = { number: vehicles.length, id: uuidAt(padded, 0), credential: name as Hex, propulsion: 0 }
        vehicles.push(vehicle)
        byName.set(name, vehicle)
      }
      vehicle.propulsion ||= t.propulsion[i]!
      return vehicle
    },
    driver(credential) {
      let text = drivers.get(credential)
      if (text === undefined) {
        text = JSON.stringify(known.particulars.driver(credential as Hex)?.licence ?? credential)
        drivers.set(credential, text)
      }
      return text
    },
    shift(id) {
      const number = shifts.get(id) ?? shifts.size
      shifts.set(id, number)
      return number
    },
    write(files) {
      const file = files.text('mds-vehicles.json')
      writeListBegin(file, 'vehicles')
      let written = 0
      for (const { id, credential, propulsion } of vehicles) {
        const car = known.particulars.vehicle(credential)
        const drive = car?.propulsion ?? (propulsion > 0 ? PROPULSIONS[propulsion] : undefined)
        if (drive === undefined) continue
        const row = {
          device_id: id,
          provider_id: known.provider,
          vehicle_id: car?.plate ?? credential,
          vehicle_type: 'car',
          propulsion_types: [drive],
          ...(car && {
            vehicle_attributes: {
              make: car.make,
              model: car.model,
              color: car.colour,
              license_plate: car.plate,
            },
            accessibility_attributes: car.wheelchair ? ['wheelchair_accessible'] : [],
          }),
        }
        file.write(`${written++ === 0 ? '' : ',\n'}${JSON.stringify(row)}`)
      }
      writeListEnd(file)
      return vehicles.length - written
    },
  }
}
