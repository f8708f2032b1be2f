/** What an MDS export keeps of each trip until all are read: vehicles' events come in the order of each vehicle's day. */

const START = 4_096
/** Numbers a trip: accepted, arrived, started, finished or settled (unix seconds), and four ends (1e-5 degree). */
const TIMES = 4
const ENDS = 4

/** A growing table of trips, some 110 bytes each. */
export interface MdsBook {
  readonly rows: number
  readonly ids: Uint8Array
  /** Number of the vehicle. */
  readonly vehicle: Int32Array
  /** Number of the shift, -1 = not told. */
  readonly shift: Int32Array
  readonly times: Float64Array
  readonly ends: Int32Array
  /** Adds an empty row and gives its number. */
  next(): number
  /** Rows of all vehicles in the order in which each took its trips on. */
  order(): Int32Array
}

/** An empty book. */
export function createMdsBook(): MdsBook {
  let rows = 0
  let room = START
  const make = (size: number) => ({
    ids: new Uint8Array(size * 32),
    vehicle: new Int32Array(size),
    shift: new Int32Array(size),
    times: new Float64Array(size * TIMES),
    ends: new Int32Array(size * ENDS),
  })
  const book = {
    ...make(room),
    get rows() {
      return rows
    },
    next() {
      if (rows === room) {
        room *= 2
        const { ids, vehicle, shift, times, ends } = book
        Object.assign(book, make(room))
        book.ids.set(ids)
        book.vehicle.set(vehicle)
        book.shift.set(shift)
        book.times.set(times)
        book.ends.set(ends)
      }
      return rows++
    },
    order() {
      const { vehicle, times } = book
      const rowsBy = Int32Array.from({ length: rows }, (_, i) => i)
      return rowsBy.sort(
        (a, b) => vehicle[a]! - vehicle[b]! || times[TIMES * a]! - times[TIMES * b]! || a - b,
      )
    },
  }
  return book
}
