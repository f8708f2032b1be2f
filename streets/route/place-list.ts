import type { PlaceList } from '../kernel/label-kernel.ts'
import type { Place } from '../router.ts'

/** Places as a kernel takes them; one that is not known is none. */
export function placeList(
  length: number,
  at: (i: number) => Place,
  isKnown: (place: Place) => boolean,
): PlaceList {
  const edges = new Uint32Array(length)
  const fractions = new Float64Array(length)
  for (let i = 0; i < length; i++) {
    const place = at(i)
    edges[i] = isKnown(place) ? place.edge : -1
    fractions[i] = place.fraction
  }
  return { edges, fractions }
}
