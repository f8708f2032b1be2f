import type { Tags } from './feature.ts'

/** Kinds of street, from the widest; a street's class is the index here. */
export const STREET_CLASSES = [
  'motorway',
  'trunk',
  'primary',
  'secondary',
  'tertiary',
  'residential',
  'living_street',
  'service',
  'track',
  'pedestrian',
  'path',
] as const

/** One kind of street. */
export type StreetClass = (typeof STREET_CLASSES)[number]

/** Usual speeds where no limit is tagged, km/h; what is not here carries no cars. */
const SPEED_KMH: Readonly<Record<string, number>> = {
  motorway: 90,
  motorway_link: 45,
  trunk: 85,
  trunk_link: 40,
  primary: 65,
  primary_link: 30,
  secondary: 55,
  secondary_link: 25,
  tertiary: 40,
  tertiary_link: 20,
  unclassified: 25,
  residential: 25,
  living_street: 10,
  service: 15,
  road: 25,
}
const SAME_CLASS: Readonly<Record<string, StreetClass>> = {
  unclassified: 'residential',
  road: 'residential',
  footway: 'path',
  steps: 'path',
  cycleway: 'path',
  bridleway: 'path',
}

/** Index into `STREET_CLASSES` for drawing, or -1 for what is no street. */
export function streetClass(tags: Tags): number {
  const highway = tags.highway?.replace(/_link$/, '') ?? ''
  return STREET_CLASSES.indexOf(SAME_CLASS[highway] ?? (highway as StreetClass))
}

/** Speed a car keeps there, whole km/h in 5..130, or 0 where cars may not go. Four fifths of the limit. */
export function carSpeedKmh(tags: Tags): number {
  const usual = SPEED_KMH[tags.highway ?? ''] ?? 0
  if (usual === 0 || tags.area === 'yes') return 0
  const access = tags.motorcar ?? tags.motor_vehicle ?? tags.vehicle ?? tags.access
  if (access === 'no' || access === 'private') return 0
  const limit = tags.maxspeed ?? ''
  const value = Number.parseFloat(limit)
  if (!(value > 0)) return usual
  const kmh = (limit.includes('mph') ? value * 1.609 : value) * 0.8
  return Math.min(130, Math.max(5, Math.round(kmh)))
}

/** Which ways a car may drive a line: 1 along it, -1 against it, 0 both. */
export function carDirection(tags: Tags): -1 | 0 | 1 {
  const oneway = tags['oneway:motor_vehicle'] ?? tags.oneway
  if (oneway === 'yes' || oneway === '1' || oneway === 'true') return 1
  if (oneway === '-1' || oneway === 'reverse') return -1
  if (oneway === 'no') return 0
  return tags.highway === 'motorway' || isRoundabout(tags) ? 1 : 0
}

/** A circle of traffic: one-way unless it says otherwise. */
export function isRoundabout(tags: Tags): boolean {
  return tags.junction === 'roundabout' || tags.junction === 'circular'
}

/** A node that no car passes. */
export function stopsCars(tags: Tags): boolean {
  if (!/^(bollard|block|jersey_barrier|cycle_barrier|turnstile|debris|log)$/.test(tags.barrier ?? ''))
    return false
  const access = tags.motorcar ?? tags.motor_vehicle ?? tags.vehicle ?? tags.access
  return access === undefined || access === 'no' || access === 'private'
}
