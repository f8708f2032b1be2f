import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { createCityRouter } from '@hexhail/streets/city-router.ts'
import { createFootWays } from '@hexhail/streets/foot/foot-ways.ts'
import { compileFeed } from '@hexhail/transit/gtfs/compile-feed.ts'
import { type Complaint, complaintText } from '@hexhail/transit/gtfs/complaint.ts'
import { readFeed } from '@hexhail/transit/gtfs/read-feed.ts'
import { modelTimetable } from '@hexhail/transit/model/model-timetable.ts'
import type { FootFinder } from '@hexhail/transit/timetable/find-feet.ts'
import { streetFeet } from '@hexhail/transit/timetable/street-feet.ts'
import type { Timetable } from '@hexhail/transit/timetable/timetable.ts'
import { decodeTimetable, encodeTimetable, timetableHash } from '@hexhail/transit/timetable/timetable-file.ts'
import { ROOT } from './root.ts'
import { sourceHash } from './source-hash.ts'

/** A timetable on disk. */
export interface TimetableFile {
  readonly path: string
  /** Content hash of its bytes. */
  readonly hash: string
  readonly timetable: Timetable
  /** False where it was found in the cache. */
  readonly built: boolean
}

/** How a timetable is built. */
export interface TimetableOptions {
  readonly cacheDir: string
  readonly name: string
  /** What the ways on foot come from besides the feed: a hash of it, and the finder. */
  readonly walk: { readonly source: string; readonly finder: () => FootFinder }
  /** Leave out what errors name, in place of refusing the feed. */
  readonly skipErrors: boolean
  readonly onProgress: (label: string, fraction: number) => void
  readonly onComplaint: (line: string) => void
}

const DAY_MS = 86_400_000

/** Ways on foot over the streets of a city's bundle. */
export const walkIn = (cityBytes: Uint8Array): TimetableOptions['walk'] => ({
  source: createHash('sha256').update(cityBytes).digest('hex'),
  finder: () => streetFeet(createFootWays(openCity(cityBytes))),
})

/** No feed of a city is bigger, packed. */
const MOST_BYTES = 200_000_000

/** The timetable of a GTFS feed; found in the cache where feed, streets and code are the same. */
export async function timetableOfFeed(path: string, options: TimetableOptions): Promise<TimetableFile> {
  const zip = await readZip(path)
  const feedHash = createHash('sha256').update(zip).digest('hex')
  return timetableFile(`${feedHash} ${options.skipErrors}`, options, () => {
    options.onProgress('timetable: read', 0)
    const { feed, complaints, errors, warnings } = readFeed(zip, (packed, most) =>
      inflateRawSync(packed, { maxOutputLength: Math.max(1, most) }),
    )
    tellComplaints(complaints, errors + warnings, options.onComplaint)
    if (feed === null || (errors > 0 && !options.skipErrors)) throw feedError(path, complaints, errors)
    options.onProgress('timetable: compile', 0.6)
    return compileFeed(feed, options.name, options.walk.finder())
  })
}

/**
 * The modelled timetable of Montevideo's lines: the map's stops in their order, running times by the streets, headways
 * from a table. It says of itself that it is modelled.
 */
export async function timetableOfMontevideo(
  cityBytes: Uint8Array,
  { cacheDir, onProgress }: Pick<TimetableOptions, 'cacheDir' | 'onProgress'>,
): Promise<TimetableFile> {
  return timetableFile('model', { cacheDir, onProgress, name: 'Montevideo', walk: walkIn(cityBytes) }, () => {
    onProgress('timetable: model', 0)
    const city = openCity(cityBytes)
    return modelTimetable(city, createCityRouter(city), {
      ...{ agency: 'Montevideo (modelled times)', timezone: 'America/Montevideo' },
      ...{ startDay: Date.UTC(2026, 0, 1) / DAY_MS, days: 3652 },
    })
  })
}

/** A timetable by what it is made of, `source`; built where the cache has none. */
async function timetableFile(
  source: string,
  { cacheDir, name, walk, onProgress }: Omit<TimetableOptions, 'skipErrors' | 'onComplaint'>,
  build: () => Timetable,
): Promise<TimetableFile> {
  const code = sourceHash(ROOT, ['transit', 'streets'])
  const key = createHash('sha256')
    .update(`${source} ${name} ${walk.source} ${code}`)
    .digest('hex')
    .slice(0, 16)
  const path = join(cacheDir, `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${key}.timetable`)
  const kept = await readFile(path).catch(() => null)
  const known = kept && decodeTimetable(kept)
  if (known?.verdict === 'accept')
    return { path, hash: timetableHash(kept!), timetable: known.value, built: false }
  const timetable = build()
  onProgress('timetable: write', 0.9)
  const bytes = encodeTimetable(timetable)
  await mkdir(cacheDir, { recursive: true })
  const draft = `${path}.${process.pid}.tmp`
  await writeFile(draft, bytes)
  await rename(draft, path)
  onProgress('timetable: write', 1)
  return { path, hash: timetableHash(bytes), timetable, built: true }
}

const SHOWN = 20

function tellComplaints(complaints: readonly Complaint[], all: number, tell: (line: string) => void): void {
  const errorsFirst = [...complaints].sort(
    (a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'),
  )
  for (const complaint of errorsFirst.slice(0, SHOWN))
    tell(`${complaint.severity}: ${complaintText(complaint)}`)
  if (all > SHOWN) tell(`… and ${all - Math.min(SHOWN, complaints.length)} more.`)
}

function feedError(
  path: string,
  complaints: readonly Complaint[],
  errors: number,
): HexhailError<'FEED_BROKEN'> {
  const first = complaints.find(({ severity }) => severity === 'error')!
  const remedy = 'Correct it, or leave out what its errors name with --skip-errors.'
  return new HexhailError(
    'FEED_BROKEN',
    `${basename(path)} has ${errors} ${errors === 1 ? 'error' : 'errors'}; the first: ${complaintText(first)} ${remedy}`,
    { path, errors },
  )
}

async function readZip(path: string): Promise<Uint8Array> {
  const fault = (what: string): HexhailError<'FEED_INPUT'> => new HexhailError('FEED_INPUT', what, { path })
  const about = await stat(path).catch(() => null)
  if (!about?.isFile()) throw fault(`There is no file ${path}: give the zip of a GTFS feed.`)
  if (about.size > MOST_BYTES)
    throw fault(
      `${path} has ${Math.round(about.size / 1e6)} MB, a feed of a city at most ${MOST_BYTES / 1e6}.`,
    )
  return readFile(path)
}
