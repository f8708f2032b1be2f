import type { Tags } from './feature.ts'

/** Usual speeds where no limit is tagged, km/h (OSRM's car profile); what is not here carries no cars. */
const USUAL_KMH = new Map(
  Object.entries({
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
  }),
)

/** Limits that are named and not numbered, km/h; a country's own before the common ones. */
const NAMED_KMH = new Map(
  Object.entries({
    none: 140,
    walk: 7,
    living_street: 10,
    bicycle_road: 30,
    urban: 50,
    rural: 90,
    trunk: 110,
    motorway: 120,
    nsl_single: 97,
    nsl_dual: 113,
    'at:rural': 100,
    'be-vlg:rural': 70,
    'be:rural': 70,
    'by:urban': 60,
    'ch:rural': 80,
    'ch:trunk': 100,
    'de:rural': 100,
    'de:motorway': 140,
    'dk:rural': 80,
    'fi:rural': 80,
    'fr:rural': 80,
    'gb:motorway': 113,
    'it:motorway': 130,
    'nl:rural': 80,
    'nl:trunk': 100,
    'nl:motorway': 100,
    'no:rural': 80,
    'ru:living_street': 20,
    'ru:urban': 60,
    'se:rural': 70,
    'ua:living_street': 20,
    'uy:urban': 45,
    'za:urban': 60,
    'za:rural': 100,
  }),
)
const MPH_KMH = 1.609_344

/** Speed that a surface bears, km/h. */
const SURFACE_KMH = new Map(
  Object.entries({
    compacted: 80,
    fine_gravel: 80,
    paving_stones: 60,
    bricks: 60,
    metal: 60,
    grass_paver: 40,
    wood: 40,
    sett: 40,
    gravel: 40,
    unpaved: 40,
    ground: 40,
    dirt: 40,
    pebblestone: 40,
    grass: 40,
    cobblestone: 30,
    clay: 30,
    unhewn_cobblestone: 20,
    earth: 20,
    stone: 20,
    rock: 20,
    sand: 20,
    mud: 10,
  }),
)

/**
 * Speed that cars keep on a way, whole km/h in 5..130; 0 where its kind carries none. Four fifths of a signed limit;
 * where only a zone is known, that lowers the usual speed of the kind.
 */
export function roadSpeedKmh(tags: Tags): number {
  const usual = USUAL_KMH.get(tags.highway ?? '') ?? 0
  if (usual === 0) return 0
  const signed = Math.min(
    limitKmh(tags.maxspeed),
    limitKmh(tags['maxspeed:forward']),
    limitKmh(tags['maxspeed:backward']),
    limitKmh(tags['maxspeed:advisory']),
  )
  const zone = Math.min(
    limitKmh(tags['zone:maxspeed']),
    limitKmh(tags['maxspeed:type']),
    limitKmh(tags['source:maxspeed']),
    limitKmh(tags['zone:traffic']),
  )
  const surface = SURFACE_KMH.get(tags.surface ?? '') ?? Infinity
  const speed = signed < Infinity ? signed * 0.8 : Math.min(usual, zone * 0.8)
  return Math.min(130, Math.max(5, Math.round(Math.min(speed, surface))))
}

/** A limit in km/h, `Infinity` where the text is none. Several values: the lowest. */
function limitKmh(text: string | undefined): number {
  if (text === undefined) return Infinity
  const limits = text
    .toLowerCase()
    .split(/[;|]/)
    .map(part => oneLimitKmh(part.trim()))
  return Math.min(Infinity, ...limits)
}

function oneLimitKmh(text: string): number {
  const number = /^(\d+(?:\.\d+)?)\s*(mph|km\/h|kmh|kph|knots)?$/.exec(text)
  if (number) {
    const value = Number(number[1])
    return value > 0 ? value * (number[2] === 'mph' ? MPH_KMH : number[2] === 'knots' ? 1.852 : 1) : Infinity
  }
  const zone = /(?:^|:)(?:zone:?)?(\d+)$/.exec(text)
  if (zone) return Number(zone[1]) > 0 ? Number(zone[1]) : Infinity
  return NAMED_KMH.get(text) ?? NAMED_KMH.get(text.replace(/^.*:/, '')) ?? Infinity
}
