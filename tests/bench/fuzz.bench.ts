/** `npm run bench -- fuzz [--inputs 1000000] [--seed 7]`: hostile inputs through the real decoders and the gossip check. */
import { parseArgs } from 'node:util'
import { fuzz } from '../attack/fuzz-run.ts'

const { values } = parseArgs({
  options: { inputs: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '7' } },
})
const startedAt = performance.now()
const { inputs, faults, verdicts, lagP99Ms } = await fuzz(Number(values.inputs), Number(values.seed))
for (const [said, count] of [...verdicts].toSorted((a, b) => b[1] - a[1]))
  console.log(`${said.padEnd(22)} ${String(count).padStart(9)}`)
for (const fault of faults.slice(0, 20)) console.error(fault)
if (faults.length > 0) process.exitCode = 1
const seconds = Math.round((performance.now() - startedAt) / 100) / 10
console.log(
  JSON.stringify({ inputs, crashes: faults.length, lagP99Ms: Math.round(10 * lagP99Ms) / 10, seconds }),
)
