import { isZero } from '../checks/byte-read.ts'
import { createKeyIndex } from '../checks/key-index.ts'
import { SETTLED_BYTES } from '../checks/settled-row.ts'
import { CREDENTIAL_KEY, putCredentialKey } from './credential-key.ts'
import type { TripBatch } from './trip-batch.ts'

/** Bytes of a shift's key. */
export const SHIFT_KEY = 16

/** What an MDS export keeps of the trips that it writes of a batch; vehicles and shifts by numbers of the batch's own. */
export interface MdsBatch {
  readonly rows: number
  /** 32 bytes each. */
  readonly ids: Uint8Array
  readonly vehicle: Int32Array
  /** -1 = not told. */
  readonly shift: Int32Array
  /** Accepted, arrived, started, ended: unix seconds. */
  readonly times: Uint32Array
  /** Of the way, 1e-5 degree; zeros = not known. */
  readonly ends: Int32Array
  /** `credential-key.ts`: the vehicle's, or its driver's account where the record names none. */
  readonly vehicleKeys: Uint8Array
  /** The first that a record names, of each vehicle. */
  readonly propulsions: Uint8Array
  readonly shiftKeys: Uint8Array
}

/** A book of a batch of at most so many trips. */
export function createBatchBook(most: number) {
  const vehicles = createKeyIndex(CREDENTIAL_KEY, 1_024)
  const shifts = createKeyIndex(SHIFT_KEY, 1_024)
  const key = new Uint8Array(CREDENTIAL_KEY)
  const room = {
    ids: new Uint8Array(32 * most),
    vehicle: new Int32Array(most),
    shift: new Int32Array(most),
    times: new Uint32Array(4 * most),
    ends: new Int32Array(4 * most),
    propulsions: new Uint8Array(most),
  }
  let rows = 0
  return {
    /** Adds trip i; gives the key of its vehicle, which begins with the 16 bytes of its device_id. */
    take({ t, settled }: TripBatch, i: number): Uint8Array {
      putCredentialKey(t.vehicle, t.driver, i, key)
      const at = rows++
      const vehicle = vehicles.add(key, 0)
      room.vehicle[at] = vehicle
      room.propulsions[vehicle] ||= t.propulsion[i]!
      room.shift[at] = isZero(t.shift, 16 * i, 16) ? -1 : shifts.add(t.shift, 16 * i)
      for (let b = 0; b < 32; b++) room.ids[32 * at + b] = settled[i * SETTLED_BYTES + b]!
      const isRide = t.startedAtS[i]! > 0
      room.times[4 * at] = t.acceptedAtS[i]!
      room.times[4 * at + 1] = t.arrivedAtS[i]!
      room.times[4 * at + 2] = t.startedAtS[i]!
      room.times[4 * at + 3] = isRide ? t.finishedAtS[i]! : t.settledAtS[i]!
      if (t.samples[i]! > 0) for (let k = 0; k < 4; k++) room.ends[4 * at + k] = t.ends[4 * i + k]!
      return key
    },
    get taken(): MdsBatch {
      return { rows, ...room, vehicleKeys: vehicles.keys.slice(), shiftKeys: shifts.keys.slice() }
    },
  }
}
