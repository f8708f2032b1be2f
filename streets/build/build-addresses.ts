import type { LngLat } from '@hexhail/protocol/geo.ts'
import { boxAround } from '../box.ts'
import type { AddressTable } from '../city.ts'
import type { Feature } from '../osm/feature.ts'
import type { NameTable } from './name-table.ts'

/** Collects house numbers. Only whole numbers are kept: «2732 BIS» stands with 2732, «2744,2748» gives both. */
export class AddressBuilder {
  readonly #names: NameTable
  readonly #byStreet = new Map<number, Map<number, LngLat>>()

  constructor(names: NameTable) {
    this.#names = names
  }

  /** Take the house number of a feature, if it has one. */
  add(feature: Feature): void {
    if (feature.kind === 'turn') return
    const street = feature.tags['addr:street']
    const label = feature.tags['addr:housenumber']
    if (!street || !label) return
    const at =
      feature.kind === 'point'
        ? feature.at
        : feature.kind === 'way'
          ? feature.line[0]!
          : middleOf(feature.rings[0]!)
    const id = this.#names.add(street)
    let numbers = this.#byStreet.get(id)
    if (!numbers) this.#byStreet.set(id, (numbers = new Map()))
    for (const part of label.split(/[,;]/)) {
      const number = Number.parseInt(part, 10)
      if (number > 0 && number < 100_000 && !numbers.has(number)) numbers.set(number, at)
    }
  }

  /** The table, with names by their final numbers. Even and odd numbers apart: neighbours on one side are near. */
  build(rank: Uint32Array): AddressTable {
    const streets = [...this.#byStreet]
      .map(([id, numbers]) => ({ street: rank[id]!, numbers }))
      .sort((a, b) => a.street - b.street)
    const number: number[] = []
    const xy: number[] = []
    const kept = streets.filter(s => s.numbers.size > 0)
    for (const { numbers } of kept) {
      for (const [n, at] of [...numbers].sort(([a], [b]) => (a % 2) - (b % 2) || a - b)) {
        number.push(n)
        xy.push(Math.round(at[0] * 1e5), Math.round(at[1] * 1e5))
      }
    }
    return {
      street: Int32Array.from(kept, s => s.street),
      count: Int32Array.from(kept, s => s.numbers.size),
      number: Int32Array.from(number),
      xy: Int32Array.from(xy),
    }
  }
}

/** Middle of the box around a ring. */
export function middleOf(ring: readonly LngLat[]): LngLat {
  const [west, south, east, north] = boxAround(ring) ?? [0, 0, 0, 0]
  return [(west + east) / 2, (south + north) / 2]
}
