import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { accept, type Verdict } from '@hexhail/protocol/verdict.ts'
import { type OrderedAgents, orderAgents, type ProblemFault, pairWeight, sortRow } from './canonical.ts'
import { type Agents, type Assignment, type AssignProblem, MAX_COST_DS, TIE_UNIT } from './problem.ts'
import type { Rows } from './rows.ts'
import { solveRows } from './solve.ts'

/** Some drivers and what each would cost a rider. */
export interface NearDrivers {
  readonly drivers: readonly { readonly id: string; readonly costDs: number }[]
  /** No driver who is not among them costs less; `Infinity` where no other can come at all. */
  readonly othersDs: number
}

/**
 * The cheapest `count` drivers of a rider, or more; in the product the k nearest of `streets`. Asked again with a greater
 * count it must give all it gave before at the same costs, and more, or say `Infinity`.
 */
export type NearDriversOf = (rider: string, count: number) => NearDrivers

/** The best of all pairs that there are, and the problem of those pairs that were looked at for it. */
export interface FullSolution {
  readonly problem: AssignProblem
  readonly assignment: Assignment
  /** By rider: no pair that is not in the problem costs less. None is below his dual: that proves it for all pairs. */
  readonly othersDs: Float64Array
}

/** How many drivers each rider is asked for at first: 16 to 20 do for most. */
const FIRST = 16

/**
 * The best assignment over all pairs of riders and drivers, of which only those are asked for that could be in it: a
 * rider's row grows, twofold each time, when the search comes to the distance where a pair that it lacks may matter.
 * Throws `HexhailError` `near-drivers` where `nearDriversOf` breaks its promises.
 */
export function solveFull(
  agents: Agents,
  nearDriversOf: NearDriversOf,
  first = FIRST,
): Verdict<FullSolution, ProblemFault> {
  const ordered = orderAgents(agents)
  if (ordered.verdict !== 'accept') return ordered
  const rows = growingRows(ordered.value, nearDriversOf)
  const { epoch, riders, drivers, patience } = ordered.value
  for (let r = 0; r < riders.length; r++) rows.ask(r, first)
  const assignment = solveRows(rows, patience, drivers.length)
  const problem = { epoch, riders, drivers, patience, ...rows.packed() }
  return accept({ problem, assignment, othersDs: rows.floor.map(weight => weight / TIE_UNIT) })
}

interface GrowingRows extends Rows {
  /** Asks anew for a rider's row, of `count` drivers. */
  ask(rider: number, count: number): void
  /** The rows one after the other, as they are now. */
  packed(): Pick<AssignProblem, 'from' | 'driver' | 'weight'>
}

function growingRows(agents: OrderedAgents, nearDriversOf: NearDriversOf): GrowingRows {
  const { riders, drivers, patience } = agents
  const place = new Map(drivers.map((id, d) => [id, d]))
  const start = new Uint32Array(riders.length)
  const end = new Uint32Array(riders.length)
  const asked = new Uint32Array(riders.length)
  const floor = new Float64Array(riders.length)
  let driver = new Uint32Array(FIRST * riders.length)
  let weight = new Float64Array(FIRST * riders.length)
  let used = 0

  const fail = (rider: number, what: string): never => {
    throw new HexhailError('near-drivers', `Of rider ${riders[rider]} ${what}.`, { rider: riders[rider] })
  }
  const room = (more: number): void => {
    if (used + more <= driver.length) return
    const length = 2 * (used + more)
    const [d, w] = [new Uint32Array(length), new Float64Array(length)]
    d.set(driver)
    w.set(weight)
    driver = d
    weight = w
  }
  /** The row is written anew behind all others: whoever reads the old one meanwhile reads what was true. */
  const ask = (rider: number, count: number): void => {
    const { drivers: near, othersDs } = nearDriversOf(riders[rider]!, count)
    room(near.length)
    start[rider] = used
    for (const { id, costDs } of near) {
      const d = place.get(id) ?? fail(rider, `${id} was told, who is no driver of this epoch`)
      if (!Number.isInteger(costDs) || costDs < 0 || costDs > MAX_COST_DS)
        fail(rider, `${id} would cost ${costDs}, which is no cost`)
      const w = pairWeight(agents, rider, d, costDs)
      if (w >= patience[rider]!) continue
      driver[used] = d
      weight[used++] = w
    }
    end[rider] = used
    sortRow(driver, weight, start[rider], used)
    const row = driver.subarray(start[rider], used)
    if (new Set(row).size !== row.length) fail(rider, 'a driver was told twice')
    asked[rider] = count
    const others = othersDs * TIE_UNIT
    if (!(others >= floor[rider]!)) fail(rider, `others cost ${othersDs} now, and cost more before`)
    floor[rider] = others >= patience[rider]! ? Number.POSITIVE_INFINITY : others
  }

  return {
    start,
    end,
    floor,
    get driver() {
      return driver
    },
    get weight() {
      return weight
    },
    ask,
    more(rider) {
      if (asked[rider]! >= drivers.length)
        fail(rider, 'all drivers were asked for, and others are said to be left')
      ask(rider, Math.min(2 * asked[rider]!, drivers.length))
    },
    packed() {
      const from = new Uint32Array(riders.length + 1)
      for (let r = 0; r < riders.length; r++) from[r + 1] = from[r]! + end[r]! - start[r]!
      const all = { from, driver: new Uint32Array(from.at(-1)!), weight: new Float64Array(from.at(-1)!) }
      for (let r = 0; r < riders.length; r++) {
        all.driver.set(driver.subarray(start[r], end[r]), from[r])
        all.weight.set(weight.subarray(start[r], end[r]), from[r])
      }
      return all
    },
  }
}
