/*
 * Valhalla in a process of its own, so that a fault of its machine code is none of the bench: `valhalla-child.ts
 * <job file>`. Tiles are built once for an extract; the answer goes into a file, since Valhalla logs to the console.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { requireFrom } from '../npm-rivals.ts'
import { timingOf } from './sample.ts'
import type { ValhallaAnswer, ValhallaJob } from './valhalla.ts'

interface Config {
  mjolnir: { concurrency: number }
  thor: { source_to_target_algorithm: string }
  service_limits: { auto: { max_matrix_location_pairs: number; max_locations: number } }
}
interface Valhalla {
  Actor: new (
    config: Config,
  ) => { matrix(query: string): Promise<string>; route(query: string): Promise<string> }
  getConfig(options: { tileDir: string; tileExtract: string }): Promise<Config>
}

const job = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as ValhallaJob
const { Actor, getConfig } = requireFrom<Valhalla>(job.dir, '@valhallajs/valhallajs')
if (!existsSync(job.tiles)) {
  const draft = `${job.tiles}.${process.pid}`
  const config = await getConfig({ tileDir: draft, tileExtract: '' })
  config.mjolnir.concurrency = 2
  writeFileSync(`${draft}.json`, JSON.stringify(config))
  const cli = join(job.dir, 'node_modules/@valhallajs/valhallajs/bin/valhalla-cli.js')
  const build = spawnSync(process.execPath, [cli, 'build_tiles', '-c', `${draft}.json`, job.extract], {
    stdio: 'ignore',
    // It leaves a list of doubled ways where it runs.
    cwd: job.dir,
  })
  rmSync(`${draft}.json`)
  if (build.status !== 0) throw new Error(`valhalla_build_tiles ended with ${build.status ?? build.signal}.`)
  renameSync(draft, job.tiles)
}
const config = await getConfig({ tileDir: job.tiles, tileExtract: '' })
config.thor.source_to_target_algorithm = 'timedistancematrix'
config.service_limits.auto.max_matrix_location_pairs = 1e9
const actor = new Actor(config)
const spot = ([lon, lat]: LngLat) => ({ lon, lat })

/** Nanoseconds of each call. */
async function timed(
  count: number,
  budgetMs: number,
  call: (i: number) => Promise<unknown>,
): Promise<number[]> {
  const found: number[] = []
  const until = performance.now() + budgetMs
  for (let i = -1; i < count && (i < 1 || performance.now() < until); i++) {
    const before = performance.now()
    await call(i < 0 ? count : i)
    if (i >= 0) found.push((performance.now() - before) * 1e6)
  }
  return found
}
/** Queries are texts that are made before; what comes back is a text that nobody reads. */
const matrixQuery = (sources: readonly LngLat[], to: LngLat): string =>
  JSON.stringify({ sources: sources.map(spot), targets: [spot(to)], costing: 'auto' })
const manyQueries = job.goals.map(to => matrixQuery(job.sources, to))
const many = await timed(manyQueries.length - 1, 6000, i => actor.matrix(manyQueries[i]!))
const tenThousand = matrixQuery(job.crowd, job.goals[0]!)
const all = await timed(1, 0, () => actor.matrix(tenThousand))

const durationS: (number | null)[] = []
const distanceM: (number | null)[] = []
const routes = await timed(job.pairs.length, 60_000, async i => {
  const [from, to] = job.pairs[i % job.pairs.length]!
  const query = JSON.stringify({
    locations: [spot(from), spot(to)],
    costing: 'auto',
    directions_type: 'none',
  })
  const answer = await actor.route(query).catch(() => null)
  const { trip } = JSON.parse(answer ?? '{"trip":{}}') as {
    trip: { summary?: { time: number; length: number } }
  }
  durationS[i % job.pairs.length] = trip.summary?.time ?? null
  // Kilometres, unless miles are asked for.
  distanceM[i % job.pairs.length] = trip.summary ? trip.summary.length * 1000 : null
})
const answer: ValhallaAnswer = {
  many: timingOf(many).p50,
  crowd: timingOf(all).p50,
  route: timingOf(routes).p50,
  durationS,
  distanceM,
}
writeFileSync(job.answer, JSON.stringify(answer))
