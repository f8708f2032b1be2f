import { packColumn, unpackColumn } from '../columns.ts'
import { segmentLengthsDm } from '../segment-length.ts'
import type { StreetTable } from '../street-table.ts'
import { packBends, unpackBends } from './bends.ts'
import { packPlaces, unpackPlaces } from './lines.ts'
import { packStyles, unpackStyles } from './styles.ts'

/*
 * Sections of the streets. Segments stand in the order of their tails, so that tails are counts: `outs` tells how many
 * segments each junction is the tail of. Heads are steps from the tail. Lengths are not stored: they are those of the
 * drawn lines.
 */

/** The streets as sections of a bundle. */
export function packStreets(streets: StreetTable): Map<string, Uint8Array> {
  const { junctionXy, tail, head, name, geomFirst, geomXy, turns } = streets
  const outs = new Uint32Array(junctionXy.length / 2)
  for (const junction of tail) outs[junction]!++
  const { style, styles } = packStyles(streets)
  return new Map([
    ['st.junctions', packPlaces(junctionXy)],
    ['st.outs', packColumn(outs, 'plain')],
    [
      'st.heads',
      packColumn(
        Int32Array.from(head, (h, s) => h - tail[s]!),
        'signed',
      ),
    ],
    ['st.style', style],
    ['st.styles', styles],
    ['st.name', packColumn(name, 'plain')],
    [
      'st.bendCount',
      packColumn(
        Uint32Array.from(tail, (_, s) => geomFirst[s + 1]! - geomFirst[s]!),
        'plain',
      ),
    ],
    ['st.bends', packBends(streets, geomXy)],
    ['st.turns', packColumn(turns, 'plain')],
  ])
}

/** The streets of a bundle; whether they fit together is for `checkStreets`. @throws {RangeError} where they are none */
export function unpackStreets(section: (name: string) => Uint8Array): StreetTable {
  const plain = (name: string): Int32Array => unpackColumn(section(name), 'plain')
  const junctionXy = unpackPlaces(section('st.junctions'))
  const junctions = junctionXy.length / 2
  const head = unsigned(unpackColumn(section('st.heads'), 'signed'))
  const tail = tailsOf(plain('st.outs'), head.length)
  if (tail.length > 0 && tail.at(-1)! >= junctions)
    throw new RangeError('Segments leave junctions that are not there.')
  for (let s = 0; s < head.length; s++) {
    head[s]! += tail[s]!
    if (head[s]! >= junctions) throw new RangeError(`A segment leads to junction ${head[s]} of ${junctions}.`)
  }
  const geomFirst = firstOf(plain('st.bendCount'))
  if (geomFirst.length !== head.length + 1)
    throw new RangeError('Not all segments say how many bends they have.')
  const ends = { junctionXy, tail, head, geomFirst }
  const geomXy = unpackBends(ends, section('st.bends'))
  return {
    ...ends,
    ...unpackStyles(section('st.style'), section('st.styles')),
    name: unsigned(plain('st.name')),
    lengthDm: segmentLengthsDm({ ...ends, geomXy }),
    geomXy,
    turns: unsigned(plain('st.turns')),
  }
}

/** Tail of each segment, from how many segments leave each junction. */
function tailsOf(outs: Int32Array, segments: number): Uint32Array {
  const tail = new Uint32Array(segments)
  let s = 0
  for (let junction = 0; junction < outs.length; junction++) {
    if (outs[junction]! > segments - s) throw new RangeError('Junctions have more segments than there are.')
    for (const end = s + outs[junction]!; s < end; s++) tail[s] = junction
  }
  if (s !== segments) throw new RangeError('Some segments leave no junction.')
  return tail
}

/** Running sums of counts: where each begins, and the end of all. */
function firstOf(counts: Int32Array): Uint32Array {
  const first = new Uint32Array(counts.length + 1)
  for (let i = 0; i < counts.length; i++) {
    first[i + 1] = first[i]! + counts[i]!
    if (first[i + 1]! < first[i]!) throw new RangeError('Counts run over.')
  }
  return first
}

function unsigned(column: Int32Array): Uint32Array {
  return new Uint32Array(column.buffer)
}
