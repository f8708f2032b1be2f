import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { diffTariffs, diffText } from '@hexhail/audit/tariff/diff.ts'
import { lintTariff, lintText } from '@hexhail/audit/tariff/lint.ts'
import { mdsTariff } from '@hexhail/audit/tariff/mds.ts'
import { readTrips } from '@hexhail/audit/tariff/read-trips.ts'
import { type Simulated, type SimulatedGroup, simulate } from '@hexhail/audit/tariff/simulate.ts'
import { tripColumns } from '@hexhail/audit/tariff/trip-columns.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { type TariffDocument, tariffHash } from '@hexhail/protocol/tariff-document.ts'
import { documentJson, readDocument } from './tariff-file.ts'
import type { Print, TariffVerb } from './tariff-verb.ts'

/** Exit code of lint with findings. */
const FINDINGS = 3

/** Complaints, errors first. */
export const lintVerb: TariffVerb = async (file, _, print) => {
  const json = documentJson(file)
  const found = lintTariff(json)
  for (const each of found) print(lintText(each), { type: 'finding', ...each, text: lintText(each) })
  if (found.length > 0) return FINDINGS
  const hash = tariffHash(json as TariffDocument)
  print(`Nothing to complain about. ${hash}`, { type: 'tariff', document: hash })
  return 0
}

/** What changed since the version before. */
export const diffVerb: TariffVerb = async (file, { previous }, print) => {
  const diff = diffTariffs(readDocument(needed('--previous', previous)), readDocument(file))
  const lines = diffText(diff)
  const data = [...diff.changes, ...diff.rides]
  lines.forEach((line, i) => {
    print(line, { type: i < diff.changes.length ? 'change' : 'ride', ...data[i], text: line })
  })
  if (lines.length === 0) print('Nothing has changed.', { type: 'same' })
  return 0
}

/** What past trips would bring. */
export const simulateVerb: TariffVerb = async (file, { previous, trips: path }, print) => {
  const trips = tripColumns(readTrips(linesOf(needed('--trips', path))))
  if (trips.count === 0) throw new HexhailError('bad-trips', `${path} holds no trips: give one that does.`)
  const after = simulate(readDocument(file), trips)
  const before = previous === null ? null : simulate(readDocument(previous), trips)
  for (const key of [
    'trips',
    'riders',
    'fare',
    'wait',
    'charge',
    'levy',
    'drivers',
    'missing',
    'belowFloor',
  ] as const) {
    const [is, was] = [after[key], before?.[key] ?? null]
    const show = key === 'trips' || key === 'belowFloor' ? String : money
    print(`${key.padEnd(10)} ${versus(is, was, show)}`, { type: 'total', key, after: is, before: was })
  }
  groups('hour', after.byHour.entries(), hour => before?.byHour[hour], print)
  groups('cell', after.byCell, cell => before?.byCell.get(cell), print)
  print(leftOut(after), { type: 'note', text: leftOut(after) })
  return 0
}

function groups<K extends number | string>(
  type: 'hour' | 'cell',
  all: Iterable<readonly [K, SimulatedGroup]>,
  beforeOf: (key: K) => SimulatedGroup | undefined,
  print: Print,
): void {
  for (const [key, { trips, riders }] of all) {
    if (trips === 0) continue
    const before = beforeOf(key)
    const mean = (group: SimulatedGroup | undefined) => (group ? group.riders / BigInt(group.trips) : null)
    const text = `${type} ${key}: ${trips} trips, mean ${versus(mean({ trips, riders })!, mean(before), money)}`
    print(text, { type, [type]: key, trips, riders, before: before?.riders ?? null })
  }
}

const leftOut = ({ trips }: Simulated): string =>
  `${trips} trips by the clock's factor and their two ends: tolls, charges for passing through, concessions and ` +
  'sharing are left out; an S meter takes the mean speed.'

/** The part that MDS can say. */
export const mdsVerb: TariffVerb = async (file, { out, bounds }, print) => {
  const frame = bounds === null ? undefined : boundsOf(bounds)
  const { policies, geographies, left } = mdsTariff(readDocument(file), {
    publishedAtMs: Date.now(),
    ...(frame && { bounds: frame }),
  })
  if (out !== null) {
    mkdirSync(out, { recursive: true })
    const save = (name: string, body: object): void =>
      writeFileSync(join(out, `${name}.json`), `${JSON.stringify({ version: '2.0.0', ...body }, null, 1)}\n`)
    save('policies', { data: { policies } })
    save('geographies', { data: { geographies } })
  }
  const counts = { policies: policies.length, geographies: geographies.length }
  print(`${counts.policies} policies, ${counts.geographies} geographies`, { type: 'mds', ...counts })
  for (const each of left) print(`not in MDS: ${each.path}: ${each.why}`, { type: 'left', ...each })
  return 0
}

function boundsOf(text: string): readonly [number, number, number, number] {
  const [west, south, east, north, ...more] = text.split(',').map(Number)
  const isFrame = west! < east! && south! < north! && Math.abs(south!) <= 90 && Math.abs(north!) <= 90
  if (!isFrame || more.length > 0)
    throw new HexhailError('bad-value', `--bounds takes west,south,east,north in degrees, not «${text}».`)
  return [west!, south!, east!, north!]
}

function* linesOf(path: string): Generator<string> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw new HexhailError('bad-trips', `${path} cannot be read: correct --trips.`, { path }, cause)
  }
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at)
    yield text.slice(at, end < 0 ? text.length : end)
    at = end < 0 ? text.length : end + 1
  }
}

/** An option that this verb cannot do without. */
function needed(option: string, value: string | null): string {
  if (value !== null) return value
  throw new HexhailError('bad-value', `Name a file with ${option}.`)
}

const versus = <T extends bigint | number>(is: T, was: T | null, show: (value: T) => string): string =>
  was === null ? show(is) : `${show(was)} → ${show(is)}`
const money = (minor: bigint | number): string => {
  const digits = String(minor).padStart(7, '0')
  return `${digits.slice(0, -6)}.${digits.slice(-6, -4)}`
}
