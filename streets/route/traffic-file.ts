import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { STREET_CLASSES, type StreetClass } from '../osm/car-access.ts'
import { LEAST_FACTOR, MOST_FACTOR, type TrafficFactors, type TrafficRow, trafficFactors } from './traffic.ts'

/** Live factors as somebody wrote them down. */
export interface TrafficFile {
  /** Where the hours are those of the clock: a name of the IANA list. */
  readonly timeZone: string
  readonly factors: TrafficFactors
  /** The factors alone, always written the same way: a traffic file itself, to be handed on. */
  readonly text: string
  /** The sha256 of `text`, hex: the same factors have the same hash, however they were written. */
  readonly hash: string
}

/** To take more rows apart would hold everything else up. */
const MOST_ROWS = 50_000
/** Form of an H3 index of res 7, as `StreetCells` has them. */
const CELL = /^87[0-9a-f]{7}ffffff$/

/**
 * Reads `{"timeZone": "America/Montevideo", "factors": [{"cell", "class", "hour", "factor"}, …]}`: `cell` an
 * H3 index of res 7, `class` one of `STREET_CLASSES`, `hour` 0..23, `factor` in 256ths of the usual time (64..16384).
 * Without a time zone the hours are those of UTC. Of two rows for the same, the later holds.
 * @throws {HexhailError} code `TRAFFIC_FILE`, one line that names the first row that is wrong
 */
export function readTrafficFile(text: string): TrafficFile {
  const { timeZone = 'UTC', factors: rows } = objectOf(text)
  if (typeof timeZone !== 'string' || !isTimeZone(timeZone))
    throw fault(`${JSON.stringify(timeZone)} is no time zone: give a name like "Europe/Lisbon"`)
  if (!Array.isArray(rows)) throw fault('it has no list "factors"')
  if (rows.length > MOST_ROWS) throw fault(`it has ${rows.length} factors, more than ${MOST_ROWS}`)
  const factors = trafficFactors(rows.map(rowOf))
  const canonical = JSON.stringify({ factors: rowsOf(factors) })
  return { timeZone, factors, text: canonical, hash: bytesToHex(sha256(utf8ToBytes(canonical))) }
}

/** One factor as it stands in the file. */
interface FileRow {
  readonly cell: string
  readonly class: StreetClass
  readonly hour: number
  readonly factor: number
}

const fault = (what: string): HexhailError<'TRAFFIC_FILE'> =>
  new HexhailError('TRAFFIC_FILE', `This is no file of traffic: ${what}.`)

function objectOf(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw fault('it is not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fault('it is no object')
  return value as Record<string, unknown>
}

function rowOf(value: unknown, i: number): TrafficRow {
  const row = (value ?? {}) as Partial<Record<keyof FileRow, unknown>>
  const whole = (key: 'hour' | 'factor', least: number, most: number): number => {
    const number = row[key]
    if (Number.isInteger(number) && (number as number) >= least && (number as number) <= most)
      return number as number
    throw fault(
      `factor ${i + 1} has "${key}": ${JSON.stringify(number)}, not a whole number ${least}..${most}`,
    )
  }
  const kind = STREET_CLASSES.indexOf(row.class as StreetClass)
  if (kind < 0)
    throw fault(`factor ${i + 1} has "class": ${JSON.stringify(row.class)}, not ${STREET_CLASSES.join(', ')}`)
  if (typeof row.cell !== 'string' || !CELL.test(row.cell))
    throw fault(`factor ${i + 1} has "cell": ${JSON.stringify(row.cell)}, not an H3 index of res 7`)
  return {
    cell: row.cell,
    kind,
    hour: whole('hour', 0, 23),
    factor: whole('factor', LEAST_FACTOR, MOST_FACTOR),
  }
}

function rowsOf({ cell, kind, hour, factor }: TrafficFactors): FileRow[] {
  return cell.map((at, i) => ({
    cell: at,
    class: STREET_CLASSES[kind[i]!]!,
    hour: hour[i]!,
    factor: factor[i]!,
  }))
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
