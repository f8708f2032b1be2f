import { type AssignProblem, TIE_UNIT } from '@hexhail/matcher/assign/problem.ts'
import { installInto, requireFrom } from '../npm-rivals.ts'

const MUNKRES = 'munkres@2.0.4'
const HIGHS = 'highs@1.15.3'

/** Other programs for the same problem, by the cost that they find; null where npm does not give them. */
export interface Rivals {
  readonly munkres: ((matrix: number[][]) => number) | null
  readonly highs: ((problem: AssignProblem) => number) | null
}

/** Installs the rivals into `dir`, unless they are there. */
export async function rivalsIn(dir: string): Promise<Rivals> {
  const hasMunkres = installInto(dir, [MUNKRES], [HIGHS])
  const hasHighs = installInto(dir, [HIGHS], [MUNKRES])
  type Munkres = { munkres(matrix: number[][]): [number, number][] }
  const munkres = hasMunkres ? requireFrom<Munkres>(dir, 'munkres').munkres : null
  type Highs = { solve(lp: string): { Status: string; ObjectiveValue: number } }
  const highs = hasHighs ? await requireFrom<() => Promise<Highs>>(dir, 'highs')() : null
  return {
    munkres: munkres && (matrix => munkres(matrix).reduce((sum, [r, d]) => sum + matrix[r]![d]!, 0)),
    highs:
      highs &&
      (problem => {
        if (problem.riders.length === 0) return 0
        const { Status, ObjectiveValue } = highs.solve(lpOf(problem))
        if (Status !== 'Optimal') throw new Error(`HiGHS ends with «${Status}».`)
        return Math.round(ObjectiveValue)
      }),
  }
}

const costOf = (weight: number): number => Math.floor(weight / TIE_UNIT)

/** The full matrix of costs; whoever has no pair, or a dear one, is at his patience: that is to stay unmatched. */
export function matrixOf({ riders, drivers, patience, from, driver, weight }: AssignProblem): number[][] {
  return riders.map((_, r) => {
    const row: number[] = new Array(drivers.length).fill(costOf(patience[r]!))
    for (let e = from[r]!; e < from[r + 1]!; e++) row[driver[e]!] = costOf(weight[e]!)
    return row
  })
}

/** The problem as a linear program in CPLEX's text format; its corners are whole. */
function lpOf({ riders, drivers, patience, from, driver, weight }: AssignProblem): string {
  const terms: string[] = []
  const takes: string[][] = drivers.map(() => [])
  const rows = riders.map((_, r) => {
    const row = [`u${r}`]
    terms.push(`${costOf(patience[r]!)} u${r}`)
    for (let e = from[r]!; e < from[r + 1]!; e++) {
      terms.push(`${costOf(weight[e]!)} x${e}`)
      takes[driver[e]!]!.push(`x${e}`)
      row.push(`x${e}`)
    }
    return ` r${r}: ${row.join(' + ')} = 1`
  })
  const columns = takes.flatMap((taken, d) => (taken.length < 2 ? [] : [` d${d}: ${taken.join(' + ')} <= 1`]))
  return ['Minimize', ` c: ${terms.join(' + ')}`, 'Subject To', ...rows, ...columns, 'End'].join('\n')
}

/** Cost of taking the cheapest pair of two free people again and again. */
export function greedyCost({ riders, drivers, patience, from, driver, weight }: AssignProblem): number {
  const riderOf = Uint32Array.from(weight)
  for (let r = 0; r < riders.length; r++) riderOf.fill(r, from[r], from[r + 1])
  const order = Uint32Array.from(weight, (_, e) => e).sort((a, b) => weight[a]! - weight[b]!)
  const isTaken = new Uint8Array(drivers.length)
  const isServed = new Uint8Array(riders.length)
  let sum = 0
  for (const e of order) {
    const [r, d] = [riderOf[e]!, driver[e]!]
    if (isServed[r] === 1 || isTaken[d] === 1) continue
    isServed[r] = isTaken[d] = 1
    sum += costOf(weight[e]!)
  }
  return patience.reduce((total, p, r) => total + (isServed[r] === 1 ? 0 : costOf(p)), sum)
}
