import type { Rows } from './rows.ts'

/** Riders and drivers on the way to a solution. At all times nobody likes another driver better than his own. */
export interface Matching {
  /** By rider: his driver, or -1. */
  readonly driverOf: Int32Array
  /** By driver: his rider, or -1. */
  readonly riderOf: Int32Array
  /** By rider: weight of his pair, where he has one. */
  readonly weightOf: Float64Array
  readonly priceOf: Float64Array
}

/**
 * Gives rider after rider a driver, or leaves him out, by shortest augmenting paths (Edmonds and Karp 1972, Tomizawa 1971;
 * on sparse rows Jonker and Volgenant 1987), and raises prices by no more than each path asks for. Beginning at prices of 0
 * they so stay the least at which all like what they have (Demange, Gale and Sotomayor 1986, of the riders it concerns).
 * Rows ascend and no price is negative, so a row is left at the first entry that could not matter. One function with its
 * heap written out, since numbers that functions share cost an allocation each time they are written.
 */
export function augment(
  rows: Rows,
  patience: Float64Array,
  matching: Matching,
  searchers: ArrayLike<number>,
): void {
  const { driverOf, riderOf, weightOf, priceOf } = matching
  const { start, end, floor } = rows
  /** Distance from the rider who is searched for; `Infinity` where the search has not been. */
  const distance = new Float64Array(priceOf.length).fill(Number.POSITIVE_INFINITY)
  /** The rider by whom a driver was reached, and the weight of that pair. */
  const parent = new Int32Array(priceOf.length)
  const parentWeight = new Float64Array(priceOf.length)
  const touched = new Int32Array(priceOf.length)
  /** The heap: a driver, or (-1 - rider) at the distance where pairs that his row lacks begin to matter. */
  let keys = new Float64Array(1024)
  let values = new Int32Array(1024)

  for (let s = 0; s < searchers.length; s++) {
    const searcher = searchers[s]!
    let { driver: column, weight } = rows
    let best = patience[searcher]!
    /** Where the shortest path so far ends: at a free driver, or (-1) with a rider who is left out. */
    let endDriver = -1
    let endRider = searcher
    let touches = 0
    let size = 0
    let rider = searcher
    /** Distance of the rider's driver less what that one is worth to him. */
    let base = 0
    for (;;) {
      const last = end[rider]!
      // The step behind the row's end is for what it lacks.
      for (let e = start[rider]!; e <= last; e++) {
        let key = base
        let value = 0
        if (e === last) {
          key += floor[rider]!
          value = -1 - rider
          if (key >= best) break
        } else {
          const w = weight[e]!
          if (base + w >= best) {
            e = last - 1
            continue
          }
          value = column[e]!
          key += w + priceOf[value]!
          if (key >= best || key >= distance[value]!) continue
          parent[value] = rider
          parentWeight[value] = w
          if (riderOf[value] === -1) {
            best = key
            endDriver = value
            continue
          }
          if (distance[value] === Number.POSITIVE_INFINITY) touched[touches++] = value
          distance[value] = key
        }
        if (size === keys.length) {
          const moreKeys = new Float64Array(2 * size)
          moreKeys.set(keys)
          keys = moreKeys
          const moreValues = new Int32Array(2 * size)
          moreValues.set(values)
          values = moreValues
        }
        let at = size++
        while (at > 0) {
          const up = (at - 1) >> 1
          if (keys[up]! <= key) break
          keys[at] = keys[up]!
          values[at] = values[up]!
          at = up
        }
        keys[at] = key
        values[at] = value
      }
      let found = false
      while (size > 0 && !found) {
        const key = keys[0]!
        const value = values[0]!
        if (key >= best) break
        const lastKey = keys[--size]!
        let at = 0
        for (let down = 1; down < size; down = 2 * at + 1) {
          if (down + 1 < size && keys[down + 1]! < keys[down]!) down++
          if (keys[down]! >= lastKey) break
          keys[at] = keys[down]!
          values[at] = values[down]!
          at = down
        }
        keys[at] = lastKey
        values[at] = values[size]!
        if (value >= 0 && key > distance[value]!) continue
        rider = value < 0 ? -1 - value : riderOf[value]!
        const own = driverOf[rider]!
        base = own === -1 ? 0 : distance[own]! - weightOf[rider]! - priceOf[own]!
        found = true
        if (value < 0) {
          rows.more(rider)
          column = rows.driver
          weight = rows.weight
        } else if (base + patience[rider]! < best) {
          best = base + patience[rider]!
          endDriver = -1
          endRider = rider
        }
      }
      if (!found) break
    }
    for (let i = 0; i < touches; i++) {
      const d = touched[i]!
      if (distance[d]! < best) priceOf[d]! += best - distance[d]!
      distance[d] = Number.POSITIVE_INFINITY
    }
    let driver = endDriver
    if (driver === -1) {
      if (endRider === searcher) continue
      driver = driverOf[endRider]!
      driverOf[endRider] = -1
    }
    for (;;) {
      const taker = parent[driver]!
      const next = driverOf[taker]!
      driverOf[taker] = driver
      riderOf[driver] = taker
      weightOf[taker] = parentWeight[driver]!
      if (taker === searcher) break
      driver = next
    }
  }
}
