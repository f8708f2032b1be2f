import { gridDisk } from 'h3-js'
import { cellHalves, parentHalves, resOf } from './cell-bits.ts'
import { FAR_RES, REQUEST_RES, type Topic } from './cells.ts'
import { u32At } from './codec.ts'

/** Tells whether the cell or tag whose bytes begin at `at` may stand in the topic. The cell must be one. */
export type PlaceCheck = (bytes: Uint8Array, at: number) => boolean

/**
 * A request may stand in the topic of its cell, for far ones of the cell's parent, and in those next to it, a word of an
 * epoch in the topic of its area and in those next to it; a rendezvous in the topic of its tag, a feed in that of its cell.
 * Made once a topic, so that junk costs no look at the grid.
 */
export function createPlaceCheck(topic: Topic): PlaceCheck {
  if (topic.sort === 'meet') return (bytes, at) => topic.tag.every((byte, i) => byte === bytes[at + i])
  if (topic.sort === 'transit') {
    const [high, low] = cellHalves(topic.cell)
    return (bytes, at) => u32At(bytes, at) === low && u32At(bytes, at + 4) === high
  }
  const near = Uint32Array.from(gridDisk(topic.cell, 1).flatMap(cellHalves))
  const isFar = topic.sort === 'far'
  return (bytes, at) => {
    let low = u32At(bytes, at)
    let high = u32At(bytes, at + 4)
    if (isFar) {
      if (resOf(high) !== REQUEST_RES) return false
      ;[high, low] = parentHalves(high, low, FAR_RES)
    }
    for (let i = 0; i < near.length; i += 2) if (near[i + 1] === low && near[i] === high) return true
    return false
  }
}
