import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'

const ROUNDS = 30

/** The place that is nearest to all of some places: their geometric median, by Weiszfeld's steps. */
export function middleOf(places: readonly LngLat[]): LngLat {
  const sum = (weight: (place: LngLat) => number): LngLat => {
    let [x, y, all] = [0, 0, 0]
    for (const place of places) {
      const w = weight(place)
      x += w * place[0]
      y += w * place[1]
      all += w
    }
    return [x / all, y / all]
  }
  let at = sum(() => 1)
  for (let round = 0; round < ROUNDS; round++) {
    const from = at
    at = sum(place => 1 / Math.max(1, greatCircleM(from, place)))
  }
  return at
}
