import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { City } from '../city.ts'
import type { FoundPlace } from '../city-client.ts'
import { createAddressBook } from './address-book.ts'
import { createCorners } from './corners.ts'
import { foldWords } from './fold-text.ts'
import { createSearchIndex } from './search-index.ts'

/** Place search over one city, offline. */
export interface Search {
  /** Places that match what was typed, best first; those near `near` first among equals. */
  find(text: string, near?: LngLat, limit?: number): FoundPlace[]
  /** Street and number at a place: «Avenida 18 de Julio 1453», the street alone, or nothing. */
  nameAt(at: LngLat): string
}

/** Longer questions are cut: nobody types them, and they cost time. */
const MAX_TEXT = 100
/** Streets looked at on each side of a corner. */
const CORNER_STREETS = 6

/** Make the search of a city: some hundred milliseconds once. */
export function createSearch(city: City): Search {
  const book = createAddressBook(city)
  const rank = createSearchIndex(city, book)
  const meet = createCorners(city)

  const houses = (words: readonly string[], near: LngLat | undefined, limit: number): FoundPlace[] => {
    const house = houseNumber(words)
    if (!house) return []
    const { entries } = rank(house.street, { near, streetsOnly: true })
    return entries.slice(0, limit).flatMap(street => {
      const home = book.house(street.name, house.number)
      return home
        ? [{ kind: 'address', title: `${street.title} ${home.number}`, detail: '', at: home.at } as const]
        : []
    })
  }
  const corners = (text: string, near: LngLat | undefined): FoundPlace[] => {
    const streets = (words: readonly string[]) =>
      rank(words, { near, streetsOnly: true }).entries.slice(0, CORNER_STREETS)
    return pairs(text).flatMap(([a, b]) => {
      const others = streets(b)
      return streets(a).flatMap(one =>
        others.flatMap(two => {
          const at = one.name === two.name ? null : meet(one.name, two.name)
          return at ? [{ kind: 'corner', title: `${one.title} / ${two.title}`, detail: '', at } as const] : []
        }),
      )
    })
  }
  return {
    nameAt: at => book.nameAt(at),
    find(text, near, limit = 8) {
      const typed = text.slice(0, MAX_TEXT)
      const words = foldWords(typed)
      const found = houses(words, near, limit)
      const whole = rank(words, { near, strict: found.length > 0 })
      const named = whole.entries.slice(0, 2 * limit)
      const met = corners(typed, near)
      found.push(...(whole.all ? [...named, ...met] : [...met, ...named]))
      const seen = new Set<string>()
      const fresh: FoundPlace[] = []
      for (const { kind, title, detail: known, at } of found) {
        const detail = known || book.districtAt(at)
        if (seen.has(`${title}|${detail}`)) continue
        seen.add(`${title}|${detail}`)
        fresh.push({ kind, title, detail, at })
        if (fresh.length === limit) break
      }
      return fresh
    },
  }
}

/** «18 de julio 1453» and «1453 18 de julio»: a number apart from the street's own words. */
function houseNumber(words: readonly string[]): { street: string[]; number: number } | null {
  if (words.length < 2) return null
  for (const at of [words.length - 1, 0]) {
    const word = words[at]!
    if (/^\d{1,5}$/.test(word)) return { street: words.filter((_, i) => i !== at), number: Number(word) }
  }
  return null
}

/** The two streets of a corner, for each word that may join them. */
function pairs(text: string): [string[], string[]][] {
  const found: [string[], string[]][] = []
  const joint = /\s+(?:y|e|esq\.?|esquina|and|corner|con)\s+|\s*[&/]\s*/giu
  for (const match of text.matchAll(joint)) {
    const left = foldWords(text.slice(0, match.index))
    const right = foldWords(
      text.slice(match.index + match[0].length).replace(/^(y|e|esq\.?|esquina)\s+/iu, ''),
    )
    if (left.length > 0 && right.length > 0) found.push([left, right])
  }
  return found.slice(0, 3)
}
