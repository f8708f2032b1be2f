import type { Query } from '@hexhail/transit/search/query.ts'
import { runsOn, type Timetable } from '@hexhail/transit/timetable/timetable.ts'

/**
 * Earliest arrivals by scanning all connections of a day in order (Dibbelt, Pajor, Strasser and Wagner 2013), made from the
 * timetable's trips and nothing of the search: its judge. Any number of lines. Infinity if the door is not reached.
 */
export function connectionScan(timetable: Timetable, day: number): (query: Query, departS: number) => number {
  const { lines, trips, services, feet } = timetable
  const rows: [dep: number, arr: number, from: number, to: number, run: number, open: number][] = []
  let run = 0
  for (let line = 0; line < lines.route.length; line++)
    for (let trip = lines.tripStart[line]!; trip < lines.tripStart[line + 1]!; trip++)
      for (const shift of [-2, -1, 0, 1]) {
        if (!runsOn(services, trips.service[trip]!, day + shift)) continue
        const startS = trips.startS[trip]! + shift * 86_400
        const at = lines.profileAt[trips.profile[trip]!]! - lines.stopStart[line]!
        for (let call = lines.stopStart[line]!; call + 1 < lines.stopStart[line + 1]!; call++)
          rows.push([
            ...([startS + lines.depS[at + call]!, startS + lines.arrS[at + call + 1]!] as const),
            ...([lines.stops[call]!, lines.stops[call + 1]!, run] as const),
            (lines.flags[call]! & 1) | (lines.flags[call + 1]! & 2),
          ])
        run++
      }
  const order = rows
    .map((_, i) => i)
    .sort((a, b) => rows[a]![0] - rows[b]![0] || rows[a]![1] - rows[b]![1] || a - b)
  const column = (i: 0 | 1 | 2 | 3 | 4 | 5): Int32Array => Int32Array.from(order, row => rows[row]![i])
  const [dep, arr, from, to, runOf, closed] = [
    column(0),
    column(1),
    column(2),
    column(3),
    column(4),
    column(5),
  ]
  const ready = new Float64Array(timetable.stops.id.length)
  const egress = new Float64Array(timetable.stops.id.length)
  const on = new Uint8Array(run)
  return (query, departS) => {
    ready.fill(Number.POSITIVE_INFINITY)
    egress.fill(Number.POSITIVE_INFINITY)
    on.fill(0)
    for (const { stop, seconds } of query.access) ready[stop] = Math.min(ready[stop]!, departS + seconds)
    for (const { stop, seconds } of query.egress) egress[stop] = Math.min(egress[stop]!, seconds)
    let best = Number.POSITIVE_INFINITY
    let [low, high] = [0, dep.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (dep[middle]! < departS) low = middle + 1
      else high = middle
    }
    for (let i = low; i < dep.length && dep[i]! < best; i++) {
      if (on[runOf[i]!] === 0 && ((closed[i]! & 1) !== 0 || ready[from[i]!]! > dep[i]!)) continue
      on[runOf[i]!] = 1
      if ((closed[i]! & 2) !== 0) continue
      const s = arr[i]!
      const stop = to[i]!
      best = Math.min(best, s + egress[stop]!)
      ready[stop] = Math.min(ready[stop]!, s)
      for (let way = feet.start[stop]!; way < feet.start[stop + 1]!; way++)
        ready[feet.to[way]!] = Math.min(ready[feet.to[way]!]!, s + feet.seconds[way]!)
    }
    return best
  }
}
