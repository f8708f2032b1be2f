import { NO_ALIGHTING, NO_BOARDING } from '../timetable/timetable.ts'
import type { DayView } from './day-view.ts'
import { NEVER } from './query.ts'

/**
 * Least seconds from each stop to the door, whatever the hour: `afterArrival` once a vehicle has arrived there, `onceReady`
 * to board there. A bound that the search prunes by; it holds for up to `rides` more lines.
 */
export class LeastTimes {
  readonly afterArrival: Int32Array
  readonly onceReady: Int32Array
  readonly #stop: Uint8Array
  #now: Uint32Array
  #next: Uint32Array
  /** By day line: the last call from where it is looked through, + 1; 0 if not at all. */
  #lastCall = new Uint16Array(0)
  #queue = new Uint32Array(0)

  constructor(stops: number) {
    this.afterArrival = new Int32Array(stops)
    this.onceReady = new Int32Array(stops)
    this.#stop = new Uint8Array(stops)
    this.#now = new Uint32Array(stops)
    this.#next = new Uint32Array(stops)
  }

  /** Nothing is known: bounds of 0. */
  forget(): void {
    this.afterArrival.fill(0)
    this.onceReady.fill(0)
  }

  /** Works them out for egress ways, given as stops and seconds. */
  reckon(
    view: DayView,
    stops: Uint32Array,
    seconds: Int32Array,
    rides: number,
    changeS: number,
    mostS: number,
  ): void {
    const { columns, stopStart, stopLine, stopCall, footFrom, footBackStart, footBack, timetable } = view
    const { feet } = timetable
    const { afterArrival, onceReady } = this
    const { callStart, stops: callStops, flags, leastRideS, leastStandS } = columns
    if (this.#lastCall.length < columns.lines) {
      this.#lastCall = new Uint16Array(columns.lines * 2)
      this.#queue = new Uint32Array(columns.lines * 2)
    }
    const lastCall = this.#lastCall
    const queue = this.#queue
    const marked = this.#stop
    afterArrival.fill(NEVER)
    onceReady.fill(NEVER)
    let marks = 0
    for (let i = 0; i < stops.length; i++) {
      const stop = stops[i]!
      if (seconds[i]! >= afterArrival[stop]!) continue
      afterArrival[stop] = seconds[i]!
      if (!marked[stop]) {
        marked[stop] = 1
        this.#now[marks++] = stop
      }
    }
    for (let ride = 0; ride < rides && marks > 0; ride++) {
      let queued = 0
      for (let i = 0; i < marks; i++) {
        const stop = this.#now[i]!
        marked[stop] = 0
        for (let at = stopStart[stop]!; at < stopStart[stop + 1]!; at++) {
          const line = stopLine[at]!
          const call = stopCall[at]! + 1
          if (lastCall[line] === 0) queue[queued++] = line
          if (call > lastCall[line]!) lastCall[line] = call
        }
        for (let extra = columns.extraHead[stop]!; extra >= 0; extra = columns.extraNext[extra]!) {
          const line = columns.extraLine[extra]!
          const call = columns.extraCall[extra]! + 1
          if (lastCall[line] === 0) queue[queued++] = line
          if (call > lastCall[line]!) lastCall[line] = call
        }
      }
      let ready = 0
      for (let q = 0; q < queued; q++) {
        const line = queue[q]!
        const from = callStart[line]!
        let toDoor = NEVER
        for (let call = lastCall[line]! - 1; call >= 0; call--) {
          const at = from + call
          const stop = callStops[at]!
          if (toDoor < NEVER) {
            toDoor += leastRideS[at]!
            if (toDoor > mostS) toDoor = NEVER
            else {
              if (toDoor < onceReady[stop]! && !(flags[at]! & NO_BOARDING)) {
                onceReady[stop] = toDoor
                if (!marked[stop]) {
                  marked[stop] = 1
                  this.#next[ready++] = stop
                }
              }
              toDoor += leastStandS[at]!
            }
          }
          if (!(flags[at]! & NO_ALIGHTING) && afterArrival[stop]! < toDoor) toDoor = afterArrival[stop]!
        }
        lastCall[line] = 0
      }
      marks = 0
      for (let i = 0; i < ready; i++) marked[this.#next[i]!] = 0
      for (let i = 0; i < ready; i++) {
        const stop = this.#next[i]!
        const boardS = onceReady[stop]! + changeS
        if (boardS < afterArrival[stop]!) {
          afterArrival[stop] = boardS
          if (!marked[stop]) {
            marked[stop] = 1
            this.#now[marks++] = stop
          }
        }
        for (let e = footBackStart[stop]!; e < footBackStart[stop + 1]!; e++) {
          const way = footBack[e]!
          const s = boardS + feet.seconds[way]!
          const other = footFrom[way]!
          if (s >= afterArrival[other]!) continue
          afterArrival[other] = s
          if (!marked[other]) {
            marked[other] = 1
            this.#now[marks++] = other
          }
        }
      }
    }
    for (let i = 0; i < marks; i++) marked[this.#now[i]!] = 0
  }
}
