/**
 * `npm run model`: searches all scenarios, or the one named; `--states N` of each. What breaks a rule is printed as JSON
 * that `npm run model -- --replay FILE` plays step by step.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Replayed, replay } from './replay.ts'
import { SCENARIOS } from './scenario.ts'
import { search } from './search.ts'
import { createWorld } from './world.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { states: { type: 'string' }, replay: { type: 'string' } },
})
const name = positionals.join(' ')

if (values.replay) {
  const { scenario, trace } = JSON.parse(readFileSync(values.replay, 'utf8')) as Replayed
  const { steps, fault } = replay({ scenario, trace })
  for (const step of steps) console.log(step)
  console.log(fault ?? 'No rule is broken.')
  process.exitCode = fault ? 1 : 0
} else {
  const wanted = SCENARIOS.filter(each => name === '' || each.name === name)
  if (wanted.length === 0) {
    console.error(`No scenario «${name}»: there are ${SCENARIOS.map(each => each.name).join(', ')}.`)
    process.exitCode = 2
  }
  for (const scenario of wanted) {
    const startMs = performance.now()
    const found = search(createWorld(scenario), Number(values.states ?? scenario.states))
    const { states, transitions, depth, isWhole, fault } = found
    const statesPerS = Math.round((states / (performance.now() - startMs)) * 1_000)
    console.log(
      JSON.stringify({ scenario: scenario.name, states, transitions, depth, isWhole, statesPerS, ...fault }),
    )
    if (fault) process.exitCode = 1
  }
}
