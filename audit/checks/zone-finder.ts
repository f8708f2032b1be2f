import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { cellToParent, getResolution, gridDisk, latLngToCell } from 'h3-js'

/** Finest cells that zones are drawn in (protocol/tariff-places.ts `ZONE_RES`). */
const FINEST = 9
/** Side of a square of the memory, 1e-5 degree: some hundred metres, less than half of a finest cell. */
const SQUARE = 100
/** Known, but zones end in it: each place in it is looked up by itself. */
const MIXED = -1

/** Which zones of a document a place lies in, as the bits of two numbers. */
export interface ZoneFinder {
  /** Bits of zones 0 to 31, or with `half` 1 of zones 32 to 63. */
  at(lngE5: number, latE5: number, half: 0 | 1): number
}

/** Looks places up by a memory of squares, so that a million trips ask H3 for some thousand cells. */
export function createZoneFinder({ zones }: Pick<TariffDocument, 'zones'>): ZoneFinder {
  const cells = zones.map(zone => new Set(zone.cells))
  const sizes = [...new Set(zones.flatMap(zone => zone.cells.map(getResolution)))]
  const exact = (cell: string): readonly [number, number] => {
    const bits: [number, number] = [0, 0]
    const parents = sizes.map(res => cellToParent(cell, res))
    cells.forEach((set, zone) => {
      if (parents.some(parent => set.has(parent))) bits[zone >>> 5]! |= 1 << (zone & 31)
    })
    return bits
  }
  const cellAt = (lngE5: number, latE5: number) => latLngToCell(latE5 / 1e5, lngE5 / 1e5, FINEST)
  const squares = new Map<number, number>()
  const known: (readonly [number, number])[] = []
  const byBits = new Map<string, number>()
  const keep = (bits: readonly [number, number]): number => {
    const name = bits.join()
    const found = byBits.get(name)
    if (found !== undefined) return found
    byBits.set(name, known.length)
    return known.push(bits) - 1
  }
  /** Nothing in a square is farther from its middle than the cell around it and that cell's neighbours reach. */
  const squareAt = (lngE5: number, latE5: number): number => {
    const middle = cellAt(
      (Math.floor(lngE5 / SQUARE) + 0.5) * SQUARE,
      (Math.floor(latE5 / SQUARE) + 0.5) * SQUARE,
    )
    const around = new Set(gridDisk(middle, 1).map(cell => keep(exact(cell))))
    return around.size === 1 ? [...around][0]! : MIXED
  }
  return {
    at(lngE5, latE5, half) {
      if (zones.length === 0) return 0
      const square = Math.floor(lngE5 / SQUARE) * 1e6 + Math.floor(latE5 / SQUARE)
      let bits = squares.get(square)
      if (bits === undefined) {
        bits = squareAt(lngE5, latE5)
        squares.set(square, bits)
      }
      return (bits === MIXED ? exact(cellAt(lngE5, latE5)) : known[bits]!)[half]
    },
  }
}
