import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import type { City } from '../city.ts'
import { arcsOut } from '../graph/arcs-out.ts'
import { MinHeap } from '../kernel/min-heap.ts'
import { wayLine } from '../route/way-line.ts'
import type { Place } from '../router.ts'
import { createSnap } from '../snap/snap.ts'
import { arcHead, arcTail } from '../street-table.ts'
import { footStreets } from './foot-streets.ts'

/** Where somebody on foot comes to a street: the place there, and the metres up to it. */
export interface FootPlace {
  readonly at: LngLat
  readonly place: Place
  readonly offM: number
}

/** Ways on foot over a city's streets (`footStreets`), exact in them. Not to be used by two at once. */
export interface FootWays {
  /** The street nearest to a place; null beyond 300 m. */
  place(at: LngLat): FootPlace | null
  /** Metres to each of some places, those up to the streets counted; `Infinity` beyond `mostM` and to null. */
  metres(from: FootPlace, to: readonly (FootPlace | null)[], mostM: number): Float64Array
  /** The line to draw of the shortest way; null where there is none of at most `mostM`. */
  line(from: FootPlace, to: FootPlace, mostM: number): LngLat[] | null
}

const MOST_OFF_M = 300
const NEVER = 0x1fff_ffff
const NO_ARC = 0xffff_ffff

/** Makes the ways of a city; the streets are laid when first asked for. */
export function createFootWays(city: Pick<City, 'streets' | 'deadStreets'>): FootWays {
  let made: Walker | null = null
  const walker = (): Walker => (made ??= new Walker(city))
  return {
    place: at => walker().place(at),
    metres: (from, to, mostM) => walker().metres(from, to, mostM),
    line: (from, to, mostM) => walker().line(from, to, mostM),
  }
}

/** Dijkstra from a place over all junctions in reach; lengths in decimetres. */
class Walker {
  readonly #streets
  readonly #out
  readonly #snap
  readonly #heap = new MinHeap()
  readonly #dm: Int32Array
  /** The arc that each junction was reached by; `NO_ARC`: from the place itself. */
  readonly #by: Uint32Array
  readonly #touched: number[] = []

  constructor(city: Pick<City, 'streets' | 'deadStreets'>) {
    this.#streets = footStreets(city)
    this.#out = arcsOut(this.#streets)
    this.#snap = createSnap(this.#streets)
    this.#dm = new Int32Array(this.#streets.junctionXy.length / 2).fill(NEVER)
    this.#by = new Uint32Array(this.#dm.length)
  }

  place(at: LngLat): FootPlace | null {
    const place = this.#snap(at)
    if (place === null) return null
    const offM = greatCircleM(at, place.at)
    return offM > MOST_OFF_M ? null : { at, place, offM }
  }

  metres(from: FootPlace, to: readonly (FootPlace | null)[], mostM: number): Float64Array {
    this.#reach(from, mostM)
    return Float64Array.from(to, goal => {
      if (goal === null) return Infinity
      const metres = from.offM + this.#best(from.place, goal.place).dm / 10 + goal.offM
      return metres <= mostM ? metres : Infinity
    })
  }

  line(from: FootPlace, to: FootPlace, mostM: number): LngLat[] | null {
    this.#reach(from, mostM)
    const best = this.#best(from.place, to.place)
    if (best.dm >= NEVER || from.offM + best.dm / 10 + to.offM > mostM) return null
    const arcs = [best.lastArc]
    if (best.via !== null)
      for (let v = best.via; this.#by[v] !== NO_ARC; v = arcTail(this.#streets, arcs[0]!))
        arcs.unshift(this.#by[v]!)
    // The arc out of the place: where the way goes by a junction at all.
    if (best.via !== null) arcs.unshift(this.#firstArc(from.place, arcTail(this.#streets, arcs[0]!)))
    const between = wayLine(this.#streets, { from: from.place, to: to.place, arcs })
    return [from.at, ...between, to.at]
  }

  #firstArc({ edge, fraction }: Place, junction: number): number {
    const length = this.#lengthDm(edge)
    const isHead = arcHead(this.#streets, edge) === junction
    const isTail = arcTail(this.#streets, edge) === junction
    // A street that is a ring has one junction at both ends: the nearer way round.
    return isHead && (!isTail || (1 - fraction) * length <= fraction * length) ? edge : edge ^ 1
  }

  /** The shortest way to a goal: along its own street where both are on it, else in over one of its ends. */
  #best(from: Place, to: Place): { dm: number; lastArc: number; via: number | null } {
    const length = this.#lengthDm(to.edge)
    const [tail, head] = [arcTail(this.#streets, to.edge), arcHead(this.#streets, to.edge)]
    let best = { dm: this.#dm[tail]! + to.fraction * length, lastArc: to.edge, via: tail as number | null }
    const over = this.#dm[head]! + (1 - to.fraction) * length
    if (over < best.dm) best = { dm: over, lastArc: to.edge ^ 1, via: head }
    if (from.edge >> 1 === to.edge >> 1) {
      const start = from.edge === to.edge ? from.fraction : 1 - from.fraction
      const along = Math.abs(to.fraction - start) * length
      if (along <= best.dm)
        best = { dm: along, lastArc: to.fraction >= start ? to.edge : to.edge ^ 1, via: null }
    }
    return best
  }

  #reach({ place, offM }: FootPlace, mostM: number): void {
    for (const v of this.#touched) this.#dm[v] = NEVER
    this.#touched.length = 0
    this.#heap.clear()
    const most = Math.max(0, (mostM - offM) * 10)
    const length = this.#lengthDm(place.edge)
    this.#lower(arcHead(this.#streets, place.edge), Math.round((1 - place.fraction) * length), NO_ARC)
    this.#lower(arcTail(this.#streets, place.edge), Math.round(place.fraction * length), NO_ARC)
    const { first, arcs } = this.#out
    while (this.#heap.topKey <= most) {
      const key = this.#heap.topKey
      const v = this.#heap.pop()
      if (key > this.#dm[v]!) continue
      for (let i = first[v]!; i < first[v + 1]!; i++)
        this.#lower(arcHead(this.#streets, arcs[i]!), key + this.#lengthDm(arcs[i]!), arcs[i]!)
    }
  }

  #lower(junction: number, dm: number, by: number): void {
    if (dm >= this.#dm[junction]!) return
    if (this.#dm[junction] === NEVER) this.#touched.push(junction)
    this.#dm[junction] = dm
    this.#by[junction] = by
    this.#heap.push(dm, junction)
  }

  #lengthDm(arc: number): number {
    return this.#streets.lengthDm[arc >> 1]!
  }
}
