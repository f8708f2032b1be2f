import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { meter } from '@hexhail/protocol/tariff-meter.ts'

/** What one field said before and says now; null: it was not there, or is no more. */
export interface TariffChange {
  /** `classes[car].perKm`: parts of lists by their names. */
  readonly path: string
  readonly before: string | number | boolean | null
  readonly after: string | number | boolean | null
}

/** What a typical ride of a class costs by both, minor units. */
export interface RideChange {
  readonly class: string
  readonly metres: number
  readonly secs: number
  readonly before: bigint
  readonly after: bigint
}

/** Two versions of a tariff side by side. */
export interface TariffDiff {
  readonly changes: readonly TariffChange[]
  readonly rides: readonly RideChange[]
}

/** A short ride, a usual one and a long one. */
export const TYPICAL_RIDES = [
  { metres: 2_000, secs: 420 },
  { metres: 6_000, secs: 1_020 },
  { metres: 20_000, secs: 2_100 },
] as const

/** These differ in every two versions, and say nothing of prices. */
const NAMES = new Set(['version', 'prev'])

/** What has changed between two versions: field by field, and for three rides in each class that both have. */
export function diffTariffs(before: TariffDocument, after: TariffDocument): TariffDiff {
  const [was, is] = [flat(before), flat(after)]
  const paths = [...new Set([...was.keys(), ...is.keys()])]
  const changes = paths.flatMap(path => {
    const [from, to] = [was.get(path) ?? null, is.get(path) ?? null]
    return from === to || NAMES.has(path) ? [] : [{ path, before: from, after: to }]
  })
  const shared = after.classes.filter(of => before.classes.some(each => each.id === of.id))
  const rides = shared.flatMap(of =>
    TYPICAL_RIDES.map(ride => ({
      class: of.id,
      ...ride,
      before: costOf(before, of.id, ride),
      after: costOf(after, of.id, ride),
    })),
  )
  return { changes, rides }
}

/** By the clock of a moment when no period's factor holds, if there is one in its first week; nowhere near a zone. */
function costOf(doc: TariffDocument, id: string, ride: (typeof TYPICAL_RIDES)[number]): bigint {
  const at = (hour: number) =>
    meter(doc, { class: id, startedAtS: doc.validFrom + hour * 3_600, segments: [ride], waitS: 0 })
  for (let hour = 0; hour < 168; hour++) {
    const metered = at(hour)
    if (metered.bp === 10_000) return metered.total
  }
  return at(0).total
}

type Leaf = string | number | boolean

/** All that a document says, by path; lists without names and lists of words as one text. */
function flat(doc: TariffDocument): Map<string, Leaf> {
  const all = new Map<string, Leaf>()
  const walk = (path: string, value: unknown): void => {
    if (Array.isArray(value)) {
      if (value.every(each => typeof each === 'object' && 'id' in each))
        for (const each of value) walk(`${path}[${each.id}]`, each)
      else
        all.set(path, value.map(each => (typeof each === 'object' ? JSON.stringify(each) : each)).join(' '))
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, each] of Object.entries(value)) {
        if (path.endsWith(']') && name === 'id') continue
        walk(path === '' ? name : `${path}.${name}`, each)
      }
    } else all.set(path, value as Leaf)
  }
  walk('', doc)
  return all
}

/** A diff as lines for people: what rose or fell and by how much, then what the three rides cost. */
export function diffText({ changes, rides }: TariffDiff): string[] {
  return [
    ...changes.map(({ path, before, after }) => {
      if (typeof before === 'number' && typeof after === 'number')
        return `${path} ${after > before ? 'rose' : 'fell'} from ${before} to ${after}${share(before, after)}`
      if (before === null) return `${path} is new: ${shown(after)}`
      if (after === null) return `${path} is gone: it was ${shown(before)}`
      return `${path} was ${shown(before)}, is ${shown(after)}`
    }),
    ...rides.map(({ class: of, metres, secs, before, after }) => {
      const way = `${of}: ${metres / 1_000} km in ${Math.round(secs / 60)} min`
      const change = after === before ? 'as before' : after > before ? 'rose' : 'fell'
      return change === 'as before'
        ? `${way} costs ${money(after)} as before`
        : `${way} ${change} from ${money(before)} to ${money(after)}${share(Number(before), Number(after))}`
    }),
  ]
}

const shown = (value: Leaf | null): string => {
  const text = String(value)
  return text === '' ? 'nothing' : text.length > 80 ? `${text.slice(0, 77)}…` : text
}

const share = (before: number, after: number): string => {
  if (before === 0) return ''
  const percent = ((after - before) * 100) / Math.abs(before)
  return ` (${percent > 0 ? '+' : ''}${percent.toFixed(1)} %)`
}

/** Minor units with the decimals that say something. */
const money = (minor: bigint): string => (Number(minor) / 1_000_000).toFixed(2)
