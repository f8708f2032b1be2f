import { gridDisk } from 'h3-js'
import { cellHalves, isCellIndex, parentHalves } from './cell-bits.ts'
import { FAR_RES, REQUEST_RES, type Topic } from './cells.ts'
import { u32At } from './codec.ts'

/** Tells whether the cell or tag whose bytes begin at `at` may stand in the topic. */
export type PlaceCheck = (bytes: Uint8Array, at: number) => boolean

/**
 * A request may stand in the topic of its cell, for far ones of the cell's parent, and in those next to it; a rendezvous
 * in the topic of its tag. Made once a topic, so that junk costs no look at the grid.
 */
export function createPlaceCheck(topic: Topic): PlaceCheck {
  if (topic.sort === 'meet') return (bytes, at) => topic.tag.every((byte, i) => byte === bytes[at + i])
  const near = gridDisk(topic.cell, 1).map(cellHalves)
  const isFar = topic.sort === 'far'
  return (bytes, at) => {
    const low = u32At(bytes, at)
    const high = u32At(bytes, at + 4)
    if (!isCellIndex(high, low, REQUEST_RES)) return false
    const own = isFar ? parentHalves(high, low, FAR_RES) : null
    return near.some(([h, l]) => h === (own?.[0] ?? high) && l === (own?.[1] ?? low))
  }
}
