import { augment, type Matching } from './augment.ts'
import { type Assignment, type AssignProblem, TIE_UNIT } from './problem.ts'
import type { Rows } from './rows.ts'

/** The best assignment of a problem, exactly, with the least prices. */
export function solve(problem: AssignProblem): Assignment {
  const { from, driver, weight, patience } = problem
  const riders = problem.riders.length
  const floor = new Float64Array(riders).fill(Number.POSITIVE_INFINITY)
  const rows: Rows = { start: from, end: from.subarray(1), driver, weight, floor, more: () => {} }
  return solveRows(rows, patience, problem.drivers.length)
}

/** As `solve`, over rows that may still lack pairs: those that could matter are fetched on the way. */
export function solveRows(rows: Rows, patience: Float64Array, drivers: number): Assignment {
  const riders = patience.length
  const matching: Matching = {
    driverOf: new Int32Array(riders).fill(-1),
    riderOf: new Int32Array(drivers).fill(-1),
    weightOf: new Float64Array(riders),
    priceOf: new Float64Array(drivers),
  }
  const left = takeNearest(rows, patience, matching)
  augment(rows, patience, matching, left)
  return assignmentOf(patience, matching)
}

/** Gives the cheapest driver to each rider who is the first to want him; the rest are left. No price is needed for that. */
function takeNearest(rows: Rows, patience: Float64Array, matching: Matching): number[] {
  const { driverOf, riderOf, weightOf } = matching
  const left: number[] = []
  for (let r = 0; r < driverOf.length; r++) {
    const e = rows.start[r]!
    const d = e < rows.end[r]! && rows.weight[e]! <= rows.floor[r]! ? rows.driver[e]! : -1
    if (d === -1 || riderOf[d] !== -1 || rows.weight[e]! >= patience[r]!) left.push(r)
    else {
      driverOf[r] = d
      riderOf[d] = r
      weightOf[r] = rows.weight[e]!
    }
  }
  return left
}

function assignmentOf(patience: Float64Array, { driverOf, weightOf, priceOf }: Matching): Assignment {
  const dualOf = new Float64Array(driverOf.length)
  let matched = 0
  let costDs = 0
  for (let r = 0; r < driverOf.length; r++) {
    const d = driverOf[r]!
    const weight = d === -1 ? patience[r]! : weightOf[r]!
    dualOf[r] = d === -1 ? weight : weight + priceOf[d]!
    costDs += Math.floor(weight / TIE_UNIT)
    if (d !== -1) matched++
  }
  return { driverOf, priceOf, dualOf, matched, costDs }
}
