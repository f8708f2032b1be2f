/** Columns by name, and how many elements of which array a row has in each. */
const SHAPE = {
  /** How far the record could be looked into: `FILED`. */
  filed: [Uint8Array, 1],
  terms: [Uint8Array, 32],
  rider: [Uint8Array, 20],
  driver: [Uint8Array, 20],
  /** Of the settlement. */
  tariff: [Uint32Array, 1],
  settledAtS: [Uint32Array, 1],
  paidFare: [Float64Array, 1],
  paidWait: [Float64Array, 1],
  paidToll: [Float64Array, 1],
  paidTip: [Float64Array, 1],
  paidLevy: [Float64Array, 1],
  /** Of the opened record, from here on. */
  signedTariff: [Uint32Array, 1],
  bp: [Uint16Array, 1],
  meter: [Uint8Array, 1],
  vehicleClass: [Uint8Array, 1],
  propulsion: [Uint8Array, 1],
  needs: [Uint8Array, 1],
  served: [Uint8Array, 1],
  pooled: [Uint8Array, 1],
  metres: [Uint32Array, 1],
  secs: [Uint32Array, 1],
  waitSecs: [Uint32Array, 1],
  slowSecs: [Uint32Array, 1],
  quoteMetres: [Uint32Array, 1],
  quoteSecs: [Uint32Array, 1],
  quote: [Float64Array, 1],
  fare: [Float64Array, 1],
  wait: [Float64Array, 1],
  toll: [Float64Array, 1],
  tip: [Float64Array, 1],
  base: [Float64Array, 1],
  distance: [Float64Array, 1],
  time: [Float64Array, 1],
  cancelFee: [Float64Array, 1],
  /** All components of the fare added up. */
  components: [Float64Array, 1],
  /** Surcharges and tolls added up. */
  charges: [Float64Array, 1],
  levies: [Float64Array, 1],
  concession: [Float64Array, 1],
  concessionId: [Uint16Array, 1],
  hasConcessionProof: [Uint8Array, 1],
  /** Tolls that name gantries of the tariff's document, added up. */
  gantries: [Float64Array, 1],
  /** Zones crossed, as bits. */
  zones: [Uint32Array, 2],
  pickupCell: [Uint32Array, 2],
  destCell: [Uint32Array, 2],
  /** Times in whole seconds, floored. */
  requestedAtS: [Uint32Array, 1],
  acceptedAtS: [Uint32Array, 1],
  arrivedAtS: [Uint32Array, 1],
  /** 0: it never began. */
  startedAtS: [Uint32Array, 1],
  finishedAtS: [Uint32Array, 1],
  isShared: [Uint8Array, 1],
  /** The same for all who shared the car; zeros = alone. */
  journey: [Uint8Array, 16],
  passengers: [Uint8Array, 1],
  /** Wanted pickup, unix ms; 0 = now. */
  bookedForMs: [Float64Array, 1],
  permit: [Uint8Array, 32],
  vehicle: [Uint8Array, 32],
  /** First half of `vehicle`. */
  car: [Uint8Array, 16],
  /** First half of the pass's nullifier. */
  pass: [Uint8Array, 16],
  shift: [Uint8Array, 16],
  shiftSeq: [Uint32Array, 1],
  /** Samples of the trace; 0: none. */
  samples: [Uint32Array, 1],
  /** Length and highest speed of the trace by flat reckoning, within half a percent of the great circle's. */
  traceM: [Float32Array, 1],
  traceMps: [Float32Array, 1],
  /** 1 where the trace does not decode or is not what the record's chain of segments says. */
  isTraceBroken: [Uint8Array, 1],
  /** What `charges.ts` found due, once it was asked: `hasDue`. */
  due: [Float64Array, 1],
  hasDue: [Uint8Array, 1],
  /** First and last place of the trace, 1e-5 degree: longitude, latitude, longitude, latitude. */
  ends: [Int32Array, 4],
} as const

/** A column's name. */
export type Column = keyof typeof SHAPE

/** Trips as columns: row i of a column of width w is its elements w*i to w*i + w - 1. */
export type TripColumns = { readonly [C in Column]: InstanceType<(typeof SHAPE)[C][0]> } & {
  readonly rows: number
}

/** What is known of a record. */
export const FILED = {
  /** Nothing was filed for the trip. */
  none: 0,
  /** It hashes to what was settled, and its fields stand in the columns. */
  opened: 1,
  /** It hashes to something else. */
  other: 2,
  /** It hashes to what was settled, but it is no record. */
  unreadable: 3,
  /** Made by a newer version than this. */
  newer: 4,
  /** It lies sealed to a month's key of which the private half is not here, or was destroyed. */
  sealed: 5,
} as const

/** Columns that whole tables keep, for what looks at many trips at once; the rest are gone once a trip is judged. */
export const KEPT: readonly Column[] = [
  ...([
    'filed',
    'terms',
    'rider',
    'driver',
    'tariff',
    'settledAtS',
    'vehicleClass',
    'needs',
    'served',
  ] as const),
  ...(['paidFare', 'paidWait', 'paidToll', 'paidTip', 'paidLevy', 'metres', 'secs', 'pooled'] as const),
  ...(['pickupCell', 'destCell', 'requestedAtS', 'acceptedAtS', 'arrivedAtS', 'startedAtS'] as const),
  ...(['finishedAtS', 'isShared', 'car', 'pass', 'shift', 'shiftSeq'] as const),
  ...(['samples', 'quoteMetres', 'traceM'] as const),
]

/** Every column there is. */
export const ALL = Object.keys(SHAPE) as readonly Column[]

/** Elements of a column in a row. */
export const widthOf = (column: Column): number => SHAPE[column][1]

/** Room for so many trips. Columns that are not asked for have no rows. `shared`: several threads may look at it. */
export function createTripColumns(
  rows: number,
  columns: readonly Column[] = ALL,
  shared = false,
): TripColumns {
  const wanted = new Set(columns)
  const table = Object.entries(SHAPE).map(([name, [Type, width]]) => {
    const bytes = wanted.has(name as Column) ? rows * width * Type.BYTES_PER_ELEMENT : 0
    const buffer = shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes)
    return [name, new Type(buffer as ArrayBuffer)]
  })
  return { rows, ...Object.fromEntries(table) } as TripColumns
}

/** Copies the first `count` rows of `from` to row `at` of `to`, as far as `to` keeps their columns. */
export function copyRows(from: TripColumns, count: number, to: TripColumns, at: number): void {
  for (const column of ALL) {
    if (to[column].length === 0) continue
    const width = widthOf(column)
    to[column].set(from[column].subarray(0, count * width), at * width)
  }
}
