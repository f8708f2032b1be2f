import { canonicalProblem } from '@hexhail/matcher/assign/canonical.ts'
import { checkCertificate } from '@hexhail/matcher/assign/certificate.ts'
import { solve } from '@hexhail/matcher/assign/solve.ts'
import { type NearDriversOf, solveFull } from '@hexhail/matcher/assign/solve-full.ts'
import type { Drawn } from './random-agents.ts'

/** tests/vectors/assign.json, as `make-assign.ts` writes it. */
export interface AssignVectors {
  readonly cases: readonly (Drawn & {
    readonly canonical: { readonly riders: readonly string[]; readonly drivers: readonly string[] }
    readonly best: object
  })[]
}

/** What this machine makes of each vector: runs in Node and, as it stands, in a page. Null where nothing differs. */
export function differsFrom({ cases }: AssignVectors): string | null {
  for (const [i, { canonical, best, ...drawn }] of cases.entries()) {
    const verdict = canonicalProblem(drawn, drawn.pairs)
    if (verdict.verdict !== 'accept') return `Vector ${i} is refused: ${verdict.code}.`
    const problem = verdict.value
    const told = (solution: ReturnType<typeof solve>): string => {
      const { driverOf, priceOf, dualOf, matched, costDs } = solution
      return JSON.stringify({
        driverOf: [...driverOf],
        priceOf: [...priceOf],
        dualOf: [...dualOf],
        matched,
        costDs,
      })
    }
    const { riders, drivers } = problem
    if (JSON.stringify({ riders, drivers }) !== JSON.stringify(canonical))
      return `Vector ${i} has another order.`
    const found = solve(problem)
    if (told(found) !== JSON.stringify(best)) return `Vector ${i} has another solution: ${told(found)}`
    const proof = checkCertificate(problem, found)
    if (proof.verdict !== 'accept') return `Vector ${i} is not proven: ${proof.code}.`
    const full = solveFull(drawn, nearest(drawn), 2)
    if (full.verdict !== 'accept' || told(full.value.assignment) !== JSON.stringify(best))
      return `Vector ${i} differs when its pairs are asked for.`
  }
  return null
}

/** Gives the k cheapest drivers of a drawn problem, as a street router would. */
export function nearest(drawn: Drawn): NearDriversOf {
  const rows = new Map(drawn.riders.map(({ id }) => [id, [] as { id: string; costDs: number }[]]))
  drawn.pairs.costDs.forEach((costDs, e) => {
    const id = drawn.drivers[drawn.pairs.driver[e]!]!
    rows.get(drawn.riders[drawn.pairs.rider[e]!]!.id)!.push({ id, costDs })
  })
  for (const row of rows.values()) row.sort((a, b) => a.costDs - b.costDs)
  return (rider, count) => {
    const row = rows.get(rider)!
    const othersDs = count < row.length ? row[count - 1]!.costDs : Number.POSITIVE_INFINITY
    return { drivers: row.slice(0, count), othersDs }
  }
}
