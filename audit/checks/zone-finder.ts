import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { cellToParent, getResolution, gridDisk, latLngToCell } from 'h3-js'

/** Finest cells that zones are drawn in (protocol/tariff-places.ts `ZONE_RES`). */
const FINEST = 9
/** Side of a square of the memory, 1e-5 degree: some hundred metres, less than half of a finest cell. */
const SQUARE = 100
/** Zones as the bits of two numbers: 0 to 31, 32 to 63. */
export type ZoneBits = readonly [low: number, high: number]

/** Which zones of a document a place lies in. */
export interface ZoneFinder {
  at(lngE5: number, latE5: number): ZoneBits
}

const NONE: ZoneBits = [0, 0]

/** Looks places up by a memory of squares and cells, so that a million trips ask H3 for some thousand cells. */
export function createZoneFinder({ zones }: Pick<TariffDocument, 'zones'>): ZoneFinder {
  const sets = zones.map(zone => new Set(zone.cells))
  const sizes = [...new Set(zones.flatMap(zone => zone.cells.map(getResolution)))]
  const inside = remembered((cell: string): ZoneBits => {
    const bits: [number, number] = [0, 0]
    const parents = sizes.map(res => cellToParent(cell, res))
    sets.forEach((set, zone) => {
      if (parents.some(parent => set.has(parent))) bits[(zone >>> 5) as 0 | 1] |= 1 << (zone & 31)
    })
    return bits
  })
  /** The zones of a cell and of all its neighbours where they are the same, else null. */
  const around = remembered((cell: string): ZoneBits | null => {
    const [low, high] = inside(cell)
    const isSame = gridDisk(cell, 1).every(each => inside(each)[0] === low && inside(each)[1] === high)
    return isSame ? inside(cell) : null
  })
  const cellAt = (lngE5: number, latE5: number) => latLngToCell(latE5 / 1e5, lngE5 / 1e5, FINEST)
  /** By column and row of squares. */
  const squares = new Map<number, Map<number, ZoneBits | null>>()
  return {
    at(lngE5, latE5) {
      if (zones.length === 0) return NONE
      const x = Math.floor(lngE5 / SQUARE)
      const y = Math.floor(latE5 / SQUARE)
      let column = squares.get(x)
      if (column === undefined) {
        column = new Map()
        squares.set(x, column)
      }
      let bits = column.get(y)
      if (bits === undefined) {
        // Nothing in a square is farther from its middle than the cell around it and that cell's neighbours reach.
        bits = around(cellAt((x + 0.5) * SQUARE, (y + 0.5) * SQUARE))
        column.set(y, bits)
      }
      return bits ?? inside(cellAt(lngE5, latE5))
    },
  }
}

function remembered<T>(of: (cell: string) => T): (cell: string) => T {
  const known = new Map<string, T>()
  return cell => {
    const found = known.get(cell)
    if (found !== undefined) return found
    const made = of(cell)
    known.set(cell, made)
    return made
  }
}
