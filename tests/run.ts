/** `npm test`: every check and test, with one last line that sums them up. `npm test -- unit` runs a part. */

import { PARTS, STEPS, type Step } from './runner/parts.ts'
import { checkTally, sum, type Tally } from './runner/tally.ts'

const wanted = process.argv.slice(2)
const strange = wanted.filter(part => !(PARTS as readonly string[]).includes(part))

async function runStep(step: Step): Promise<Tally> {
  console.log(`\n── ${step.part}: ${step.name}`)
  const startMs = performance.now()
  try {
    const tally = await step.run()
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
    const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : ''
    console.log(`── ${step.name}: ${tally.passed} passed, ${tally.failed} failed${skipped} (${seconds} s)`)
    return tally
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return checkTally(1)
  }
}

if (strange.length > 0) {
  console.error(`No such part: ${strange.join(', ')}. Parts are ${PARTS.join(', ')}.`)
  process.exitCode = 2
} else {
  const tallies: [Step, Tally][] = []
  for (const step of STEPS)
    if (wanted.length === 0 ? !step.onDemand : wanted.includes(step.part))
      tallies.push([step, await runStep(step)])
  const { passed, failed, skipped } = sum(tallies.map(([, tally]) => tally))
  const red = tallies.filter(([, tally]) => tally.failed > 0).map(([step]) => step.name)
  if (skipped > 0) console.log(`\n${skipped} skipped`)
  if (red.length > 0) console.log(`\nRed: ${red.join(', ')}`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
}
