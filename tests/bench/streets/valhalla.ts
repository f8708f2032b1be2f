import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LngLat } from '@hexhail/protocol/geo.ts'

/** What Valhalla is asked. */
export interface ValhallaJob {
  /** Folder of the rivals. */
  readonly dir: string
  readonly extract: string
  readonly tiles: string
  readonly answer: string
  /** From each of these to each goal, one goal a call. */
  readonly sources: readonly LngLat[]
  readonly goals: readonly LngLat[]
  /** From each of these to the first goal. */
  readonly crowd: readonly LngLat[]
  readonly pairs: readonly (readonly [LngLat, LngLat])[]
}

/** Nanoseconds of one call (p50), and how long each pair's route takes and is, null where it has none. */
export interface ValhallaAnswer {
  readonly many: number
  readonly crowd: number
  readonly route: number
  readonly durationS: readonly (number | null)[]
  readonly distanceM: readonly (number | null)[]
}

type Questions = Pick<ValhallaJob, 'sources' | 'goals' | 'crowd' | 'pairs'>

/** Asks Valhalla in its own process; null, with one line that says why, where that fails. */
export function askValhalla(dir: string, extract: string, questions: Questions): ValhallaAnswer | null {
  const folder = mkdtempSync(join(tmpdir(), 'hexhail-valhalla-'))
  const file = join(folder, 'job.json')
  const answer = join(folder, 'answer.json')
  const hash = createHash('sha256').update(readFileSync(extract)).digest('hex').slice(0, 16)
  const job: ValhallaJob = { dir, extract, tiles: join(dir, `valhalla-${hash}`), answer, ...questions }
  try {
    writeFileSync(file, JSON.stringify(job))
    const child = fileURLToPath(new URL('valhalla-child.ts', import.meta.url))
    const { status, stderr, signal } = spawnSync(process.execPath, [child, file], { encoding: 'utf8' })
    if (status === 0) return JSON.parse(readFileSync(answer, 'utf8')) as ValhallaAnswer
    const why = stderr.split('\n').find(line => /error/i.test(line)) ?? `it ended with ${status ?? signal}`
    console.log(`Without Valhalla’s figures: ${why.trim()}`)
    return null
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
