/** `npm test`: every check and test, with one last line that sums them up. `npm test -- unit` runs a part. */

import { runLanes } from './runner/lanes.ts'
import type { Print } from './runner/live.ts'
import { LANES, PARTS, STEPS, type Step } from './runner/parts.ts'
import { checkTally, sum, type Tally } from './runner/tally.ts'
import { createTurns } from './runner/turns.ts'

const wanted = process.argv.slice(2)
const strange = wanted.filter(part => !(PARTS as readonly string[]).includes(part))

async function runStep(step: Step, print: Print): Promise<Tally> {
  print(`\n── ${step.part}: ${step.name}\n`)
  const startMs = performance.now()
  try {
    const tally = await step.run(print)
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
    const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : ''
    print(`── ${step.name}: ${tally.passed} passed, ${tally.failed} failed${skipped} (${seconds} s)\n`)
    return tally
  } catch (error) {
    print(`${error instanceof Error ? error.message : error}\n`)
    return checkTally(1)
  }
}

/** Runs the steps, lanes side by side, and shows them in their order. */
async function runAll(steps: readonly Step[]): Promise<[Step, Tally][]> {
  const turns = createTurns(steps.length, text => process.stdout.write(text))
  const tallies: Tally[] = []
  await runLanes(LANES, steps, async (step, turn) => {
    tallies[turn] = await runStep(step, text => turns.print(turn, text))
    turns.end(turn)
  })
  return steps.map((step, turn) => [step, tallies[turn] as Tally])
}

if (strange.length > 0) {
  console.error(`No such part: ${strange.join(', ')}. Parts are ${PARTS.join(', ')}.`)
  process.exitCode = 2
} else {
  const steps = STEPS.filter(step => (wanted.length === 0 ? !step.onDemand : wanted.includes(step.part)))
  const tallies = await runAll(steps)
  const { passed, failed, skipped } = sum(tallies.map(([, tally]) => tally))
  const red = tallies.filter(([, tally]) => tally.failed > 0).map(([step]) => step.name)
  if (skipped > 0) console.log(`\n${skipped} skipped`)
  if (red.length > 0) console.log(`\nRed: ${red.join(', ')}`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
}
