import { accept, type Verdict } from '@hexhail/protocol/verdict.ts'
import { canonicalProblem, type ProblemFault } from '../assign/canonical.ts'
import { solve } from '../assign/solve.ts'
import type { PoolRequest, PoolTravel, PoolVehicle } from './problem.ts'

/** A car that has nothing to do, and where riders were left. */
export interface IdleMove {
  readonly vehicle: string
  readonly place: number
}

/**
 * Sends cars that have nothing to do to where riders got no car, with the least driving in all: more riders are likely
 * there (Alonso-Mora et al. 2017). No car is promised to anybody by it.
 */
export function sendIdle(
  epoch: number,
  idle: readonly PoolVehicle[],
  left: readonly PoolRequest[],
  { places, turnedDs }: PoolTravel,
  mostDriveDs: number,
): Verdict<IdleMove[], ProblemFault> {
  const rider: number[] = []
  const driver: number[] = []
  const costDs: number[] = []
  left.forEach(({ origin }, r) => {
    idle.forEach(({ place }, d) => {
      const drive = turnedDs[origin * places + place]!
      if (drive >= mostDriveDs) return
      rider.push(r)
      driver.push(d)
      costDs.push(drive)
    })
  })
  const riders = left.map(({ id }) => ({ id, patienceDs: mostDriveDs }))
  const agents = { epoch, riders, drivers: idle.map(({ id }) => id) }
  const problem = canonicalProblem(agents, { rider, driver, costDs })
  if (problem.verdict !== 'accept') return problem
  const origins = new Map(left.map(({ id, origin }) => [id, origin]))
  const { driverOf } = solve(problem.value)
  const moves: IdleMove[] = []
  driverOf.forEach((d, r) => {
    if (d !== -1)
      moves.push({ vehicle: problem.value.drivers[d]!, place: origins.get(problem.value.riders[r]!)! })
  })
  return accept(moves)
}
