import { canonicalProblem } from '@hexhail/matcher/assign/canonical.ts'
import { fairCostDs, fairPatienceDs, NO_IDLE_CREDIT } from '@hexhail/matcher/assign/idle-credit.ts'
import { solve } from '@hexhail/matcher/assign/solve.ts'
import type { Matchmaker, SimDriver, SimRider, World } from './world.ts'

/** One who sees all and solves at each epoch's end over all pairs, with no delay: what the others are measured by. */
export function central(world: World): Matchmaker {
  const { clock, scenario, drivers, riders } = world
  const credit = scenario.protocol.idleCredit ?? NO_IDLE_CREDIT
  const patienceDs = 10 * scenario.behaviour.pickupS
  const waiting = new Set<SimRider>()
  const declined = new Set<string>()
  const pair = (rider: SimRider, driver: SimDriver): string => `${rider.id} ${driver.id}`

  const solveNow = (epoch: number): void => {
    const free = drivers.filter(world.isIdle)
    const here = [...waiting]
    if (free.length === 0 || here.length === 0) return
    const pairs = { rider: [] as number[], driver: [] as number[], costDs: [] as number[] }
    here.forEach((rider, r) => {
      free.forEach((driver, d) => {
        const etaDs = world.pickupDs(driver, rider)
        const idleS = Math.floor((clock.nowMs - driver.sinceMs) / 1000)
        const costDs = fairCostDs(credit, { etaDs, idleS, patienceDs })
        if (costDs === null || declined.has(pair(rider, driver))) return
        pairs.rider.push(r)
        pairs.driver.push(d)
        pairs.costDs.push(costDs)
      })
    })
    const agents = {
      epoch,
      riders: here.map(({ id }) => ({ id: `${id}`, patienceDs: fairPatienceDs(credit, patienceDs) })),
      drivers: free.map(({ id }) => `${id}`),
    }
    const problem = canonicalProblem(agents, pairs)
    if (problem.verdict !== 'accept') throw new Error(`The central problem is refused: ${problem.code}.`)
    solve(problem.value).driverOf.forEach((d, r) => {
      if (d === -1) return
      const [rider, driver] = [
        riders[Number(problem.value.riders[r])]!,
        drivers[Number(problem.value.drivers[d])]!,
      ]
      if (!world.accepts()) declined.add(pair(rider, driver))
      else if (world.give([{ rider: rider.id, driver: driver.id, promiseMs: Number.MAX_SAFE_INTEGER }]))
        waiting.delete(rider)
    })
  }
  const { epochMs = 5_000 } = scenario.protocol
  const tick = (): void => {
    solveNow(clock.nowMs / epochMs)
    if (clock.nowMs < 1000 * scenario.measure.untilS + 600_000) clock.at(clock.nowMs + epochMs, tick)
  }
  clock.at(epochMs, tick)
  return {
    asks: rider => void waiting.add(rider),
    isFree: () => {},
    isGone: rider => void waiting.delete(rider),
  }
}
