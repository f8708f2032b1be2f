import { parseArgs } from 'node:util'
import { type RunResult, runSeed } from './run.ts'
import { FAULTS, type Fault } from './swarm.ts'

/** Trips of one seed. */
const TRIPS_A_SEED = 8

/** Simulates so many trips, seed after seed, and prints what came of it. The exit code: 1 where an oracle was broken. */
export async function simulateFaults(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' },
      trips: { type: 'string', default: String(TRIPS_A_SEED) },
      calm: { type: 'boolean', default: false },
      without: { type: 'string', default: '' },
      trace: { type: 'boolean', default: false },
    },
  })
  const wanted = Number(values.trips)
  const without = new Set(FAULTS.filter(fault => values.without.split(',').includes(fault)))
  const trace = (atMs: number, what: string) => console.log(`${(atMs / 1000).toFixed(1)} ${what}`)
  const began = performance.now()
  const sum = { trips: 0, faults: 0, violations: 0 }
  for (let seed = Number(values.seed); sum.trips < wanted; seed++) {
    const trips = Math.min(TRIPS_A_SEED, wanted - sum.trips)
    const result = await runSeed({ seed, trips, calm: values.calm, without, ...(values.trace && { trace }) })
    sum.trips += trips
    sum.faults += faultsOf(result)
    sum.violations += result.violations.length
    for (const violation of result.violations) console.log(`seed ${seed}: ${violation}`)
    if (wanted <= TRIPS_A_SEED * 20)
      console.log(JSON.stringify({ seed, hash: result.hash, ends: result.ends }))
  }
  const tripsPerS = Math.round((sum.trips * 10_000) / (performance.now() - began)) / 10
  console.log(JSON.stringify({ ...sum, tripsPerS }))
  return sum.violations > 0 ? 1 : 0
}

/** All faults that a run met. */
export const faultsOf = ({ faults }: RunResult): number =>
  FAULTS.reduce((sum, fault: Fault) => sum + faults[fault], 0)
