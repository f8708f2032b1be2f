import { greatCircleM } from '@hexhail/protocol/geo.ts'
import type { City } from '@hexhail/streets/city.ts'
import type { Router } from '@hexhail/streets/router.ts'
import type { StopPoint } from './stop-points.ts'

/** The way of one variant of a line: its stops in order. */
export interface Course {
  readonly line: string
  readonly variant: number
  readonly stops: readonly StopPoint[]
}

/** Shorter courses are scraps of lines whose other stops the map gives to others. */
const LEAST_STOPS = 5
/** How far apart stops that follow each other may be by air: a gap that is longer for its orders cuts the course. */
const MOST_STEP_M = 1500

/**
 * Courses by the stops of the map, of which each names one line, variant and order though several lines stop there: so
 * orders have gaps. A gap is filled with stops that the street way across it passes on their side of the street, at
 * most as many as the orders leave out. Of a course that a long gap cuts, the longest part is kept.
 */
export function courses(city: City, points: readonly (StopPoint | null)[], router: Router): Course[] {
  const { stops, names } = city
  const byArc = new Map<number, StopPoint[]>()
  const byCourse = new Map<string, { line: string; variant: number; known: Map<number, StopPoint> }>()
  for (const point of points) {
    if (point === null) continue
    const arc = byArc.get(point.place.edge)
    if (arc) arc.push(point)
    else byArc.set(point.place.edge, [point])
    const [line, variant, order] = [
      names[stops.line[point.stop]!]!,
      stops.variant[point.stop]!,
      stops.order[point.stop]!,
    ]
    if (line === '' || variant === 0 || order === 0) continue
    const key = `${line} ${variant}`
    let course = byCourse.get(key)
    if (course === undefined) byCourse.set(key, (course = { line, variant, known: new Map() }))
    if (!course.known.has(order)) course.known.set(order, point)
  }
  for (const arc of byArc.values()) arc.sort((a, b) => a.place.fraction - b.place.fraction || a.stop - b.stop)
  return [...byCourse.values()]
    .sort((a, b) => (a.line < b.line ? -1 : a.line > b.line ? 1 : a.variant - b.variant))
    .flatMap(({ line, variant, known }) => {
      const parts = filled(
        [...known].sort(([a], [b]) => a - b),
        byArc,
        router,
      )
      const longest = parts.reduce((best, part) => (part.length > best.length ? part : best))
      return longest.length < LEAST_STOPS ? [] : [{ line, variant, stops: longest }]
    })
}

function filled(
  known: readonly (readonly [order: number, point: StopPoint])[],
  byArc: ReadonlyMap<number, readonly StopPoint[]>,
  router: Router,
): StopPoint[][] {
  let part = [known[0]![1]]
  const parts = [part]
  for (let i = 1; i < known.length; i++) {
    const [[order, from], [nextOrder, to]] = [known[i - 1]!, known[i]!]
    if (
      greatCircleM(from.place.at, to.place.at) > MOST_STEP_M * (nextOrder - order) ||
      router.distanceS(from.place, to.place) === Infinity
    )
      parts.push((part = []))
    else if (nextOrder > order + 1)
      part.push(
        ...spread(passed(from, to, byArc, router), nextOrder - order - 1).filter(p => !part.includes(p)),
      )
    part.push(to)
  }
  return parts
}

/** Stops that the way from one to another passes, in order, without both. */
function passed(
  from: StopPoint,
  to: StopPoint,
  byArc: ReadonlyMap<number, readonly StopPoint[]>,
  router: Router,
): StopPoint[] {
  const arcs = router.route(from.place, to.place)?.edges ?? []
  return arcs.flatMap((arc, i) =>
    (byArc.get(arc) ?? []).filter(
      point =>
        point !== from &&
        point !== to &&
        (i > 0 || arc !== from.place.edge || point.place.fraction > from.place.fraction) &&
        (i < arcs.length - 1 || arc !== to.place.edge || point.place.fraction < to.place.fraction),
    ),
  )
}

/** At most so many of a list, evenly spread. */
function spread<T>(list: readonly T[], most: number): T[] {
  if (list.length <= most) return [...list]
  return Array.from({ length: most }, (_, i) => list[Math.floor(((i + 0.5) * list.length) / most)]!)
}
