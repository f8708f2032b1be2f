import type { Tags } from './feature.ts'
import { roadSpeedKmh } from './road-speed.ts'

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

/** Whom an access tag may name that a hired car is, from the narrowest. */
const US = ['taxi', 'motorcar', 'motor_vehicle', 'vehicle', 'access'] as const
/** Values of an access tag that shut us out; `destination`, `customers`, `permissive` and the like do not. */
const SHUT = new Set(
  'no private agricultural forestry emergency military delivery official permit bus psv hgv foot bicycle'.split(
    ' ',
  ),
)

/** Speed a car keeps there, whole km/h in 5..130, or 0 where hired cars may not go. */
export function carSpeedKmh(tags: Tags): number {
  const shut =
    accessOf(tags) === 'shut' ||
    tags.area === 'yes' ||
    tags.route === 'ferry' ||
    tags.impassable === 'yes' ||
    tags.status === 'impassable' ||
    tags.ice_road === 'yes' ||
    tags.service === 'emergency_access' ||
    onewayOf(tags) === 'reversible' ||
    (accessOf(tags, 'forward') === 'shut' && accessOf(tags, 'backward') === 'shut')
  return shut ? 0 : roadSpeedKmh(tags)
}

/** Which ways a car may drive a line: 1 along it, -1 against it, 0 both. */
export function carDirection(tags: Tags): -1 | 0 | 1 {
  const oneway = onewayOf(tags)
  if (oneway === 'yes' || oneway === '1' || oneway === 'true') return 1
  if (oneway === '-1' || oneway === 'reverse') return -1
  if (accessOf(tags, 'backward') === 'shut') return 1
  if (accessOf(tags, 'forward') === 'shut') return -1
  if (oneway === 'no') return 0
  return tags.highway === 'motorway' || isRoundabout(tags) ? 1 : 0
}

/** A circle of traffic: one-way unless it says otherwise. */
export function isRoundabout(tags: Tags): boolean {
  return tags.junction === 'roundabout' || tags.junction === 'circular'
}

/** Barriers that no car passes unless a tag says so. Gates and lift gates open for whoever may drive the street. */
const WALLS = new Set(
  (
    'bollard block jersey_barrier cycle_barrier motorcycle_barrier turnstile full-height_turnstile kissing_gate ' +
    'stile debris log chain spikes planter bus_trap sump_buster wedge fence wall guard_rail hedge ditch'
  ).split(' '),
)

/** A node that no car passes. */
export function stopsCars(tags: Tags): boolean {
  if (!tags.barrier || tags.barrier === 'no') return false
  const access = accessOf(tags)
  if (access !== 'unsaid') return access === 'shut'
  if (tags.locked === 'yes') return true
  return WALLS.has(tags.barrier) && tags.bollard !== 'rising'
}

/** Tags of access and of one-ways, the narrowest first. */
const ACCESS = {
  both: US,
  forward: US.map(who => `${who}:forward`),
  backward: US.map(who => `${who}:backward`),
}
const ONEWAY = [...US.map(who => `oneway:${who}`), 'oneway']

/** What the narrowest access tag says; several values shut us out only if all do. */
function accessOf(tags: Tags, way: keyof typeof ACCESS = 'both'): 'open' | 'shut' | 'unsaid' {
  const value = firstOf(tags, ACCESS[way])
  if (value === undefined) return 'unsaid'
  return value.split(';').every(v => SHUT.has(v.trim())) ? 'shut' : 'open'
}

function onewayOf(tags: Tags): string | undefined {
  return firstOf(tags, ONEWAY)
}

function firstOf(tags: Tags, keys: readonly string[]): string | undefined {
  for (const key of keys) if (tags[key] !== undefined) return tags[key]
  return undefined
}
