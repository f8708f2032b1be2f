import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { PastTrip } from './trip-columns.ts'

/** Columns that are read; the first four must be there. The names are those of the authority page's CSV. */
const NAMES = [
  'metres',
  'seconds',
  'wait_seconds',
  'started_at',
  'class',
  'pickup_cell',
  'destination_cell',
] as const
type Name = (typeof NAMES)[number]
const NEEDED: readonly Name[] = ['metres', 'seconds', 'started_at']

/**
 * Past trips out of CSV with a line of names (the authority page saves such) or out of NDJSON with the same names.
 * Settlements whose record was not opened have no metres: they are left out.
 * @throws {HexhailError} 'bad-trips' that tells the line
 */
export function* readTrips(lines: Iterable<string>): Generator<PastTrip> {
  let number = 0
  let header: readonly string[] | null = null
  for (const line of lines) {
    number++
    if (line.trim() === '') continue
    if (line.startsWith('{')) {
      const trip = tripOf(jsonOf(line, number), number)
      if (trip) yield trip
    } else if (header === null) {
      header = fieldsOf(line)
      const missing = NEEDED.find(name => !header!.includes(name))
      if (missing) throw bad(`The first line names no column «${missing}»`, number)
    } else {
      const fields = fieldsOf(line)
      const of = (name: Name) => fields[header!.indexOf(name)]
      const trip = tripOf(Object.fromEntries(NAMES.map(name => [name, of(name)])), number)
      if (trip) yield trip
    }
  }
}

function tripOf(fields: Readonly<Record<string, unknown>>, line: number): PastTrip | null {
  const text = (name: Name) => String(fields[name] ?? '')
  if (text('metres') === '') return null
  const count = (name: Name): number => {
    const value = Number(text(name))
    if (Number.isInteger(value) && value >= 0 && value < 2 ** 32) return value
    throw bad(`«${text(name).slice(0, 40)}» is no whole number of ${name}`, line)
  }
  const started = text('started_at')
  const startedAtS = /^\d+$/.test(started) ? Number(started) : Math.floor(Date.parse(started) / 1_000)
  if (!Number.isSafeInteger(startedAtS)) throw bad(`«${started.slice(0, 40)}» is no time`, line)
  return {
    metres: count('metres'),
    secs: count('seconds'),
    waitS: text('wait_seconds') === '' ? 0 : count('wait_seconds'),
    startedAtS,
    class: text('class'),
    pickup: text('pickup_cell'),
    dropoff: text('destination_cell'),
  }
}

function jsonOf(line: string, number: number): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    throw bad('This is no JSON', number)
  }
}

/** Fields of a line of RFC 4180; a field never runs over the line's end here. */
function fieldsOf(line: string): string[] {
  const plain = line.endsWith('\r') ? line.slice(0, -1) : line
  if (!plain.includes('"')) return plain.split(',')
  return [...plain.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  )
}

const bad = (what: string, line: number): HexhailError =>
  new HexhailError('bad-trips', `${what}: correct line ${line}.`, { line })
