import type { PlaceList } from '../kernel/label-kernel.ts'
import type { Place } from '../router.ts'

/** Places as a kernel takes them, in room that is used again and again. */
export class PlaceColumns implements PlaceList {
  edges = new Uint32Array(0)
  fractions = new Float64Array(0)
  #room = { edges: new Uint32Array(1024), fractions: new Float64Array(1024) }

  /** Be so many places; which ones is to be told by `set`. */
  resize(length: number): void {
    if (length === this.edges.length) return
    if (length > this.#room.edges.length)
      this.#room = { edges: new Uint32Array(2 * length), fractions: new Float64Array(2 * length) }
    this.edges = this.#room.edges.subarray(0, length)
    this.fractions = this.#room.fractions.subarray(0, length)
  }

  /** Be these places, of a city with so many arcs. */
  fill(places: readonly Place[], arcs: number): void {
    this.resize(places.length)
    const { edges, fractions } = this
    for (let i = 0; i < edges.length; i++) {
      const { edge, fraction } = places[i]!
      edges[i] = edge >>> 0 === edge && edge < arcs && fraction >= 0 && fraction <= 1 ? edge : 0xffffffff
      fractions[i] = fraction
    }
  }

  /** A place, or none of the city. */
  set(i: number, { edge, fraction }: Place, isKnown: boolean): void {
    this.edges[i] = isKnown ? edge : 0xffffffff
    this.fractions[i] = fraction
  }
}
