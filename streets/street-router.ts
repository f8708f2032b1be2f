import { arcGraph } from './arc-graph.ts'
import type { City } from './city.ts'
import { createGuidance } from './guidance.ts'
import { routeOf } from './route-of.ts'
import type { DriverEta, Place, Router } from './router.ts'
import { SearchSide } from './search-side.ts'
import { createSnap } from './snap.ts'
import { arcOpen, arcTimeDs } from './street-table.ts'

/** One way to leave or to come to a place: over which arc, at which node, in what time. */
interface Access {
  readonly arc: number
  readonly node: number
  readonly timeDs: number
}

/**
 * Exact router over one city: Dijkstra from both ends in whole tenths of a second. A place mid-street can be left
 * and reached in every direction that the street allows, so a turn in a two-way street costs nothing.
 */
export function createRouter(city: Pick<City, 'streets' | 'names' | 'info'>): Router {
  const { streets } = city
  const graph = arcGraph(streets)
  const arcs = streets.tail.length * 2
  const times = Int32Array.from({ length: arcs }, (_, arc) => arcTimeDs(streets, arc))
  const ahead = new SearchSide(graph, times, false)
  const behind = new SearchSide(graph, times, true)

  const known = (p: Place): boolean =>
    Number.isInteger(p.edge) && p.edge >= 0 && p.edge < arcs && p.fraction >= 0 && p.fraction <= 1
  const arcsAt = (p: Place): number[] => [p.edge, p.edge ^ 1].filter(arc => arcOpen(streets, arc))
  /** Time from the start of an arc to a place on its segment. */
  const timeInto = (p: Place, arc: number): number =>
    Math.round(times[arc]! * (arc === p.edge ? p.fraction : 1 - p.fraction))
  const exits = (p: Place): Access[] =>
    arcsAt(p).map(arc => ({ arc, node: graph.headNode[arc]!, timeDs: times[arc]! - timeInto(p, arc) }))
  const entries = (p: Place): Access[] =>
    arcsAt(p).flatMap(arc => graph.tailNodes(arc).map(node => ({ arc, node, timeDs: timeInto(p, arc) })))
  /** Quickest way between two places of one segment without leaving it. */
  const direct = (from: Place, to: Place): { arc: number; timeDs: number } => {
    let best = { arc: -1, timeDs: Infinity }
    if (from.edge >> 1 !== to.edge >> 1) return best
    for (const arc of arcsAt(from)) {
      const timeDs = timeInto(to, arc) - timeInto(from, arc)
      const forward =
        (arc === to.edge ? to.fraction : 1 - to.fraction) >=
        (arc === from.edge ? from.fraction : 1 - from.fraction)
      if (forward && timeDs < best.timeDs) best = { arc, timeDs }
    }
    return best
  }

  /** Runs both searches; gives the time and the node they met at (-1: `direct` is the quickest). */
  const search = (from: Place, to: Place): { timeDs: number; meet: number } => {
    ahead.clear()
    behind.clear()
    for (const { node, timeDs, arc } of exits(from)) ahead.reach(node, timeDs, -1 - arc, node)
    for (const { node, timeDs, arc } of entries(to)) behind.reach(node, timeDs, -1 - arc, node)
    let timeDs = direct(from, to).timeDs
    let meet = -1
    for (;;) {
      const [a, b] = [ahead.heap.topKey, behind.heap.topKey]
      if (a + b >= timeDs || (a === Infinity && b === Infinity)) return { timeDs, meet }
      const [side, other] = a <= b ? [ahead, behind] : [behind, ahead]
      const node = side.step()
      if (node < 0) continue
      const through = side.timeTo(node) + other.timeTo(node)
      if (through < timeDs) [timeDs, meet] = [through, node]
    }
  }

  const guidance = createGuidance(city)
  const epoch = { arcUnits: Uint32Array.from(times), unitDs: 1 }
  const along = (from: Place, to: Place, arcs: number[]) =>
    routeOf(city, guidance, epoch, from, to, { arcs, turns: arcs.map(() => 0) })

  return {
    hash: city.info.hash,
    snap: createSnap(streets),
    distanceS(from, to) {
      return known(from) && known(to) ? search(from, to).timeDs / 10 : Infinity
    },
    nearest(drivers, rider, k) {
      if (!known(rider) || k <= 0) return []
      const waiting = new Map<number, { driver: number; timeDs: number }[]>()
      const top: { driver: number; timeDs: number }[] = []
      const isBefore = (
        a: { driver: number; timeDs: number },
        b: { driver: number; timeDs: number },
      ): boolean =>
        a.timeDs < b.timeDs || (a.timeDs === b.timeDs && drivers[a.driver]!.id < drivers[b.driver]!.id)
      const offer = (driver: number, timeDs: number): void => {
        const old = top.findIndex(t => t.driver === driver)
        if (old >= 0 && top[old]!.timeDs <= timeDs) return
        if (old >= 0) top.splice(old, 1)
        const found = { driver, timeDs }
        const place = top.findIndex(t => isBefore(found, t))
        top.splice(place < 0 ? top.length : place, 0, found)
        if (top.length > k) top.pop()
      }
      drivers.forEach(({ place }, driver) => {
        if (!known(place)) return
        const here = direct(place, rider).timeDs
        if (here < Infinity) offer(driver, here)
        for (const { node, timeDs } of exits(place)) {
          const list = waiting.get(node)
          if (list) list.push({ driver, timeDs })
          else waiting.set(node, [{ driver, timeDs }])
        }
      })
      behind.clear()
      for (const { node, timeDs } of entries(rider)) behind.reach(node, timeDs, -1, node)
      for (let time = behind.heap.topKey; time < Infinity; time = behind.heap.topKey) {
        if (top.length === k && time > top[k - 1]!.timeDs) break
        const node = behind.step()
        if (node < 0) continue
        for (const { driver, timeDs } of waiting.get(node) ?? []) offer(driver, timeDs + time)
      }
      return top.map(({ driver, timeDs }): DriverEta => ({ id: drivers[driver]!.id, etaS: timeDs / 10 }))
    },
    route(from, to) {
      if (!known(from) || !known(to)) return null
      const { timeDs, meet } = search(from, to)
      if (timeDs === Infinity) return null
      if (meet < 0) return along(from, to, [direct(from, to).arc])
      const start = ahead.trace(meet)
      const end = behind.trace(meet)
      return along(from, to, [start.rootArc, ...start.arcs.reverse(), ...end.arcs, end.rootArc])
    },
  }
}
