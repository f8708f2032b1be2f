import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { Feature, TurnFeature, WayFeature } from '@hexhail/streets/osm/feature.ts'

/** A made-up town of `size` by `size` crossings, drawn from numbers 0..1 that `rng` gives. */
export function gridTown(size: number, rng: () => number): Feature[] {
  const at = (x: number, y: number): LngLat => [-56.2 + x * 0.0012, -34.9 + y * 0.001 + x * 0.00003]
  const ways: WayFeature[] = []
  const kinds = ['residential', 'residential', 'secondary', 'service']
  const limits = ['', '', '30', '60', '45']
  const add = (a: LngLat, b: LngLat, name: string): void => {
    if (rng() < 0.08) return
    const maxspeed = limits[Math.floor(rng() * limits.length)]!
    const oneway = rng() < 0.4 ? (rng() < 0.5 ? 'yes' : '-1') : 'no'
    const bend: LngLat = [(a[0] + b[0]) / 2 + 0.0001, (a[1] + b[1]) / 2 + 0.0001]
    ways.push({
      kind: 'way',
      id: ways.length + 1,
      tags: {
        highway: kinds[Math.floor(rng() * kinds.length)]!,
        name,
        oneway,
        ...(maxspeed && { maxspeed }),
      },
      line: rng() < 0.3 ? [a, bend, b] : [a, b],
    })
  }
  for (let i = 0; i < size; i++) {
    for (let k = 0; k + 1 < size; k++) {
      add(at(k, i), at(k + 1, i), `Calle ${i}`)
      add(at(i, k), at(i, k + 1), `Avenida ${i}`)
    }
  }
  const turns: TurnFeature[] = []
  for (let n = 0; n < size * 2; n++) {
    const from = ways[Math.floor(rng() * ways.length)]!
    const via = from.line.at(-1)!
    const others = ways.filter(
      w => w.line[0] !== undefined && (same(w.line[0], via) || same(w.line.at(-1)!, via)),
    )
    const to = others[Math.floor(rng() * others.length)]
    if (to) turns.push({ kind: 'turn', id: 1000 + n, only: rng() < 0.3, fromWay: from.id, via, toWay: to.id })
  }
  const lights = ways
    .slice(0, size)
    .map(w => ({ kind: 'point', id: 1, tags: { highway: 'traffic_signals' }, at: w.line[0]! }) as const)
  return [...ways, ...lights, ...turns]
}

/** Numbers 0..1 from a seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function same(a: LngLat, b: LngLat): boolean {
  return a[0] === b[0] && a[1] === b[1]
}
