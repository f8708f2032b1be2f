import { runsOn, type Timetable } from '../timetable/timetable.ts'
import { Columns } from './view-columns.ts'

/** What a rider needs of stops and vehicles: `sure` takes only what says yes, `open` also what nobody said no to. */
export interface Needs {
  readonly wheelchair?: 'sure' | 'open'
  readonly bikes?: 'sure' | 'open'
}

/**
 * The trips of one service day, of days before that still run on it and of the day after, as the search reads them: day
 * lines of runs that never overtake each other, all times in seconds of `day`. Made once a day and need; delays are laid
 * over it (`delays.ts`) and change nothing else.
 */
export interface DayView {
  readonly timetable: Timetable
  /** Counted from the timetable's `startDay`. */
  readonly day: number
  readonly needs: Needs
  readonly columns: Columns
  /** Day lines at stop `s`, as `stopStart[s] … stopStart[s + 1]` of `stopLine`, and which call that is (`stopCall`). */
  readonly stopStart: Uint32Array
  readonly stopLine: Uint32Array
  readonly stopCall: Uint16Array
  /** From where each way on foot of the timetable leads. */
  readonly footFrom: Uint32Array
  /** The ways on foot to stop `s`: `footBackStart[s] … footBackStart[s + 1]` of `footBack`. */
  readonly footBackStart: Uint32Array
  readonly footBack: Uint32Array
}

export const DAY_S = 86_400

/** Makes the view of a day, counted from the timetable's `startDay`. */
export function dayView(timetable: Timetable, day: number, needs: Needs = {}): DayView {
  const { lines, trips, stops, feet } = timetable
  const columns = new Columns(stops.id.length, lines.arrS, lines.depS)
  const past = Math.floor(latestS(timetable) / DAY_S)
  const closed = closedCall(timetable, needs)
  for (let line = 0; line < lines.route.length; line++) {
    const open: { trip: number; shift: number }[][] = []
    for (let shift = -past; shift <= 1; shift++) {
      const runs: { trip: number; shift: number }[] = []
      for (let trip = lines.tripStart[line]!; trip < lines.tripStart[line + 1]!; trip++)
        if (runsOn(timetable.services, trips.service[trip]!, day + shift) && serves(timetable, trip, needs))
          runs.push({ trip, shift })
      if (runs.length === 0) continue
      const last = open.at(-1)
      if (last !== undefined && follows(timetable, line, runs[0]!, last.at(-1)!)) last.push(...runs)
      else open.push(runs)
    }
    for (const runs of open) {
      const from = lines.stopStart[line]!
      const to = lines.stopStart[line + 1]!
      const added = columns.addLine(line, lines.stops.subarray(from, to), lines.flags.subarray(from, to))
      for (let call = 0; call < to - from; call++)
        if (closed(lines.stops[from + call]!)) columns.closeCall(added, call)
      for (const { trip, shift } of runs) {
        const startS = trips.startS[trip]! + shift * DAY_S
        columns.addRun(startS, lines.profileAt[trips.profile[trip]!]!, trip, shift)
      }
      columns.endLine(added)
    }
  }
  columns.seal()
  return { timetable, day, needs, columns, ...atStops(columns, stops.id.length), ...footEnds(feet) }
}

const fits = (access: number, need: 'sure' | 'open' | undefined): boolean =>
  need === undefined || access === 1 || (need === 'open' && access === 0)

/** Whether a trip serves a rider with these needs. */
function serves({ trips }: Timetable, trip: number, needs: Needs): boolean {
  return fits(trips.wheelchair[trip]!, needs.wheelchair) && fits(trips.bikes[trip]!, needs.bikes)
}

const closedCall =
  ({ stops }: Timetable, { wheelchair }: Needs) =>
  (stop: number): boolean =>
    !fits(stops.wheelchair[stop]!, wheelchair)

/** The last second, from its own day's start, at which any trip still runs. */
function latestS({ lines, trips }: Timetable): number {
  let latest = 0
  for (let line = 0; line < lines.route.length; line++) {
    const last = lines.stopStart[line + 1]! - lines.stopStart[line]! - 1
    for (let trip = lines.tripStart[line]!; trip < lines.tripStart[line + 1]!; trip++) {
      const arr = trips.startS[trip]! + lines.arrS[lines.profileAt[trips.profile[trip]!]! + last]!
      if (arr > latest) latest = arr
    }
  }
  return latest
}

/** Whether a run is nowhere before another run of its line. */
function follows(
  { lines, trips }: Timetable,
  line: number,
  run: { trip: number; shift: number },
  other: { trip: number; shift: number },
): boolean {
  const a = trips.profile[run.trip]!
  const b = trips.profile[other.trip]!
  const later = trips.startS[run.trip]! - trips.startS[other.trip]! + (run.shift - other.shift) * DAY_S
  const calls = lines.stopStart[line + 1]! - lines.stopStart[line]!
  for (let i = 0; i < calls; i++) {
    const [x, y] = [lines.profileAt[a]! + i, lines.profileAt[b]! + i]
    if (lines.arrS[x]! + later < lines.arrS[y]! || lines.depS[x]! + later < lines.depS[y]!) return false
  }
  return true
}

function footEnds({ start, to }: Timetable['feet']) {
  const footFrom = new Uint32Array(to.length)
  const footBackStart = new Uint32Array(start.length)
  const footBack = new Uint32Array(to.length)
  for (const stop of to) footBackStart[stop + 1]!++
  for (let stop = 0; stop + 1 < start.length; stop++) {
    footBackStart[stop + 1]! += footBackStart[stop]!
    footFrom.fill(stop, start[stop]!, start[stop + 1]!)
  }
  const next = footBackStart.slice()
  for (let way = 0; way < to.length; way++) footBack[next[to[way]!]!++] = way
  return { footFrom, footBackStart, footBack }
}

function atStops(columns: Columns, stops: number) {
  const stopStart = new Uint32Array(stops + 1)
  const calls = columns.callStart[columns.lines]!
  for (let at = 0; at < calls; at++) stopStart[columns.stops[at]! + 1]!++
  for (let stop = 0; stop < stops; stop++) stopStart[stop + 1]! += stopStart[stop]!
  const next = stopStart.slice()
  const stopLine = new Uint32Array(calls)
  const stopCall = new Uint16Array(calls)
  for (let line = 0; line < columns.lines; line++)
    for (let at = columns.callStart[line]!; at < columns.callStart[line + 1]!; at++) {
      const slot = next[columns.stops[at]!]!++
      stopLine[slot] = line
      stopCall[slot] = at - columns.callStart[line]!
    }
  return { stopStart, stopLine, stopCall }
}
