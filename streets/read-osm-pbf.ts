import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { Feature, Tags } from './feature.ts'
import { type Inflate, type Member, osmBlocks, readOsmBlock } from './osm-block.ts'
import { joinRings } from './osm-rings.ts'

/** Features of an `.osm.pbf` extract (nodes before ways before relations, as all tools write them). */
export function* readOsmPbf(file: Uint8Array, inflate: Inflate): Generator<Feature> {
  const nodes = new NodePlaces()
  const ways = new Map<number, readonly number[]>()
  for (const block of osmBlocks(file, inflate)) {
    const found: Feature[] = []
    readOsmBlock(block, {
      node(id, lng, lat, tags) {
        nodes.add(id, lng, lat)
        for (const _ in tags) {
          found.push({ kind: 'point', id, tags, at: [lng, lat] })
          break
        }
      },
      way(id, refs, tags) {
        ways.set(id, refs)
        const line = nodes.line(refs)
        if (line.length < 2) return
        const closed = refs.length > 3 && refs[0] === refs.at(-1) && line.length === refs.length
        if (closed && isArea(tags)) found.push({ kind: 'area', id, tags, rings: [line] })
        else found.push({ kind: 'way', id, tags, line })
      },
      relation(id, members, tags) {
        const turn = turnOf(id, members, tags, nodes)
        if (turn) found.push(turn)
        if (tags.type !== 'multipolygon') return
        const ringsOf = (inner: boolean): LngLat[][] =>
          joinRings(
            members.flatMap(m => {
              const refs = m.type === 1 && (m.role === 'inner') === inner ? ways.get(m.ref) : undefined
              return refs && refs.length > 1 ? [refs] : []
            }),
          ).map(ring => nodes.line(ring))
        const holes = ringsOf(true)
        for (const outline of ringsOf(false)) {
          found.push({
            kind: 'area',
            id,
            tags,
            rings: [outline, ...holes.filter(hole => inside(hole[0]!, outline))],
          })
        }
      },
    })
    yield* found
  }
}

function turnOf(id: number, members: readonly Member[], tags: Tags, nodes: NodePlaces): Feature | null {
  const rule = tags['restriction:motorcar'] ?? tags.restriction ?? ''
  if (tags.type !== 'restriction' || !/^(no|only)_/.test(rule)) return null
  if (/motorcar|motor_vehicle/.test(tags.except ?? '')) return null
  const from = members.find(m => m.role === 'from' && m.type === 1)
  const to = members.find(m => m.role === 'to' && m.type === 1)
  const via = members.find(m => m.role === 'via' && m.type === 0)
  const at = via && nodes.line([via.ref])[0]
  if (!from || !to || !at) return null
  return { kind: 'turn', id, only: rule.startsWith('only_'), fromWay: from.ref, via: at, toWay: to.ref }
}

function isArea(tags: Tags): boolean {
  if (tags.area === 'yes') return true
  if (tags.area === 'no' || tags.highway || tags.railway || tags.barrier || tags.natural === 'coastline')
    return false
  if (tags.leisure === 'track') return false
  return Boolean(
    tags.building ||
      tags.landuse ||
      tags.leisure ||
      tags.natural ||
      tags.amenity ||
      tags.shop ||
      tags.tourism ||
      tags.place ||
      tags.water ||
      tags.waterway === 'riverbank' ||
      tags.aeroway,
  )
}

function inside(p: LngLat, ring: readonly LngLat[]): boolean {
  let odd = false
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1]!
    const [bx, by] = ring[i]!
    if (ay > p[1] !== by > p[1] && p[0] < ((bx - ax) * (p[1] - ay)) / (by - ay) + ax) odd = !odd
  }
  return odd
}

/** Places of nodes by id: sorted columns and a binary search, a tenth of a Map's memory. */
class NodePlaces {
  #ids = new Float64Array(1 << 16)
  #lngs = new Float64Array(1 << 16)
  #lats = new Float64Array(1 << 16)
  #count = 0
  #sorted = true

  add(id: number, lng: number, lat: number): void {
    if (this.#count === this.#ids.length) {
      this.#ids = grown(this.#ids)
      this.#lngs = grown(this.#lngs)
      this.#lats = grown(this.#lats)
    }
    if (this.#count > 0 && id < this.#ids[this.#count - 1]!) this.#sorted = false
    this.#ids[this.#count] = id
    this.#lngs[this.#count] = lng
    this.#lats[this.#count++] = lat
  }

  line(refs: readonly number[]): LngLat[] {
    if (!this.#sorted) this.#sort()
    const line: LngLat[] = []
    for (const ref of refs) {
      const i = this.#find(ref)
      if (i >= 0) line.push([this.#lngs[i]!, this.#lats[i]!])
    }
    return line
  }

  #find(id: number): number {
    let low = 0
    let high = this.#count - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const value = this.#ids[middle]!
      if (value === id) return middle
      if (value < id) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  #sort(): void {
    const order = Uint32Array.from({ length: this.#count }, (_, i) => i).sort(
      (a, b) => this.#ids[a]! - this.#ids[b]!,
    )
    const sorted = (column: Float64Array): Float64Array<ArrayBuffer> =>
      Float64Array.from(order, i => column[i]!)
    ;[this.#ids, this.#lngs, this.#lats] = [sorted(this.#ids), sorted(this.#lngs), sorted(this.#lats)]
    this.#sorted = true
  }
}

function grown(column: Float64Array): Float64Array<ArrayBuffer> {
  const bigger = new Float64Array(column.length * 2)
  bigger.set(column)
  return bigger
}
