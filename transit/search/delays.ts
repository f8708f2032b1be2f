import { NO_ALIGHTING, NO_BOARDING } from '../timetable/timetable.ts'
import type { DayView } from './day-view.ts'
import { lateTimes } from './late-times.ts'

/** News of one call: how late, how long known, and whether the vehicle passes it by. */
export interface LateCall {
  /** GTFS's `stop_sequence`. */
  readonly sequence: number
  readonly arrivalLateS?: number
  readonly departureLateS?: number
  readonly skipped?: boolean
}

/**
 * News of a trip on one service day (counted from `startDay`). As in GTFS-Realtime a delay holds for all later calls until
 * the next one that is told; before the first one nothing changes.
 */
export interface LateTrip {
  readonly trip: string
  readonly day: number
  readonly cancelled?: boolean
  readonly calls?: readonly LateCall[]
}

/** Why some news is not in the view: it names a trip, a day or a call that the view does not have. */
export interface UnusedNews {
  readonly news: LateTrip
  readonly code: 'TRIP' | 'CALL'
}

/**
 * Lays delays over a view, in place of those laid before; nothing else is made again. A run that still overtakes nobody
 * stays in its day line with other times; one that would break the order, or leaves out a call, gets a day line with the
 * like of it. Times never fall along a trip: what news says earlier than the call before is taken as that. A searcher of
 * the view sees it in its next search.
 */
export function layDelays(view: DayView, news: readonly LateTrip[]): UnusedNews[] {
  const { columns } = view
  const unused: UnusedNews[] = []
  restore(view)
  const moved: Moved[] = []
  const touched = new Set<number>()
  for (const each of news) {
    const run = runOf(view, each)
    if (run === null) {
      unused.push({ news: each, code: 'TRIP' })
      continue
    }
    const line = lineOfRun(view, run)
    LAID.get(view)!.push(run)
    if (each.cancelled) {
      columns.gone[run] = 1
      continue
    }
    const planned = columns.timesAt[run]!
    const late = lateTimes(view.timetable, columns.lineOf[line]!, planned, each.calls ?? [])
    if (late.isUnknown) unused.push({ news: each, code: 'CALL' })
    const at = columns.addTimes(late.arrS, late.depS)
    touched.add(line)
    if (late.skipped.size === 0 && keepsOrder(view, line, run, at)) columns.timesAt[run] = at
    else {
      columns.gone[run] = 1
      moved.push({ line, run, at, skipped: [...late.skipped].sort((a, b) => a - b).join() })
    }
  }
  for (const line of touched) columns.measure(line)
  addMoved(view, moved)
  return unused
}

/** A run that has left its day line: its times, and the calls that it leaves out. */
interface Moved {
  readonly line: number
  readonly run: number
  readonly at: number
  readonly skipped: string
}

/** The runs of each view that have news. */
const LAID = new WeakMap<DayView, number[]>()

function restore(view: DayView): void {
  const { columns, timetable } = view
  const lines = new Set<number>()
  for (const run of LAID.get(view) ?? []) {
    const trip = columns.trip[run]!
    columns.gone[run] = 0
    columns.timesAt[run] = timetable.lines.profileAt[timetable.trips.profile[trip]!]!
    lines.add(lineOfRun(view, run))
  }
  LAID.set(view, [])
  columns.unwind()
  for (const line of lines) columns.measure(line)
}

const RUNS = new WeakMap<DayView, Map<string, number>>()

/** The run of a trip on a day; null if the view has none. */
function runOf(view: DayView, { trip, day }: LateTrip): number | null {
  const { columns, timetable } = view
  let runs = RUNS.get(view)
  if (runs === undefined) {
    runs = new Map()
    for (let run = 0; run < columns.base.runs; run++)
      runs.set(`${columns.shift[run]} ${timetable.trips.id[columns.trip[run]!]}`, run)
    RUNS.set(view, runs)
  }
  return runs.get(`${day - view.day} ${trip}`) ?? null
}

function lineOfRun({ columns: { runStart, base } }: DayView, run: number): number {
  let [low, high] = [0, base.lines]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (runStart[middle]! <= run) low = middle
    else high = middle
  }
  return low
}

/** Whether a run with times `at` is still between the ones beside it, at every call. */
function keepsOrder(view: DayView, line: number, run: number, at: number): boolean {
  const { columns } = view
  const [first, end] = [columns.runStart[line]!, columns.runStart[line + 1]!]
  const calls = columns.callStart[line + 1]! - columns.callStart[line]!
  return (
    (run === first || inOrder(view, run - 1, columns.timesAt[run - 1]!, run, at, calls)) &&
    (run + 1 === end || inOrder(view, run, at, run + 1, columns.timesAt[run + 1]!, calls))
  )
}

function inOrder(view: DayView, a: number, aAt: number, b: number, bAt: number, calls: number): boolean {
  const { startS, arrS, depS } = view.columns
  const apart = startS[b]! - startS[a]!
  for (let i = 0; i < calls; i++)
    if (arrS[bAt + i]! + apart < arrS[aAt + i]! || depS[bAt + i]! + apart < depS[aAt + i]!) return false
  return true
}

/** Gives runs that left their day lines new ones: together where they keep an order and leave out the same calls. */
function addMoved(view: DayView, moved: Moved[]): void {
  const { columns } = view
  const groups = new Map<string, Moved[]>()
  for (const each of moved) {
    const key = `${each.line};${each.skipped}`
    const group = groups.get(key)
    if (group) group.push(each)
    else groups.set(key, [each])
  }
  for (const group of groups.values()) {
    const { line, skipped } = group[0]!
    const from = columns.callStart[line]!
    const calls = columns.callStart[line + 1]! - from
    const startOf = (each: Moved): number => columns.startS[each.run]! + columns.depS[each.at]!
    group.sort((a, b) => startOf(a) - startOf(b) || a.run - b.run)
    const chains: Moved[][] = []
    for (const each of group) {
      const chain = chains.find(of => {
        const last = of.at(-1)!
        return inOrder(view, last.run, last.at, each.run, each.at, calls)
      })
      if (chain) chain.push(each)
      else chains.push([each])
    }
    for (const chain of chains) {
      const stops = columns.stops.slice(from, from + calls)
      const flags = columns.flags.slice(from, from + calls)
      for (const call of skipped === '' ? [] : skipped.split(','))
        flags[Number(call)] = NO_BOARDING | NO_ALIGHTING
      const added = columns.addLine(columns.lineOf[line]!, stops, flags)
      for (const { run, at } of chain)
        columns.addRun(columns.startS[run]!, at, columns.trip[run]!, columns.shift[run]!)
      columns.endLine(added)
      columns.linkLine(added)
    }
  }
}
