import { type Entity, subjectOf } from './entity.ts'

/** How long what a vehicle or a trip said counts: operators say it again each half minute at the latest. */
export const ENTITY_LIFE_MS = 90_000

/** An entity as it was heard. */
export interface HeardEntity {
  /** The agency's tag, as in the topic. */
  readonly agency: string
  readonly entity: Entity
  readonly bytes: Uint8Array
}

/** The newest word of each vehicle and trip. */
export interface EntityTable {
  /** Takes what is newer than what is known; returns how many that were. */
  take(agency: string, heard: readonly Omit<HeardEntity, 'agency'>[], nowMs: number): number
  /** What counts now, in the order in which it came. */
  live(nowMs: number): HeardEntity[]
  /** Called after each `take` that took something. Returns the way to stop. */
  onChange(fn: () => void): () => void
}

/** Bounds of a table. */
export interface TableLimits {
  /** Vehicles and trips of one agency; the longest unheard give way. */
  readonly perAgency: number
  readonly agencies: number
}

/** Makes a table; the largest fleets of the world have some 10,000 vehicles. */
export function createEntityTable(limits: Partial<TableLimits> = {}): EntityTable {
  const { perAgency = 20_000, agencies = 64 } = limits
  const known = new Map<string, Map<string, HeardEntity>>()
  const listeners = new Set<() => void>()
  const isLive = ({ entity }: HeardEntity, nowMs: number): boolean =>
    entity.atS * 1000 + ENTITY_LIFE_MS > nowMs

  const of = (agency: string): Map<string, HeardEntity> => {
    let subjects = known.get(agency)
    if (subjects === undefined) {
      if (known.size >= agencies) known.delete(known.keys().next().value!)
      known.set(agency, (subjects = new Map()))
    }
    return subjects
  }
  /** Forgets what is at the front, where the longest unheard stand. */
  const forget = (subjects: Map<string, HeardEntity>, nowMs: number): void => {
    for (const [subject, heard] of subjects) {
      if (subjects.size <= perAgency && isLive(heard, nowMs)) return
      subjects.delete(subject)
    }
  }
  return {
    take(agency, heard, nowMs) {
      const subjects = of(agency)
      let taken = 0
      for (const { entity, bytes } of heard) {
        const subject = subjectOf(entity)
        if (entity.atS <= (subjects.get(subject)?.entity.atS ?? 0)) continue
        subjects.delete(subject)
        subjects.set(subject, { agency, entity, bytes })
        taken++
      }
      forget(subjects, nowMs)
      if (taken > 0) for (const fn of [...listeners]) fn()
      return taken
    },
    live: nowMs =>
      [...known.values()].flatMap(subjects => [...subjects.values()].filter(heard => isLive(heard, nowMs))),
    onChange: fn => {
      listeners.add(fn)
      return () => listeners.delete(fn)
    },
  }
}
