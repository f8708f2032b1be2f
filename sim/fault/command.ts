import { parseArgs } from 'node:util'
import { cells } from './matrix.ts'
import { createHunt, PLANTED, type Planted } from './planted.ts'
import { noteResults, readResults } from './results.ts'
import { type RunResult, runSeed } from './run.ts'
import { shrink } from './shrink.ts'
import { FAULTS, type Fault } from './swarm.ts'

/** Trips of one seed. */
const TRIPS_A_SEED = 8
/** Every so many seeds a world has so many trips: all meet the same chain, so each lives through more of its forks. */
const LARGE_EVERY = 5
const TRIPS_LARGE = 32

/** Simulates so many trips, seed after seed, and prints what came of it. The exit code: 1 where an oracle was broken. */
export async function simulateFaults(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' },
      trips: { type: 'string', default: String(TRIPS_A_SEED) },
      calm: { type: 'boolean', default: false },
      epochs: { type: 'boolean', default: false },
      without: { type: 'string', default: '' },
      chaos: { type: 'string', default: '25' },
      trace: { type: 'boolean', default: false },
      matrix: { type: 'boolean', default: false },
      planted: { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
    },
  })
  if (values.matrix) return showMatrix()
  if (values.planted) return showPlanted()
  if (values.report) {
    console.log(JSON.stringify(readResults()))
    return 0
  }
  const wanted = Number(values.trips)
  const chaosMin = Number(values.chaos)
  const without = new Set(FAULTS.filter(fault => values.without.split(',').includes(fault)))
  const trace = (atMs: number, what: string) => console.log(`${(atMs / 1000).toFixed(1)} ${what}`)
  const began = performance.now()
  const sum = { trips: 0, faults: 0, violations: 0 }
  let handovers = 0
  for (let seed = Number(values.seed); sum.trips < wanted; seed++) {
    const most = seed % LARGE_EVERY === 0 ? TRIPS_LARGE : TRIPS_A_SEED
    const trips = Math.min(most, wanted - sum.trips)
    const result = await runSeed({
      seed,
      trips,
      calm: values.calm,
      epochs: values.epochs,
      without,
      chaosMin,
      ...(values.trace && { trace }),
    })
    sum.trips += trips
    sum.faults += faultsOf(result)
    handovers += result.handovers
    sum.violations += result.violations.length
    for (const violation of result.violations) console.log(`seed ${seed}: ${violation}`)
    if (result.violations.length > 0 && !values.trace) {
      const small = await shrink({ seed, trips, calm: values.calm, epochs: values.epochs, without, chaosMin })
      const left = small.without?.size ? ` --without ${[...small.without].join()}` : ''
      const chaos = small.chaosMin ? ` --chaos ${small.chaosMin}` : ''
      const epochs = values.epochs ? ' --epochs' : ''
      console.log(
        `replay: npm run sim -- --seed ${seed} --trips ${small.trips}${left}${chaos}${epochs} --trace`,
      )
    }
    if (wanted <= TRIPS_A_SEED * 20)
      console.log(JSON.stringify({ seed, hash: result.hash, ends: result.ends }))
  }
  const tripsPerS = Math.round((sum.trips * 10_000) / (performance.now() - began)) / 10
  console.log(JSON.stringify({ ...sum, ...(values.epochs && { handovers }), tripsPerS }))
  if (!values.calm && !values.epochs) noteResults({ ...sum, tripsPerS })
  return sum.violations > 0 ? 1 : 0
}

/** All faults that a run met. */
const faultsOf = ({ faults }: RunResult): number =>
  FAULTS.reduce((sum, fault: Fault) => sum + faults[fault], 0)

/** Runs the failure matrix; prints the cells that do not end as they should. */
async function showMatrix(): Promise<number> {
  let matrixCells = 0
  const all = cells()
  for (const cell of all) {
    const { result, end, isGood } = await cell.run()
    if (isGood) matrixCells++
    else console.log(`${cell.name}: ${end} ${result.violations.join('; ')}`)
  }
  console.log(JSON.stringify({ matrixCells }))
  noteResults({ matrixCells })
  return matrixCells === all.length ? 0 : 1
}

/** Hunts each planted bug through twenty seeds; prints which seed shows it, and by what. */
async function showPlanted(): Promise<number> {
  let plantedFound = 0
  const hunt = createHunt()
  const bugs = Object.keys(PLANTED) as Planted[]
  for (const bug of bugs) {
    const found = await hunt(bug)
    if (found) plantedFound++
    console.log(`${bug} (${PLANTED[bug]}): ${found ? `seed ${found.seed}, ${found.violation}` : 'not found'}`)
  }
  console.log(JSON.stringify({ planted: bugs.length, plantedFound }))
  noteResults({ planted: bugs.length, plantedFound })
  return plantedFound === bugs.length ? 0 : 1
}
