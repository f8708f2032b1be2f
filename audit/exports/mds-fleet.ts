import { PROPULSIONS } from '@hexhail/protocol/record-table.ts'
import { createKeyIndex } from '../checks/key-index.ts'
import { CREDENTIAL_KEY, credentialAt } from './credential-key.ts'
import { writeListBegin, writeListEnd } from './json-list.ts'
import { uuidAt } from './mds-uuid.ts'
import type { OutFiles } from './out-files.ts'
import type { Particulars } from './particulars.ts'

/** Vehicles that trips were made with, as they turn up. */
export interface MdsFleet {
  /** Numbers of the vehicles of a batch; `propulsions`: what its records say of each, 0 = nothing. */
  take(keys: Uint8Array, propulsions: Uint8Array): Int32Array
  /** Keys of all, by number (credential-key.ts); each begins with the 16 bytes of its device_id. */
  readonly keys: Uint8Array
  /** Writes `mds-vehicles.json`; gives how many cannot be written. */
  write(files: OutFiles): number
}

/** An empty fleet. */
export function createMdsFleet(known: {
  readonly provider: string
  readonly particulars: Particulars
}): MdsFleet {
  const index = createKeyIndex(CREDENTIAL_KEY, 1_024)
  const propulsions: number[] = []
  return {
    take: (keys, told) =>
      Int32Array.from({ length: keys.length / CREDENTIAL_KEY }, (_, v) => {
        const number = index.add(keys, CREDENTIAL_KEY * v)
        propulsions[number] = propulsions[number] || told[v]!
        return number
      }),
    get keys() {
      return index.keys
    },
    write(files) {
      const { keys } = index
      const file = files.text('mds-vehicles.json')
      writeListBegin(file, 'vehicles')
      let written = 0
      for (const [number, propulsion] of propulsions.entries()) {
        const at = CREDENTIAL_KEY * number
        const credential = credentialAt(keys, at)
        const car = known.particulars.vehicles.get(credential)
        const drive = car?.propulsion ?? (propulsion > 0 ? PROPULSIONS[propulsion] : undefined)
        if (drive === undefined) continue
        const row = {
          device_id: uuidAt(keys, at),
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
      return propulsions.length - written
    },
  }
}
