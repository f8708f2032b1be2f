import { isZero } from '../checks/byte-read.ts'
import { createKeyIndex } from '../checks/key-index.ts'
import { CREDENTIAL_KEY, putCredentialKey } from './credential-key.ts'
import type { TripBatch } from './trip-batch.ts'

/** Bytes of a vehicle's key: its credential. */
export const VEHICLE_KEY = 32
/** Bytes of a shift's key. */
export const SHIFT_KEY = 16

/** What Chicago's other files need of the opened trips of a batch; people, cars and shifts by numbers of its own. */
export interface TnpBatch {
  readonly rows: number
  readonly person: Int32Array
  /** -1 = not told; the same below. */
  readonly car: Int32Array
  readonly shift: Int32Array
  /** Hundredths. */
  readonly fare: Float64Array
  readonly tip: Float64Array
  /** When the ride was taken on, and when it ended or was settled: unix seconds. */
  readonly beginS: Uint32Array
  readonly endS: Uint32Array
  readonly metres: Uint32Array
  /** `credential-key.ts`: the permit, or the account where the record names none. */
  readonly personKeys: Uint8Array
  readonly carKeys: Uint8Array
  readonly shiftKeys: Uint8Array
}

/** A book of a batch of at most so many trips. */
export function createTnpBook(most: number) {
  const people = createKeyIndex(CREDENTIAL_KEY, 1_024)
  const cars = createKeyIndex(VEHICLE_KEY, 1_024)
  const shifts = createKeyIndex(SHIFT_KEY, 1_024)
  const key = new Uint8Array(CREDENTIAL_KEY)
  const ints = () => new Int32Array(most)
  const room = {
    ...{ person: ints(), car: ints(), shift: ints() },
    ...{ fare: new Float64Array(most), tip: new Float64Array(most) },
    ...{ beginS: new Uint32Array(most), endS: new Uint32Array(most), metres: new Uint32Array(most) },
  }
  let rows = 0
  return {
    /** Adds opened trip i; gives the key of its driver. */
    take({ t }: TripBatch, i: number, fare: number, tip: number): Uint8Array {
      const at = rows++
      putCredentialKey(t.permit, t.driver, i, key)
      const isSession = !isZero(t.shift, 16 * i, 16) && t.acceptedAtS[i] !== 0
      room.person[at] = people.add(key, 0)
      room.car[at] = isZero(t.vehicle, 32 * i, 32) ? -1 : cars.add(t.vehicle, 32 * i)
      room.shift[at] = isSession ? shifts.add(t.shift, 16 * i) : -1
      room.fare[at] = fare
      room.tip[at] = tip
      room.beginS[at] = t.acceptedAtS[i]!
      room.endS[at] = t.finishedAtS[i]! || t.settledAtS[i]!
      room.metres[at] = t.startedAtS[i]! > 0 ? t.metres[i]! : 0
      return key
    },
    get taken(): TnpBatch {
      const own = {
        personKeys: people.keys.slice(),
        carKeys: cars.keys.slice(),
        shiftKeys: shifts.keys.slice(),
      }
      return { rows, ...room, ...own }
    },
  }
}
