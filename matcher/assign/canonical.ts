import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import {
  type Agents,
  type AssignProblem,
  MAX_AGENTS,
  MAX_COST_DS,
  MAX_EDGES,
  type PairCosts,
  TIE_UNIT,
} from './problem.ts'
import { idHash, tieBits, tieOf } from './tie.ts'

/** What can be wrong with a problem. */
export type ProblemFault =
  | 'epoch'
  | 'too-many-agents'
  | 'too-many-pairs'
  | 'rider-twice'
  | 'driver-twice'
  | 'patience'
  | 'lengths'
  | 'no-such-agent'
  | 'cost'
  | 'pair-twice'

/** Riders and drivers in canonical order, with what ties are made of. */
export interface OrderedAgents {
  readonly epoch: number
  readonly riders: readonly string[]
  readonly drivers: readonly string[]
  readonly patience: Float64Array
  readonly riderHash: Int32Array
  readonly driverHash: Int32Array
  readonly tieBits: number
  /** By the place in the lists as given: the place in canonical order. */
  readonly riderAt: Uint32Array
  readonly driverAt: Uint32Array
}

/** Longer rows are not sorted by insertion. */
const LONG_ROW = 48

const isWhole = (n: number, most: number): boolean => Number.isInteger(n) && n >= 0 && n <= most

/** Puts riders and drivers in canonical order. */
export function orderAgents({ epoch, riders, drivers }: Agents): Verdict<OrderedAgents, ProblemFault> {
  if (!isWhole(epoch, Number.MAX_SAFE_INTEGER)) return reject('epoch')
  if (riders.length > MAX_AGENTS || drivers.length > MAX_AGENTS) return reject('too-many-agents')
  if (!riders.every(({ patienceDs }) => isWhole(patienceDs, MAX_COST_DS))) return reject('patience')
  const byRider = orderOf(riders.map(({ id }) => id))
  if (!byRider) return reject('rider-twice')
  const byDriver = orderOf(drivers)
  if (!byDriver) return reject('driver-twice')
  return accept({
    epoch,
    riders: byRider.ids,
    drivers: byDriver.ids,
    patience: Float64Array.from(byRider.order, i => riders[i]!.patienceDs * TIE_UNIT),
    riderHash: Int32Array.from(byRider.ids, id => idHash(epoch, id)),
    driverHash: Int32Array.from(byDriver.ids, id => idHash(epoch, id)),
    tieBits: tieBits(Math.min(riders.length, drivers.length)),
    riderAt: byRider.at,
    driverAt: byDriver.at,
  })
}

/** The one form of a problem, in whatever order its parts arrived. Pairs that cost the rider's patience or more are left out. */
export function canonicalProblem(agents: Agents, pairs: PairCosts): Verdict<AssignProblem, ProblemFault> {
  const ordered = orderAgents(agents)
  if (ordered.verdict !== 'accept') return ordered
  const { epoch, riders, drivers, patience, riderAt, driverAt } = ordered.value
  const count = pairs.costDs.length
  if (pairs.rider.length !== count || pairs.driver.length !== count) return reject('lengths')
  if (count > MAX_EDGES) return reject('too-many-pairs')
  const sizes = new Uint32Array(riders.length)
  for (let e = 0; e < count; e++) {
    const [r, d] = [pairs.rider[e]!, pairs.driver[e]!]
    if (!isWhole(r, riders.length - 1) || !isWhole(d, drivers.length - 1)) return reject('no-such-agent')
    if (!isWhole(pairs.costDs[e]!, MAX_COST_DS)) return reject('cost')
    sizes[riderAt[r]!]!++
  }
  const rows = rowsOf(sizes)
  const all = { driver: new Uint32Array(count), weight: new Float64Array(count) }
  const next = rows.slice()
  for (let e = 0; e < count; e++) {
    const rider = riderAt[pairs.rider[e]!]!
    const driver = driverAt[pairs.driver[e]!]!
    const entry = next[rider]!++
    all.driver[entry] = driver
    all.weight[entry] = pairWeight(ordered.value, rider, driver, pairs.costDs[e]!)
  }
  const seen = new Int32Array(drivers.length).fill(-1)
  const from = new Uint32Array(riders.length + 1)
  let kept = 0
  for (let r = 0; r < riders.length; r++) {
    const end = rows[r + 1]!
    for (let e = rows[r]!; e < end; e++) {
      if (seen[all.driver[e]!] === r) return reject('pair-twice')
      seen[all.driver[e]!] = r
    }
    sortRow(all.driver, all.weight, rows[r]!, end)
    for (let e = rows[r]!; e < end && all.weight[e]! < patience[r]!; e++, kept++) {
      all.driver[kept] = all.driver[e]!
      all.weight[kept] = all.weight[e]!
    }
    from[r + 1] = kept
  }
  const [driver, weight] = [all.driver.slice(0, kept), all.weight.slice(0, kept)]
  return accept({ epoch, riders, drivers, patience, from, driver, weight })
}

/** The weight of a pair, by places in canonical order. */
export const pairWeight = (agents: OrderedAgents, rider: number, driver: number, costDs: number): number =>
  costDs * TIE_UNIT + tieOf(agents.riderHash[rider]!, agents.driverHash[driver]!, agents.tieBits)

/** Sorts entries by weight, then by driver. Most rows are short; a long one must not cost its square. */
export function sortRow(driver: Uint32Array, weight: Float64Array, from: number, to: number): void {
  if (to - from > LONG_ROW) {
    const [ds, ws] = [driver.slice(from, to), weight.slice(from, to)]
    const order = Uint32Array.from(ds, (_, i) => i).sort((a, b) => ws[a]! - ws[b]! || ds[a]! - ds[b]!)
    for (let i = 0; i < order.length; i++) {
      driver[from + i] = ds[order[i]!]!
      weight[from + i] = ws[order[i]!]!
    }
    return
  }
  for (let e = from + 1; e < to; e++) {
    const [d, w] = [driver[e]!, weight[e]!]
    let at = e
    for (; at > from; at--) {
      const before = weight[at - 1]!
      if (before < w || (before === w && driver[at - 1]! < d)) break
      weight[at] = before
      driver[at] = driver[at - 1]!
    }
    weight[at] = w
    driver[at] = d
  }
}

function rowsOf(sizes: Uint32Array): Uint32Array {
  const rows = new Uint32Array(sizes.length + 1)
  for (let r = 0; r < sizes.length; r++) rows[r + 1] = rows[r]! + sizes[r]!
  return rows
}

/** Ids in order, and who stands where; null where one is there twice. */
function orderOf(given: readonly string[]): { ids: string[]; order: Uint32Array; at: Uint32Array } | null {
  const order = Uint32Array.from(given, (_, i) => i)
  order.sort((a, b) => (given[a]! < given[b]! ? -1 : 1))
  const ids = Array.from(order, i => given[i]!)
  if (ids.some((id, i) => i > 0 && id === ids[i - 1])) return null
  const at = new Uint32Array(given.length)
  for (let i = 0; i < order.length; i++) at[order[i]!] = i
  return { ids, order, at }
}
