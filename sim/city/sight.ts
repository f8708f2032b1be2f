import { createStickyCell } from '@hexhail/client/sticky-cell.ts'
import { cellAt, cellCentre } from '@hexhail/protocol/cells.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { Seeded } from '../seeded.ts'
import type { City } from './city-times.ts'

/** How much of the truth a bid tells; `npm run bench -- protocol --only privacy` has what each setting costs and hides. */
export interface Privacy {
  /** Cell whose middle a driver's times are counted from: an H3 resolution, `sticky` as drivers' pages do, or where he is. */
  readonly driver: number | 'sticky' | 'exact'
  /** Resolution of the cell to whose middle times are counted; `exact`: to the rider. */
  readonly rider: number | 'exact'
  /** Times are rounded up to whole steps, s; 0: tenths of a second. */
  readonly stepS: number
}

/** Nodes that stand for where people are. */
export interface Sight {
  driverAt(driver: number, node: number): number
  riderAt(node: number): number
  /** A time as it is told, tenths of a second. */
  toldDs(ds: number): number
}

/** Sees as a setting has it. Sticky cells are drawn from `rng`. */
export function createSight({ nodes, places }: City, privacy: Privacy, rng: Pick<Seeded, 'next'>): Sight {
  const placeOf = (node: number): LngLat => [places[2 * node]!, places[2 * node + 1]!]
  const middles = new Map<string, number>()
  /** The node nearest to a cell's middle. */
  const middleOf = (cell: string): number => {
    const known = middles.get(cell)
    if (known !== undefined) return known
    const [lng, lat] = cellCentre(cell)
    const narrow = Math.cos((lat * Math.PI) / 180)
    let best = -1
    let bestSquare = Number.POSITIVE_INFINITY
    for (let node = 0; node < nodes; node++) {
      const [x, y] = [(places[2 * node]! - lng) * narrow, places[2 * node + 1]! - lat]
      if (x * x + y * y < bestSquare) [best, bestSquare] = [node, x * x + y * y]
    }
    middles.set(cell, best)
    return best
  }
  const byRes = (res: number): Uint16Array =>
    Uint16Array.from({ length: nodes }, (_, node) => middleOf(cellAt(placeOf(node), res)))
  const riderNodes = privacy.rider === 'exact' ? null : byRes(privacy.rider)
  const driverNodes = typeof privacy.driver === 'number' ? byRes(privacy.driver) : null
  const stickies = new Map<number, (place: LngLat) => string>()
  const stickyNode = (driver: number, node: number): number => {
    let cellOf = stickies.get(driver)
    if (cellOf === undefined) {
      cellOf = createStickyCell(() => rng.next())
      stickies.set(driver, cellOf)
    }
    return middleOf(cellOf(placeOf(node)))
  }
  const stepDs = 10 * privacy.stepS
  return {
    driverAt: (driver, node) =>
      privacy.driver === 'sticky' ? stickyNode(driver, node) : (driverNodes?.[node] ?? node),
    riderAt: node => riderNodes?.[node] ?? node,
    toldDs: ds => (stepDs === 0 ? ds : Math.max(1, Math.ceil(ds / stepDs)) * stepDs),
  }
}
