import { areNeighborCells, gridPathCells } from 'h3-js'
import { cellHalves, parentHalves, resOf } from './cell-bits.ts'
import type { TariffDocument, TariffZone } from './tariff-document.ts'

/** Finest cells that a tariff's zones are drawn in. */
export const ZONE_RES = 9

/** How a trip meets a zone. */
export interface ZoneTouch {
  readonly pickup: boolean
  readonly dropoff: boolean
  /** On the way, neither begun nor ended there. */
  readonly through: boolean
}

/** A zone's cells to look up, and their sizes. */
interface Drawn {
  readonly cells: ReadonlySet<string>
  readonly resolutions: readonly number[]
}

const drawnZones = new WeakMap<readonly string[], Drawn>()

/**
 * How a way meets a zone. `path` is the cells in order, first where it begins, last where it ends, each at least as fine
 * as the zone's: of a coarser one nothing is known, so it lies in no finer zone.
 */
export function touchOf({ cells }: Pick<TariffZone, 'cells'>, path: readonly string[]): ZoneTouch {
  const drawn = drawnZones.get(cells) ?? {
    cells: new Set(cells),
    resolutions: [...new Set(cells.map(resolutionOf))],
  }
  drawnZones.set(cells, drawn)
  const isIn = (cell: string | undefined): boolean =>
    cell !== undefined &&
    drawn.resolutions.some(res => resolutionOf(cell) >= res && drawn.cells.has(parentOf(cell, res)))
  const pickup = isIn(path[0])
  const dropoff = isIn(path.at(-1))
  return { pickup, dropoff, through: !pickup && !dropoff && path.some(isIn) }
}

/** How often a way passes the gantries of a toll, from the one cell into the other. */
export function crossings({ gantries }: TariffDocument['tolls'][number], path: readonly string[]): number {
  if (path.length < 2) return 0
  const edges = new Set(gantries.map(({ from, to }) => `${from} ${to}`))
  let count = 0
  for (const res of new Set(gantries.map(gantry => resolutionOf(gantry.from)))) {
    const way = stepsOf(path, res)
    for (let i = 1; i < way.length; i++) if (edges.has(`${way[i - 1]} ${way[i]}`)) count++
  }
  return count
}

const steps = new WeakMap<readonly string[], Map<number, readonly string[]>>()

/** A way in cells of one size, each once in a row, gaps filled in straight; cells that are coarser are left out. */
function stepsOf(path: readonly string[], res: number): readonly string[] {
  const byRes = steps.get(path) ?? new Map<number, readonly string[]>()
  steps.set(path, byRes)
  const known = byRes.get(res)
  if (known) return known
  const way: string[] = []
  for (const cell of path) {
    if (resolutionOf(cell) < res) continue
    const next = parentOf(cell, res)
    const last = way.at(-1)
    if (next === last) continue
    if (last !== undefined && !areNeighborCells(last, next)) way.push(...between(last, next))
    way.push(next)
  }
  byRes.set(res, way)
  return way
}

function between(from: string, to: string): readonly string[] {
  try {
    return gridPathCells(from, to).slice(1, -1)
  } catch {
    return [] // across one of the twelve pentagons there is no straight line
  }
}

const resolutionOf = (cell: string): number => resOf(cellHalves(cell)[0])

/** As h3-js `cellToParent`, and much quicker. */
function parentOf(cell: string, res: number): string {
  const [high, low] = cellHalves(cell)
  const [top, rest] = parentHalves(high, low, res)
  return top.toString(16) + rest.toString(16).padStart(8, '0')
}
