import { cellHalves, isCellIndex, parentHalves } from '@hexhail/protocol/cell-bits.ts'
import fc from 'fast-check'
import { cellToParent, getPentagons, getRes0Cells, getResolution, isValidCell } from 'h3-js'
import { describe, expect, it } from 'vitest'
import { anyCell } from './any-message.ts'

const text = (high: number, low: number): string =>
  (high >>> 0).toString(16) + (low >>> 0).toString(16).padStart(8, '0')

describe('the halves of a cell’s index', () => {
  it('are a cell exactly when h3 says so, for cells and for all their neighbours by one bit', () => {
    fc.assert(
      fc.property(anyCell, cell => {
        const [high, low] = cellHalves(cell)
        expect(isCellIndex(high, low)).toBe(true)
        for (let bit = 0; bit < 64; bit++) {
          const h = bit < 32 ? high : (high ^ (1 << (bit - 32))) >>> 0
          const l = bit < 32 ? (low ^ (1 << bit)) >>> 0 : low
          expect(isCellIndex(h, l), text(h, l)).toBe(isValidCell(text(h, l)))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('know the pentagons, of every resolution, and the direction that they lack', () => {
    for (let res = 0; res <= 15; res++)
      for (const pentagon of [...getPentagons(res), ...getRes0Cells()]) {
        const [high, low] = cellHalves(pentagon)
        expect(isCellIndex(high, low)).toBe(true)
        if (getResolution(pentagon) === 0) continue
        const [h, l] =
          res > 5 ? [high, (low | (1 << (3 * (15 - res)))) >>> 0] : [high | (1 << (3 * (15 - res) - 32)), low]
        expect(isCellIndex(h, l), text(h, l)).toBe(isValidCell(text(h, l)))
      }
  })

  it('are no cell for random bits, as h3 says too', () => {
    const half = fc.integer({ min: 0, max: 0xffffffff })
    fc.assert(
      fc.property(half, half, (high, low) => isCellIndex(high, low) === isValidCell(text(high, low))),
      { numRuns: 1000 },
    )
  })

  it('have the parents of h3', () => {
    fc.assert(
      fc.property(anyCell, fc.nat(15), (cell, res) => {
        fc.pre(res <= getResolution(cell))
        expect(text(...parentHalves(...cellHalves(cell), res))).toBe(cellToParent(cell, res))
      }),
    )
  })
})
