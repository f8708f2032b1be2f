import type { Tags } from './feature.ts'
import { notOsm, readFields } from './osm-fields.ts'

/** A relation's member; `type` 0 node, 1 way, 2 relation. */
export interface Member {
  readonly type: number
  readonly ref: number
  readonly role: string
}

/** What one block of a PBF file holds, told in file order. */
export interface BlockHandlers {
  node(id: number, lng: number, lat: number, tags: Tags): void
  way(id: number, refs: readonly number[], tags: Tags): void
  relation(id: number, members: readonly Member[], tags: Tags): void
}

const NO_TAGS: Tags = {}

/** Read one unpacked block. @throws {HexhailError} code `NOT_OSM_PBF` */
export function readOsmBlock(block: Uint8Array, handlers: BlockHandlers): void {
  const head = { strings: [] as string[], groups: [] as Uint8Array[], grain: 100, lat: 0, lng: 0 }
  readFields(
    block,
    (tag, out, pbf) => {
      if (tag === 1) readStrings(pbf.readBytes(), out.strings)
      else if (tag === 2) out.groups.push(pbf.readBytes())
      else if (tag === 17) out.grain = pbf.readVarint()
      else if (tag === 19) out.lat = pbf.readVarint(true)
      else if (tag === 20) out.lng = pbf.readVarint(true)
    },
    head,
  )
  const { strings } = head
  // Integer nanodegrees over 1e9: the same double for the same node on every machine.
  const degrees = (offset: number, steps: number): number => (offset + head.grain * steps) / 1e9
  const node = (id: number, lngSteps: number, latSteps: number, tags: Tags): void => {
    const [lng, lat] = [degrees(head.lng, lngSteps), degrees(head.lat, latSteps)]
    if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) throw notOsm('has a node outside the world', 0)
    handlers.node(id, lng, lat, tags)
  }
  const element = (bytes: Uint8Array, roles = false): Element => readElement(bytes, strings, roles)
  for (const group of head.groups) {
    readFields(
      group,
      (tag, _out, pbf) => {
        if (tag === 1) {
          const e = element(pbf.readBytes())
          node(e.signedId, e.lng, e.lat, e.tags)
        } else if (tag === 2) {
          const d = readDense(pbf.readBytes())
          if (d.lats.length !== d.ids.length || d.lngs.length !== d.ids.length)
            throw notOsm('has nodes without a place', 0)
          let [id, lat, lng, k] = [0, 0, 0, 0]
          for (let i = 0; i < d.ids.length; i++) {
            id += d.ids[i]!
            lat += d.lats[i]!
            lng += d.lngs[i]!
            let tags = NO_TAGS
            if (k < d.keysValues.length) {
              const own: Record<string, string> = {}
              for (; d.keysValues[k]; k += 2) {
                own[strings[d.keysValues[k]!] ?? ''] = strings[d.keysValues[k + 1]!] ?? ''
                tags = own
              }
              k++
            }
            node(id, lng, lat, tags)
          }
        } else if (tag === 3) {
          const e = element(pbf.readBytes())
          handlers.way(e.id, running(e.deltas), e.tags)
        } else if (tag === 4) {
          const e = element(pbf.readBytes(), true)
          const refs = running(e.members)
          handlers.relation(
            e.id,
            refs.map((ref, i) => ({ ref, type: e.types[i] ?? 0, role: strings[e.deltas[i] ?? 0] ?? '' })),
            e.tags,
          )
        }
      },
      null,
    )
  }
}

interface Element {
  id: number
  signedId: number
  lat: number
  lng: number
  tags: Tags
  /** Field 8: a way's refs as deltas, or a relation's role ids. */
  deltas: number[]
  members: number[]
  types: number[]
}

function readElement(bytes: Uint8Array, strings: readonly string[], roles: boolean): Element {
  const out: Omit<Element, 'tags'> = {
    id: 0,
    signedId: 0,
    lat: 0,
    lng: 0,
    deltas: [],
    members: [],
    types: [],
  }
  const keys: number[] = []
  const values: number[] = []
  readFields(
    bytes,
    (tag, o, pbf) => {
      if (tag === 1) {
        o.id = pbf.readVarint()
        o.signedId = o.id % 2 === 1 ? -(o.id + 1) / 2 : o.id / 2
      } else if (tag === 2) pbf.readPackedVarint(keys)
      else if (tag === 3) pbf.readPackedVarint(values)
      else if (tag === 8 && pbf.type === 2 && roles) pbf.readPackedVarint(o.deltas)
      else if (tag === 8 && pbf.type === 2) pbf.readPackedSVarint(o.deltas)
      else if (tag === 8) o.lat = pbf.readSVarint()
      else if (tag === 9 && pbf.type === 2) pbf.readPackedSVarint(o.members)
      else if (tag === 9) o.lng = pbf.readSVarint()
      else if (tag === 10) pbf.readPackedVarint(o.types)
    },
    out,
  )
  const tags: Record<string, string> = {}
  for (let i = 0; i < keys.length; i++) tags[strings[keys[i]!] ?? ''] = strings[values[i]!] ?? ''
  return { ...out, tags }
}

function readDense(bytes: Uint8Array): {
  ids: number[]
  lats: number[]
  lngs: number[]
  keysValues: number[]
} {
  const dense = {
    ids: [] as number[],
    lats: [] as number[],
    lngs: [] as number[],
    keysValues: [] as number[],
  }
  return readFields(
    bytes,
    (tag, out, pbf) => {
      if (tag === 1) pbf.readPackedSVarint(out.ids)
      else if (tag === 8) pbf.readPackedSVarint(out.lats)
      else if (tag === 9) pbf.readPackedSVarint(out.lngs)
      else if (tag === 10) pbf.readPackedVarint(out.keysValues)
    },
    dense,
  )
}

function readStrings(bytes: Uint8Array, into: string[]): void {
  readFields(bytes, (tag, out, pbf) => void (tag === 1 && out.push(pbf.readString())), into)
}

function running(deltas: readonly number[]): number[] {
  let sum = 0
  return deltas.map(d => (sum += d))
}
