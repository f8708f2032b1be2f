import type { Tags } from '../osm/feature.ts'

/** Kinds of area on the map; stored by index. */
export const AREA_KINDS = [
  'sea',
  'water',
  'park',
  'grass',
  'wood',
  'pitch',
  'cemetery',
  'sand',
  'building',
  'industrial',
  'commercial',
  'school',
  'hospital',
  'military',
  'apron',
  'square',
] as const

/** Kinds of line on the map that are no streets. */
export const LINE_KINDS = ['rail', 'disused_rail', 'river', 'stream', 'pier', 'runway'] as const

/** Kinds of named place, the most telling first where a search has to choose. */
export const PLACE_KINDS = [
  'city',
  'town',
  'suburb',
  'neighbourhood',
  'station',
  'airport',
  'square',
  'park',
  'mall',
  'hospital',
  'university',
  'museum',
  'stadium',
  'theatre',
  'cinema',
  'hotel',
  'attraction',
  'embassy',
  'school',
  'worship',
  'police',
  'library',
  'supermarket',
  'bank',
  'pharmacy',
  'fuel',
  'restaurant',
  'cafe',
  'bar',
  'shop',
  'sport',
  'clinic',
  'beach',
  'taxi',
  'other',
] as const

/** One of `AREA_KINDS`. */
export type AreaKind = (typeof AREA_KINDS)[number]
/** One of `LINE_KINDS`. */
export type LineKind = (typeof LINE_KINDS)[number]
/** One of `PLACE_KINDS`. */
export type PlaceKind = (typeof PLACE_KINDS)[number]

const AREA_BY_TAG: Readonly<Record<string, AreaKind>> = {
  'natural=water': 'water',
  'waterway=riverbank': 'water',
  'waterway=dock': 'water',
  'landuse=reservoir': 'water',
  'landuse=basin': 'water',
  'leisure=swimming_pool': 'water',
  'leisure=park': 'park',
  'leisure=garden': 'park',
  'leisure=golf_course': 'grass',
  'leisure=nature_reserve': 'park',
  'leisure=playground': 'park',
  'leisure=dog_park': 'park',
  'leisure=pitch': 'pitch',
  'leisure=track': 'pitch',
  'leisure=stadium': 'pitch',
  'leisure=sports_centre': 'grass',
  'landuse=recreation_ground': 'park',
  'landuse=village_green': 'park',
  'landuse=grass': 'grass',
  'landuse=meadow': 'grass',
  'natural=grassland': 'grass',
  'natural=scrub': 'grass',
  'natural=heath': 'grass',
  'natural=wetland': 'grass',
  'landuse=forest': 'wood',
  'natural=wood': 'wood',
  'landuse=cemetery': 'cemetery',
  'amenity=grave_yard': 'cemetery',
  'natural=beach': 'sand',
  'natural=sand': 'sand',
  'landuse=industrial': 'industrial',
  'landuse=railway': 'industrial',
  'man_made=works': 'industrial',
  'landuse=commercial': 'commercial',
  'landuse=retail': 'commercial',
  'landuse=military': 'military',
  'amenity=school': 'school',
  'amenity=university': 'school',
  'amenity=college': 'school',
  'amenity=hospital': 'hospital',
  'aeroway=apron': 'apron',
  'aeroway=aerodrome': 'apron',
  'highway=pedestrian': 'square',
  'place=square': 'square',
}

const PLACE_BY_TAG: Readonly<Record<string, PlaceKind>> = {
  'place=city': 'city',
  'place=town': 'town',
  'place=village': 'town',
  'place=suburb': 'suburb',
  'place=quarter': 'suburb',
  'place=neighbourhood': 'neighbourhood',
  'place=square': 'square',
  'amenity=bus_station': 'station',
  'railway=station': 'station',
  'railway=halt': 'station',
  'amenity=ferry_terminal': 'station',
  'aeroway=aerodrome': 'airport',
  'aeroway=terminal': 'airport',
  'highway=pedestrian': 'square',
  'leisure=park': 'park',
  'leisure=garden': 'park',
  'landuse=recreation_ground': 'park',
  'shop=mall': 'mall',
  'amenity=hospital': 'hospital',
  'amenity=clinic': 'clinic',
  'amenity=doctors': 'clinic',
  'amenity=university': 'university',
  'amenity=college': 'university',
  'amenity=school': 'school',
  'amenity=kindergarten': 'school',
  'tourism=museum': 'museum',
  'tourism=gallery': 'museum',
  'leisure=stadium': 'stadium',
  'amenity=theatre': 'theatre',
  'amenity=arts_centre': 'theatre',
  'amenity=cinema': 'cinema',
  'tourism=hotel': 'hotel',
  'tourism=hostel': 'hotel',
  'tourism=guest_house': 'hotel',
  'tourism=attraction': 'attraction',
  'tourism=viewpoint': 'attraction',
  'historic=monument': 'attraction',
  'historic=memorial': 'attraction',
  'amenity=embassy': 'embassy',
  'amenity=place_of_worship': 'worship',
  'amenity=police': 'police',
  'amenity=library': 'library',
  'shop=supermarket': 'supermarket',
  'amenity=bank': 'bank',
  'amenity=pharmacy': 'pharmacy',
  'amenity=fuel': 'fuel',
  'amenity=restaurant': 'restaurant',
  'amenity=fast_food': 'restaurant',
  'amenity=cafe': 'cafe',
  'amenity=ice_cream': 'cafe',
  'amenity=bar': 'bar',
  'amenity=pub': 'bar',
  'amenity=nightclub': 'bar',
  'leisure=sports_centre': 'sport',
  'leisure=fitness_centre': 'sport',
  'natural=beach': 'beach',
  'amenity=taxi': 'taxi',
}

/** What an area is on the map, or null. */
export function areaKind(tags: Tags): AreaKind | null {
  if (tags.building && tags.building !== 'no') return 'building'
  return byTag(AREA_BY_TAG, tags)
}

/** What a line is on the map, streets apart, or null. */
export function lineKind(tags: Tags): LineKind | null {
  if (/^(rail|light_rail|subway|tram|narrow_gauge)$/.test(tags.railway ?? '')) return 'rail'
  if (tags.railway === 'disused') return 'disused_rail'
  if (tags.waterway === 'river' || tags.waterway === 'canal') return 'river'
  if (tags.waterway === 'stream') return 'stream'
  if (tags.man_made === 'pier' || tags.man_made === 'breakwater' || tags.man_made === 'groyne') return 'pier'
  return tags.aeroway === 'runway' || tags.aeroway === 'taxiway' ? 'runway' : null
}

/** What a named node or area is to a person looking for it, or null. */
export function placeKind(tags: Tags): PlaceKind | null {
  const kind = byTag(PLACE_BY_TAG, tags)
  if (kind) return kind
  if (tags.shop && tags.shop !== 'vacant') return 'shop'
  if (tags.office || tags.amenity || tags.tourism || tags.leisure || tags.historic || tags.club)
    return 'other'
  return tags.building && tags.building !== 'no' ? 'other' : null
}

const KEYS = [
  'place',
  'aeroway',
  'railway',
  'natural',
  'waterway',
  'leisure',
  'landuse',
  'amenity',
  'man_made',
  'highway',
  'tourism',
  'historic',
  'shop',
]

function byTag<T>(table: Readonly<Record<string, T>>, tags: Tags): T | null {
  for (const key of KEYS) {
    const value = tags[key]
    const found = value === undefined ? undefined : table[`${key}=${value}`]
    if (found !== undefined) return found
  }
  return null
}
