import type { AssignProblem } from '@hexhail/matcher/assign/problem.ts'

/** The least weight of a small problem by looking at every assignment, and how many have it. */
export interface Best {
  readonly weight: number
  readonly count: number
}

/** Looks at all sets of taken drivers, rider by rider; `twice` is a driver who is there two times. */
export function bruteBest(problem: AssignProblem, twice = -1): Best {
  const { riders, drivers, patience, from, driver, weight } = problem
  const bits = (d: number): number[] => (d === twice ? [1 << d, 1 << drivers.length] : [1 << d])
  let ways = new Map<number, Best>([[0, { weight: 0, count: 1 }]])
  for (let r = 0; r < riders.length; r++) {
    const after = new Map<number, Best>()
    const reach = (taken: number, sum: number, count: number): void => {
      const had = after.get(taken)
      if (!had || sum < had.weight) after.set(taken, { weight: sum, count })
      else if (sum === had.weight) after.set(taken, { weight: sum, count: had.count + count })
    }
    for (const [taken, way] of ways) {
      reach(taken, way.weight + patience[r]!, way.count)
      for (let e = from[r]!; e < from[r + 1]!; e++)
        for (const bit of bits(driver[e]!))
          if ((taken & bit) === 0) reach(taken | bit, way.weight + weight[e]!, way.count)
    }
    ways = after
  }
  const least = Math.min(...[...ways.values()].map(way => way.weight))
  const best = [...ways.values()].filter(way => way.weight === least)
  return { weight: least, count: best.reduce((sum, { count }) => sum + count, 0) }
}
