import { deflateSync } from 'node:zlib'
import { PbfWriter } from 'pbf'

type Tagged = { id: number; tags?: Record<string, string> }
/** A node, degrees. */
export type Node = Tagged & { at: [number, number] }
/** A way, nodes by id. */
export type Way = Tagged & { refs: number[] }
/** A relation; a member's type is 0 node, 1 way, 2 relation. */
export type Relation = Tagged & { members: [type: number, ref: number, role: string][] }

/** A small `.osm.pbf` as osmium would write it. */
export function osmPbf(nodes: Node[], ways: Way[], relations: Relation[], zip = true): Uint8Array {
  const strings = ['']
  const s = (text: string): number => {
    const at = strings.indexOf(text)
    return at >= 0 ? at : strings.push(text) - 1
  }
  const steps = (values: number[]): number[] => values.map((v, i) => v - (values[i - 1] ?? 0))
  const tagsOf = (pbf: PbfWriter, { tags = {} }: Tagged): void => {
    pbf.writePackedVarint(2, Object.keys(tags).map(s))
    pbf.writePackedVarint(3, Object.values(tags).map(s))
  }
  const groups = new PbfWriter()
  groups.writeMessage(
    2,
    (_, pbf) => {
      pbf.writeMessage(
        2,
        (_dense, dense) => {
          dense.writePackedSVarint(1, steps(nodes.map(n => n.id)))
          dense.writePackedSVarint(8, steps(nodes.map(n => Math.round(n.at[1] * 1e7))))
          dense.writePackedSVarint(9, steps(nodes.map(n => Math.round(n.at[0] * 1e7))))
          dense.writePackedVarint(
            10,
            nodes.flatMap(n => [...Object.entries(n.tags ?? {}).flatMap(([k, v]) => [s(k), s(v)]), 0]),
          )
        },
        null,
      )
    },
    null,
  )
  groups.writeMessage(
    2,
    (_, pbf) => {
      for (const way of ways) {
        pbf.writeMessage(
          3,
          (_way, w) => {
            w.writeVarintField(1, way.id)
            tagsOf(w, way)
            w.writePackedSVarint(8, steps(way.refs))
          },
          null,
        )
      }
    },
    null,
  )
  groups.writeMessage(
    2,
    (_, pbf) => {
      for (const relation of relations) {
        pbf.writeMessage(
          4,
          (_relation, r) => {
            r.writeVarintField(1, relation.id)
            tagsOf(r, relation)
            r.writePackedVarint(
              8,
              relation.members.map(m => s(m[2])),
            )
            r.writePackedSVarint(9, steps(relation.members.map(m => m[1])))
            r.writePackedVarint(
              10,
              relation.members.map(m => m[0]),
            )
          },
          null,
        )
      }
    },
    null,
  )
  const groupBytes = groups.finish()
  const table = new PbfWriter()
  table.writeMessage(
    1,
    (_, pbf) => {
      for (const text of strings) pbf.writeBytesField(1, new TextEncoder().encode(text))
    },
    null,
  )
  const block = new Uint8Array([...table.finish(), ...groupBytes])
  return new Uint8Array([...blob('OSMHeader', new Uint8Array(0), zip), ...blob('OSMData', block, zip)])
}

/** One block of a `.osm.pbf` file, zipped or raw. */
export function blob(type: string, body: Uint8Array, zip: boolean): Uint8Array {
  const packed = new PbfWriter()
  if (zip) {
    packed.writeVarintField(2, body.length)
    packed.writeBytesField(3, deflateSync(body))
  } else packed.writeBytesField(1, body)
  const bytes = packed.finish()
  const header = new PbfWriter()
  header.writeStringField(1, type)
  header.writeVarintField(3, bytes.length)
  const head = header.finish()
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, head.length)
  return new Uint8Array([...length, ...head, ...bytes])
}
