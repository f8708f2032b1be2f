import { NO_ALIGHTING, NO_BOARDING } from '../timetable/timetable.ts'

/**
 * The typed arrays of a day view, which grow at their end while a day or its delays are laid down. Day line `l` has calls
 * `callStart[l] … callStart[l + 1]` and runs `runStart[l] … runStart[l + 1]`; run `r` is at its call `i` from
 * `startS[r] + arrS[timesAt[r] + i]` to `startS[r] + depS[timesAt[r] + i]`.
 */
export class Columns {
  lines = 0
  runs = 0
  calls = 0
  times: number
  lineOf = new Uint32Array(256)
  callStart = new Uint32Array(256)
  runStart = new Uint32Array(256)
  /** No boarding before and after these. */
  firstDepS = new Int32Array(256)
  lastDepS = new Int32Array(256)
  stops = new Uint32Array(1024)
  flags = new Uint8Array(1024)
  /** Least time from departure at a call to arrival at the next, and standing at it, of any run. */
  leastRideS = new Int32Array(1024)
  leastStandS = new Int32Array(1024)
  startS = new Int32Array(1024)
  timesAt = new Uint32Array(1024)
  trip = new Uint32Array(1024)
  shift = new Int8Array(1024)
  /** Runs that nobody can board: cancelled, or moved to another day line by a delay. */
  gone = new Uint8Array(1024)
  arrS: Int32Array
  depS: Int32Array
  /** What the day itself has; all after that is of delays. */
  base = { lines: 0, runs: 0, calls: 0, times: 0 }

  /** Day lines of delays at each stop: the first one's place in the lists below, -1 of none. */
  readonly extraHead: Int32Array
  extras = 0
  extraNext = new Int32Array(256)
  extraLine = new Uint32Array(256)
  extraCall = new Uint32Array(256)

  constructor(stops: number, arrS: Int32Array, depS: Int32Array) {
    this.extraHead = new Int32Array(stops).fill(-1)
    this.arrS = arrS.slice()
    this.depS = depS.slice()
    this.times = arrS.length
  }

  /** A day line of a line of the timetable; its runs are added next, then `endLine`. */
  addLine(line: number, stops: Uint32Array, flags: Uint8Array): number {
    const added = this.lines
    if (added + 2 > this.lineOf.length)
      for (const name of ['lineOf', 'callStart', 'runStart', 'firstDepS', 'lastDepS'] as const)
        this.#grow(name)
    while (this.calls + stops.length > this.stops.length)
      for (const name of ['stops', 'flags', 'leastRideS', 'leastStandS'] as const) this.#grow(name)
    this.lineOf[added] = line
    this.stops.set(stops, this.calls)
    this.flags.set(flags, this.calls)
    this.calls += stops.length
    this.callStart[added + 1] = this.calls
    return added
  }

  addRun(startS: number, timesAt: number, trip: number, shift: number): number {
    if (this.runs === this.startS.length)
      for (const name of ['startS', 'timesAt', 'trip', 'shift', 'gone'] as const) this.#grow(name)
    const run = this.runs++
    this.startS[run] = startS
    this.timesAt[run] = timesAt
    this.trip[run] = trip
    this.shift[run] = shift
    this.gone[run] = 0
    return run
  }

  endLine(line: number): void {
    this.lines = line + 1
    this.runStart[line + 1] = this.runs
    this.measure(line)
  }

  /** Times of a run that no profile has. */
  addTimes(arrS: ArrayLike<number>, depS: ArrayLike<number>): number {
    while (this.times + arrS.length > this.arrS.length)
      for (const name of ['arrS', 'depS'] as const) this.#grow(name)
    const at = this.times
    this.arrS.set(arrS, at)
    this.depS.set(depS, at)
    this.times += arrS.length
    return at
  }

  closeCall(line: number, call: number): void {
    this.flags[this.callStart[line]! + call] = NO_BOARDING | NO_ALIGHTING
  }

  /** Works out what the search may rely on of a day line: first and last departure, least times. */
  measure(line: number): void {
    const from = this.callStart[line]!
    const calls = this.callStart[line + 1]! - from
    this.leastRideS.fill(0x3fffffff, from, from + calls)
    this.leastStandS.fill(0x3fffffff, from, from + calls)
    let first = 0x3fffffff
    let last = -0x3fffffff
    const seen = new Set<number>()
    for (let run = this.runStart[line]!; run < this.runStart[line + 1]!; run++) {
      const at = this.timesAt[run]!
      first = Math.min(first, this.startS[run]! + this.depS[at]!)
      last = Math.max(last, this.startS[run]! + this.depS[at + calls - 1]!)
      if (seen.has(at)) continue
      seen.add(at)
      for (let i = 0; i < calls; i++) {
        const stand = this.depS[at + i]! - this.arrS[at + i]!
        if (stand < this.leastStandS[from + i]!) this.leastStandS[from + i] = stand
        if (i === calls - 1) continue
        const ride = this.arrS[at + i + 1]! - this.depS[at + i]!
        if (ride < this.leastRideS[from + i]!) this.leastRideS[from + i] = ride
      }
    }
    this.firstDepS[line] = first
    this.lastDepS[line] = last
  }

  /** All that was added so far is the day's own. */
  seal(): void {
    this.base = { lines: this.lines, runs: this.runs, calls: this.calls, times: this.times }
  }

  /** Takes away what was added since `seal`. */
  unwind(): void {
    Object.assign(this, this.base)
    this.extras = 0
    this.extraHead.fill(-1)
  }

  /** Makes a day line that was added after `seal` known to its stops. */
  linkLine(line: number): void {
    for (let at = this.callStart[line]!; at < this.callStart[line + 1]!; at++) {
      if (this.extras === this.extraNext.length)
        for (const name of ['extraNext', 'extraLine', 'extraCall'] as const) this.#grow(name)
      const extra = this.extras++
      this.extraLine[extra] = line
      this.extraCall[extra] = at - this.callStart[line]!
      this.extraNext[extra] = this.extraHead[this.stops[at]!]!
      this.extraHead[this.stops[at]!] = extra
    }
  }

  #grow(name: ColumnName): void {
    const old = this[name]
    const wider = new (old.constructor as new (length: number) => typeof old)(old.length * 2 + 64)
    wider.set(old as never)
    ;(this[name] as typeof old) = wider
  }
}

type ColumnName = {
  [name in keyof Columns]: Columns[name] extends Int32Array | Uint32Array | Uint8Array | Int8Array
    ? name
    : never
}[keyof Columns]
