/**
 * How near plans of booked rides come to the best known: `npm run bench -- darp [--only a|pr|lilim] [--match REGEXP]
 * [--seconds N] [--seed N]`. README.md says what is measured.
 */
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { checkPlan } from '@hexhail/matcher/plan/check-plan.ts'
import { modelOf } from '@hexhail/matcher/plan/model.ts'
import { planOf } from '@hexhail/matcher/plan/plan-rides.ts'
import { Search } from '@hexhail/matcher/plan/search.ts'
import { seeded } from '../unit/streets/grid-town.ts'
import { UNITS } from './darp/read-instances.ts'
import { isHere, type Known, SETS } from './darp/sets.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    match: { type: 'string', default: '' },
    seconds: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
  },
  args: process.argv.slice(2).filter(arg => arg !== '--'),
})

/** Set, CPU seconds an instance, and the name of the figure. */
const RUNS = [
  ['a', 1, 'aGap1s'],
  ['a', 10, 'aGap10s'],
  ['pr', 10, 'prGap10s'],
  ['lilim', 1, 'lilimGap1s'],
] as const
const STEPS = 16

const cpuS = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

let infeasible = 0

/** Plans one instance within so many CPU seconds of this process; the gap in percent, or null if not all are served. */
function gapOf({ name, problem, best }: Known, seconds: number): number | null {
  const begun = cpuS()
  const model = modelOf(problem)
  const search = new Search(model, seeded(Number(values.seed)))
  search.start()
  let steps = 0
  for (let done = 0; done < 1; done = (cpuS() - begun) / seconds)
    for (let k = 0; k < STEPS; k++, steps++) search.step(done)
  const plan = planOf(problem, model, search.bestNodes)
  const breaches = checkPlan(problem, plan)
  if (breaches.length > 0) {
    infeasible++
    console.log(`INFEASIBLE: ${name}: ${JSON.stringify(breaches.slice(0, 3))}`)
  }
  const cost = plan.drivingS / UNITS
  const gap = (100 * (cost - best)) / best
  const unserved = plan.unserved.length
  console.log(
    `${name.padEnd(8)} ${cost.toFixed(2).padStart(9)} ${best.toFixed(2).padStart(9)} ${gap.toFixed(3).padStart(7)} %` +
      ` ${`${steps}`.padStart(8)} steps${unserved > 0 ? `, ${unserved} unserved` : ''}`,
  )
  return unserved > 0 ? null : gap
}

if (!isHere) console.log('Skipped: ../shared/data/matching is not there.')
else {
  const figures: Record<string, number | null> = {}
  for (const [set, seconds, figure] of RUNS) {
    if (values.only !== '' && values.only !== set) continue
    if (values.seconds !== '' && Number(values.seconds) !== seconds) continue
    const known = SETS[set]().filter(({ name }) => new RegExp(values.match).test(name))
    console.log(`${figure}: ${seconds} CPU s each, seed ${values.seed}, load ${loadavg()[0]!.toFixed(1)}`)
    const gaps = known.map(instance => gapOf(instance, seconds))
    const served = gaps.filter(gap => gap !== null)
    const mean = served.reduce((sum, gap) => sum + gap, 0) / served.length
    const optimal = served.filter(gap => gap < 0.005).length
    console.log(
      `mean gap ${mean.toFixed(3)} %, worst ${Math.max(...served).toFixed(2)} %, ${optimal} at the best known, ` +
        `${served.length} of ${known.length} with all served`,
    )
    figures[figure] = Number(mean.toFixed(3))
  }
  console.log(JSON.stringify({ ...figures, infeasible }))
}
