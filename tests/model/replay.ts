import { judgeRow } from './judge-row.ts'
import { type Parts, SCENARIOS } from './scenario.ts'
import { createWorld } from './world.ts'

/** A way through a scenario, by the labels that the search printed. */
export interface Replayed {
  readonly scenario: string
  readonly trace: readonly string[]
}

/** Plays a trace: each step with what the two sides and the vault are after it, and the rule that it breaks. */
export function replay({ scenario: name, trace }: Replayed, parts: Parts = {}) {
  const scenario = SCENARIOS.find(each => each.name === name)
  if (!scenario) throw new RangeError(`no scenario is called «${name}»`)
  const world = createWorld(scenario, parts)
  const judge = judgeRow(world)
  const steps: string[] = []
  let row = world.start
  for (const label of trace) {
    const move = world.moves(row).find(each => each.label === label)
    if (!move) throw new RangeError(`step ${steps.length + 1} cannot happen: ${label}`)
    row = move.row
    const rider = world.rider?.stateOf(row[0]).phase ?? 'hostile'
    const driver = world.driver ? (world.driver.stateOf(row[1]).trip?.phase ?? 'free') : 'hostile'
    steps.push(
      `${label} → rider ${rider}, driver ${driver}, ${world.chain.chains.at(row[3]).log.length} mined`,
    )
    const fault = move.faults[0] ?? judge(row)
    if (fault) return { steps, fault }
  }
  return { steps, fault: null }
}
