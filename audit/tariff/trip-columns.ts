/** Past trips in columns, as `simulate` reads them: a million fit in 30 MB. */
export interface TripColumns {
  readonly count: number
  readonly metres: Uint32Array
  readonly secs: Uint32Array
  readonly waitS: Uint32Array
  /** Unix seconds. */
  readonly startedAtS: Float64Array
  /** Index into `classes`. */
  readonly class: Uint8Array
  /** Index into `cells`; -1: not known. */
  readonly pickup: Int32Array
  readonly dropoff: Int32Array
  readonly classes: readonly string[]
  readonly cells: readonly string[]
}

/** One past trip. A class that is empty is the tariff's first; cells that are empty are not known. */
export interface PastTrip {
  readonly metres: number
  readonly secs: number
  readonly waitS: number
  readonly startedAtS: number
  readonly class: string
  readonly pickup: string
  readonly dropoff: string
}

/** Gathers trips into columns. */
export function tripColumns(trips: Iterable<PastTrip>): TripColumns {
  let room = 1_024
  let count = 0
  let [metres, secs, waitS] = [new Uint32Array(room), new Uint32Array(room), new Uint32Array(room)]
  let startedAtS = new Float64Array(room)
  let of = new Uint8Array(room)
  let [pickup, dropoff] = [new Int32Array(room), new Int32Array(room)]
  const classes = new Map<string, number>()
  const cells = new Map<string, number>()
  for (const trip of trips) {
    if (count === room) {
      room *= 2
      ;[metres, secs, waitS] = [grown(metres, room), grown(secs, room), grown(waitS, room)]
      startedAtS = grown(startedAtS, room)
      of = grown(of, room)
      ;[pickup, dropoff] = [grown(pickup, room), grown(dropoff, room)]
    }
    metres[count] = trip.metres
    secs[count] = trip.secs
    waitS[count] = trip.waitS
    startedAtS[count] = trip.startedAtS
    of[count] = indexOf(classes, trip.class)
    pickup[count] = trip.pickup === '' ? -1 : indexOf(cells, trip.pickup)
    dropoff[count] = trip.dropoff === '' ? -1 : indexOf(cells, trip.dropoff)
    count++
  }
  return {
    count,
    metres,
    secs,
    waitS,
    startedAtS,
    class: of,
    pickup,
    dropoff,
    classes: [...classes.keys()],
    cells: [...cells.keys()],
  }
}

function indexOf(names: Map<string, number>, name: string): number {
  const known = names.get(name) ?? names.size
  if (known === names.size) names.set(name, known)
  return known
}

function grown<A extends Uint8Array | Uint32Array | Int32Array | Float64Array>(from: A, room: number): A {
  const to = new (from.constructor as new (length: number) => A)(room)
  to.set(from)
  return to
}
