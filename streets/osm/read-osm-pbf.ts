import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { Feature, Tags } from './feature.ts'
import { NodePlaces } from './node-places.ts'
import { readOsmBlock } from './osm-block.ts'
import { type Inflate, osmBlocks } from './osm-file.ts'
import { joinRings } from './osm-rings.ts'
import { turnsOf } from './osm-turn.ts'

/**
 * Features of an `.osm.pbf` extract (nodes before ways before relations, as all tools write them). `onRead` hears after
 * each block which share of the file is read.
 */
export function* readOsmPbf(
  file: Uint8Array,
  inflate: Inflate,
  onRead: (share: number) => void = () => {},
): Generator<Feature> {
  const nodes = new NodePlaces()
  const ways = new Map<number, readonly number[]>()
  for (const { block, end } of osmBlocks(file, inflate)) {
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
        found.push(...turnsOf(id, members, tags, node => nodes.at(node)))
        if (tags.type !== 'multipolygon') return
        const ringsOf = (inner: boolean): LngLat[][] => {
          const parts = members.filter(m => m.type === 1 && (m.role === 'inner') === inner)
          const refs = [...new Set(parts.map(m => m.ref))].map(ref => ways.get(ref) ?? [])
          return joinRings(refs.filter(r => r.length > 1))
            .map(ring => nodes.line(ring))
            .filter(ring => ring.length > 3)
        }
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
    onRead(end / file.length)
  }
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
