import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import MiniSearch, { type SearchOptions } from 'minisearch'
import type { City } from '../city.ts'
import type { FoundPlace } from '../city-client.ts'
import { PLACE_KINDS } from '../map/map-kinds.ts'
import type { AddressBook } from './address-book.ts'
import { coreWords, foldWords, tellingWords } from './fold-text.ts'
import { namedStreets } from './street-book.ts'

/** A named thing that can be found; `name` is the number of its name. */
export interface Entry extends FoundPlace {
  readonly name: number
  readonly folded: string
  readonly core: string
  readonly boost: number
}

/** Entries that match, best first; `all`: each word was found as it stands, or nearly. */
export interface Ranked {
  readonly entries: readonly Entry[]
  readonly all: boolean
}

/** How to look. */
export interface RankOptions {
  readonly near?: LngLat | undefined
  readonly streetsOnly?: boolean
  /** Give up where not all words are found. */
  readonly strict?: boolean
}

const KIND_BOOST: Readonly<Record<string, number>> = {
  station: 2.2,
  airport: 2.2,
  mall: 1.8,
  suburb: 1.7,
  town: 2,
  city: 2,
  square: 1.5,
  hospital: 1.5,
  university: 1.4,
  stadium: 1.4,
  park: 1.3,
  museum: 1.2,
  beach: 1.3,
  neighbourhood: 1.2,
  stop: 0.5,
  shop: 0.8,
  other: 0.8,
}
const LANDMARK_BOOST = 1.7
const isNumber = (word: string): boolean => /^\d/.test(word)
const ALL: SearchOptions = {
  combineWith: 'AND',
  prefix: word => !isNumber(word) && word.length > 1,
  fuzzy: word => (isNumber(word) || word.length < 4 ? false : 0.25),
}
const LOOSE: SearchOptions = { ...ALL, fuzzy: word => (isNumber(word) || word.length < 3 ? false : 0.34) }

/** Index of all names of a city. */
export function createSearchIndex(
  city: City,
  book: AddressBook,
): (words: readonly string[], options: RankOptions) => Ranked {
  const entries = entriesOf(city, book)
  const streets = entries.findIndex(e => e.kind !== 'street')
  const streetCount = streets < 0 ? entries.length : streets
  const index = new MiniSearch({ fields: ['title'], tokenize: foldWords, processTerm: word => word })
  index.addAll(entries.map(({ title }, id) => ({ id, title })))
  return (words, { near, streetsOnly = false, strict = false }) => {
    if (words.length === 0) return { entries: [], all: false }
    const folded = words.join(' ')
    const core = coreWords(words).join(' ')
    const wanted = tellingWords(words).join(' ')
    const filter: SearchOptions = streetsOnly ? { filter: hit => hit.id < streetCount } : {}
    let hits = index.search(wanted, { ...ALL, ...filter })
    const all = hits.length > 0
    if (!all && !strict) hits = index.search(core, { ...LOOSE, ...filter })
    if (hits.length === 0 && !strict)
      hits = index.search(core, { ...ALL, ...filter, combineWith: 'OR' }).slice(0, 50)
    const scored = hits.map(hit => {
      const entry = entries[hit.id as number]!
      const offKm = near ? greatCircleM(near, entry.at) / 1000 : 0
      return { entry, score: (hit.score * likeness(entry, folded, core) * entry.boost) / (1 + offKm / 8) }
    })
    scored.sort((a, b) => b.score - a.score || (a.entry.title < b.entry.title ? -1 : 1))
    return { entries: scored.map(s => s.entry), all }
  }
}

function likeness(entry: Entry, folded: string, core: string): number {
  if (entry.folded === folded) return 4
  if (entry.core === core) return 3
  // «Terminal Tres Cruces» is what «tres cruces» means, more than a lane of that name.
  if (entry.boost > LANDMARK_BOOST && entry.kind !== 'street' && entry.folded.endsWith(folded)) return 3.5
  return entry.folded.startsWith(folded) || entry.core.startsWith(core) ? 1.6 : 1
}

function entriesOf(city: City, book: AddressBook): Entry[] {
  const { names, places, stops } = city
  const at = (xy: Int32Array, i: number): LngLat => [xy[2 * i]! / 1e6, xy[2 * i + 1]! / 1e6]
  const entries = namedStreets(city, book).map(({ name, at: place, lengthM }) =>
    entryOf('street', name, names[name]!, '', place, 0.6 + Math.log10(1 + lengthM) / 4),
  )
  places.kind.forEach((kind, i) => {
    const placeKind = PLACE_KINDS[kind] ?? 'other'
    const detail = names[places.address[i]!] ?? ''
    const boost = KIND_BOOST[placeKind] ?? 1
    entries.push(
      entryOf(placeKind, places.name[i]!, names[places.name[i]!] ?? '', detail, at(places.xy, i), boost),
    )
  })
  stops.name.forEach((name, i) => {
    const detail = names[stops.line[i]!] ?? ''
    if (names[name])
      entries.push(entryOf('stop', name, names[name], detail, at(stops.xy, i), KIND_BOOST.stop!))
  })
  return entries
}

function entryOf(
  kind: FoundPlace['kind'],
  name: number,
  title: string,
  detail: string,
  at: LngLat,
  boost: number,
): Entry {
  const words = foldWords(title)
  return { kind, name, title, detail, at, boost, folded: words.join(' '), core: coreWords(words).join(' ') }
}
