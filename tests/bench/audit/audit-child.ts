/** One audit in a process of its own, so that its memory is its own: `node audit-child.ts TRIPS REGISTERS THREADS|plain`. */
import { readFileSync } from 'node:fs'
import { deserialize } from 'node:v8'
import { TRIP_CHECKS } from '@hexhail/audit/checks/all-checks.ts'
import { failed } from '@hexhail/audit/checks/finding.ts'
import { createLedger } from '@hexhail/audit/checks/ledger.ts'
import { runAudit } from '@hexhail/audit/checks/run-audit.ts'
import { runParallel } from '@hexhail/audit/checks/run-parallel.ts'
import { tripCase } from '@hexhail/audit/checks/trip-case.ts'
import { openTrips } from './trip-file.ts'
import { booksOf, type Registers } from './world.ts'

const [path = '', registersPath = '', mode = '2'] = process.argv.slice(2)
const books = booksOf(deserialize(readFileSync(registersPath)) as Registers)
const source = openTrips(path)
/** Trips of the plain way: few, since it takes so long. */
const SAMPLE = 5_000

const cpuS = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
const [began, beganCpu] = [performance.now(), cpuS()]
const told = mode === 'plain' ? plain() : await whole(Number(mode))
const seconds = (performance.now() - began) / 1_000
const peakMb = process.resourceUsage().maxRSS / 1_000
const message = { ...told, seconds, cpuS: cpuS() - beganCpu, peakMb }
// A long message is still being written when `send` returns.
process.send?.(message, () => process.disconnect())

async function whole(threads: number) {
  const module = new URL('./trip-file.ts', import.meta.url).href
  const { trips, findings } =
    threads === 1
      ? runAudit(source, books)
      : await runParallel({ module, options: path, rows: source.rows }, books, threads)
  return { trips, findings }
}

/** Each record decoded to an object and asked exactly, one trip after the other. */
function plain() {
  const ledger = createLedger(books)
  const trips = Math.min(SAMPLE, source.rows)
  for (const trip of source.trips(0, trips)) {
    const decoded = tripCase(trip)
    for (const check of TRIP_CHECKS) failed(check, [decoded], ledger)
  }
  return { trips, findings: [] }
}
