import { boundTrips } from '@hexhail/audit/cubes/bound-trips.ts'
import type { PlacedTrip } from '@hexhail/audit/cubes/cube-trip.ts'
import { type CubeName, type CubeShape, FARES, FLOWS, hours } from '@hexhail/audit/cubes/cubes.ts'
import { K } from '@hexhail/audit/cubes/make-cube.ts'
import { rollUp } from '@hexhail/audit/cubes/roll-up.ts'
import type { AuditRow } from '@hexhail/audit/settled.ts'
import { isoWeekOf } from './iso-week.ts'

/** What a release would look like, without its noise: for the authority's eyes. */
export interface CubePreview {
  readonly name: CubeName
  readonly columns: readonly string[]
  /** Trips of the period that are opened and have begun. */
  readonly trips: number
  /** Left out because one rider counts for few. */
  readonly beyondBound: number
  /** Rows of the release, the finest and largest first. */
  readonly rows: readonly PreviewRow[]
  /** Trips in rows coarser than the finest, 0 to 1 of those that count. */
  readonly coarser: number
  /** Trips told in the whole's row alone, 0 to 1 of those that count. */
  readonly suppressed: number
}

/** One row as it would be; `level` 0 is the finest. */
export interface PreviewRow {
  readonly level: number
  readonly key: readonly string[]
  readonly trips: number
}

const shapeOf = (name: CubeName, offsetMin: number): CubeShape =>
  name === 'flows' ? FLOWS : name === 'fares' ? FARES : hours(offsetMin)

/** The month or the ISO week that a release of this kind counts a moment in. */
export function periodOf(name: CubeName, atMs: number, offsetMin: number): string {
  const local = atMs + offsetMin * 60_000
  return name === 'fares' ? isoWeekOf(local) : new Date(local).toISOString().slice(0, 7)
}

/** Periods with trips that could be told, the newest first. */
export function periodsOf(rows: readonly AuditRow[], name: CubeName, offsetMin: number): string[] {
  return [...new Set(placed(rows).map(trip => periodOf(name, trip.atMs, offsetMin)))].sort().reverse()
}

/** The settlements that a release of a period counts, before its bound. */
export const rowsOf = (
  rows: readonly AuditRow[],
  name: CubeName,
  period: string,
  offsetMin: number,
): readonly AuditRow[] =>
  rows.filter(row => {
    const trip = placedTrip(row)
    return trip !== null && periodOf(name, trip.atMs, offsetMin) === period
  })

/** What would be published of the settlements of a period (`rowsOf`). */
export function previewCube(rows: readonly AuditRow[], name: CubeName, offsetMin: number): CubePreview {
  const shape = shapeOf(name, offsetMin)
  const trips = placed(rows)
  const bounded = boundTrips(trips, shape.bound)
  const groups = rollUp(bounded, shape.levels, trip => trip.rider, K)
  const share = (isIn: (level: number) => boolean): number =>
    bounded.length === 0
      ? 0
      : groups.reduce((sum, group) => sum + (isIn(group.level) ? group.members.length : 0), 0) /
        bounded.length
  const top = shape.levels.length
  return {
    name,
    columns: shape.columns,
    trips: trips.length,
    beyondBound: trips.length - bounded.length,
    rows: groups
      .map(({ level, key, members }) => ({
        level,
        key: level === top ? shape.columns.map(() => '') : key.split('|'),
        trips: members.length,
      }))
      .sort((a, b) => a.level - b.level || b.trips - a.trips || (a.key.join() < b.key.join() ? -1 : 1)),
    coarser: share(level => level > 0 && level < top),
    suppressed: groups.length === 0 && bounded.length > 0 ? 1 : share(level => level === top),
  }
}

/** Trips by the pickup's area over all rows of a release, to draw; hours and destinations added up. */
export function previewCells(
  preview: CubePreview,
): readonly { readonly cell: string; readonly pickups: number }[] {
  const cells = new Map<string, number>()
  for (const { key, trips } of preview.rows) {
    const cell = key[0]
    if (cell) cells.set(cell, (cells.get(cell) ?? 0) + trips)
  }
  return [...cells].map(([cell, pickups]) => ({ cell, pickups }))
}

/** Null: its record is not open, or the ride never began. */
const placedTrip = ({ fact, record }: AuditRow): PlacedTrip | null =>
  record && record.startedAtMs > 0
    ? {
        terms: fact.terms,
        rider: fact.rider,
        pickupCell: record.pickupCell,
        destCell: record.destCell,
        atMs: record.startedAtMs,
      }
    : null

const placed = (rows: readonly AuditRow[]): PlacedTrip[] => rows.flatMap(row => placedTrip(row) ?? [])
