/** What an MDS export keeps of each trip until all are read: vehicles' events come in the order of each vehicle's day. */
import { createKeyIndex } from '../checks/key-index.ts'
import { type MdsBatch, SHIFT_KEY } from './mds-batch.ts'

const START = 4_096

/** Trips of which events are made, 72 bytes each, in memory that threads share. */
export interface MdsTrips {
  readonly ids: Uint8Array
  /** Number of the vehicle. */
  readonly vehicle: Int32Array
  /** Number of the shift, -1 = not told. */
  readonly shift: Int32Array
  /** Accepted, arrived, started, finished or settled: unix seconds. */
  readonly times: Uint32Array
  /** Two ends of the way, 1e-5 degree. */
  readonly ends: Int32Array
}

/** The growing table of them. */
export interface MdsBook {
  readonly rows: number
  readonly trips: MdsTrips
  /** Adds the rows of a batch, whose vehicle v is number `vehicles[v]`. */
  take(batch: MdsBatch, vehicles: Int32Array): void
  /** Rows of all vehicles in the order in which each took its trips on. */
  order(): Int32Array
}

/** An empty book for about so many trips. */
export function createMdsBook(expected = 0): MdsBook {
  const shifts = createKeyIndex(SHIFT_KEY, START)
  let rows = 0
  let room = Math.max(START, expected)
  let trips = createTrips(room)
  const grow = (): void => {
    const old = trips
    room *= 2
    trips = createTrips(room)
    for (const [name, column] of Object.entries(old)) trips[name as keyof MdsTrips].set(column as Uint8Array)
  }
  return {
    get rows() {
      return rows
    },
    get trips() {
      return trips
    },
    take(batch, vehicles) {
      while (rows + batch.rows > room) grow()
      const { shiftKeys } = batch
      const numbers = Int32Array.from({ length: shiftKeys.length / SHIFT_KEY }, (_, i) =>
        shifts.add(shiftKeys, SHIFT_KEY * i),
      )
      trips.ids.set(batch.ids.subarray(0, 32 * batch.rows), 32 * rows)
      trips.times.set(batch.times.subarray(0, 4 * batch.rows), 4 * rows)
      trips.ends.set(batch.ends.subarray(0, 4 * batch.rows), 4 * rows)
      for (let i = 0; i < batch.rows; i++) {
        const shift = batch.shift[i]!
        trips.vehicle[rows + i] = vehicles[batch.vehicle[i]!]!
        trips.shift[rows + i] = shift < 0 ? -1 : numbers[shift]!
      }
      rows += batch.rows
    },
    order: () => byVehicle(trips, rows),
  }
}

/** Counted out by vehicle; in each, sorted by the time at which they were taken on: they nearly are. */
function byVehicle({ vehicle, times }: MdsTrips, rows: number): Int32Array {
  const order = new Int32Array(new SharedArrayBuffer(4 * rows))
  let vehicles = 0
  for (let i = 0; i < rows; i++) vehicles = Math.max(vehicles, vehicle[i]! + 1)
  const begins = new Int32Array(vehicles + 1)
  for (let i = 0; i < rows; i++) begins[vehicle[i]! + 1]!++
  for (let v = 0; v < vehicles; v++) begins[v + 1]! += begins[v]!
  const ends = begins.slice()
  for (let i = 0; i < rows; i++) {
    const place = ends[vehicle[i]!]!++
    order[place] = i
    for (let n = place; n > begins[vehicle[i]!]!; n--) {
      const before = order[n - 1]!
      if (times[4 * before]! <= times[4 * i]!) break
      order[n] = before
      order[n - 1] = i
    }
  }
  return order
}

const createTrips = (room: number): MdsTrips => ({
  ids: new Uint8Array(new SharedArrayBuffer(32 * room)),
  vehicle: new Int32Array(new SharedArrayBuffer(4 * room)),
  shift: new Int32Array(new SharedArrayBuffer(4 * room)),
  times: new Uint32Array(new SharedArrayBuffer(16 * room)),
  ends: new Int32Array(new SharedArrayBuffer(16 * room)),
})
