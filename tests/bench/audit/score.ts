import type { Finding } from '@hexhail/audit/checks/finding.ts'
import type { Seed } from './seed.ts'

/** How an audit's findings stand to what was seeded. */
export interface Score {
  readonly seeded: number
  readonly found: number
  readonly missed: readonly Seed[]
  readonly falseAlarms: readonly Finding[]
  /** Seeded and found by kind. */
  readonly kinds: ReadonlyMap<string, { readonly check: string; seeded: number; found: number }>
}

/** Holds findings against seeds: each seed must be accused by its own check, and nobody else by any. */
export function score(findings: readonly Finding[], seeds: readonly Seed[]): Score {
  const byPlace = new Map<string, Seed>()
  const follow = new Set(seeds.flatMap(seed => seed.also ?? []))
  for (const seed of seeds) {
    for (const row of seed.rows) byPlace.set(`${seed.check} ${row}`, seed)
    if (seed.subject) byPlace.set(`${seed.check} ${seed.subject}`, seed)
  }
  const found = new Set<Seed>()
  const falseAlarms: Finding[] = []
  for (const finding of findings) {
    const hits = accused(finding).map(place => byPlace.get(`${finding.check} ${place}`))
    const hit = hits.find(each => each !== undefined)
    if (hit) found.add(hit)
    else if (!accused(finding).some(place => follow.has(`${finding.check} ${place}`)))
      falseAlarms.push(finding)
  }
  const kinds = new Map<string, { readonly check: string; seeded: number; found: number }>()
  for (const seed of seeds) {
    const kind = kinds.get(seed.kind) ?? { check: seed.check, seeded: 0, found: 0 }
    kind.seeded++
    if (found.has(seed)) kind.found++
    kinds.set(seed.kind, kind)
  }
  return {
    seeded: seeds.length,
    found: found.size,
    missed: seeds.filter(seed => !found.has(seed)),
    falseAlarms,
    kinds,
  }
}

/** Whom a finding accuses: of overlaps both, of hours the last trip, else the first. */
function accused({ check, rows, subject }: Finding): readonly (number | string)[] {
  if (subject !== null) return [subject]
  if (check === 'C3' || check === 'C4') return rows.slice(0, 2)
  return [check === 'P3' ? rows.at(-1)! : rows[0]!]
}
