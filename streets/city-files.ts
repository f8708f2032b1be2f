import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflateSync } from 'node:zlib'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { type BuildOptions, buildCity, type OnProgress } from './build/build-city.ts'
import { bundleError } from './bundle.ts'
import { type CityInfo, readCity } from './city.ts'
import type { Feature } from './osm/feature.ts'
import { readOsmPbf } from './osm/read-osm-pbf.ts'
import { readQaTile } from './osm/read-qa-tile.ts'

/** A bundle on disk. */
export interface CityFile {
  readonly path: string
  readonly bytes: Uint8Array
  readonly info: CityInfo
  /** False where it was found in the cache. */
  readonly built: boolean
}

/** No extract of a city is bigger; those of countries would take all memory. */
const MOST_BYTES = 200_000_000
/** Share of a build that is reading, as told to whoever waits. */
const READ_SHARE = 0.5

const TILES = [1407, 1408, 1409, 1410].flatMap(x => [2471, 2472].map(y => ({ z: 12, x, y })))

/** Montevideo from the OSM QA tiles that npm brings; found in `cacheDir` where nothing changed. */
export async function buildMontevideo(
  cacheDir: string,
  onProgress: OnProgress = () => {},
): Promise<CityFile> {
  const root = new URL(import.meta.resolve('@mapbox/mvt-fixtures/package.json'))
  const inputs = await Promise.all(
    TILES.map(async tile => {
      const path = fileURLToPath(
        new URL(`real-world/osm-qa-montevideo/${tile.z}-${tile.x}-${tile.y}.mvt`, root),
      )
      return { ...tile, bytes: await readInput(path) }
    }),
  )
  function* features(): Generator<Feature> {
    for (const [i, tile] of inputs.entries()) {
      onProgress('read', (i / inputs.length) * READ_SHARE)
      yield* readQaTile(tile.bytes, tile.z, tile.x, tile.y)
    }
  }
  const lng = (x: number): number => (x / 2 ** 12) * 360 - 180
  const lat = (y: number): number => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** 12))) * 180) / Math.PI
  const options = { name: 'Montevideo', box: [lng(1407), lat(2473), lng(1411), lat(2471)] as const }
  return cached(
    cacheDir,
    inputs.map(i => i.bytes),
    options,
    features,
    onProgress,
  )
}

/**
 * A city from an `.osm.pbf` extract, or a bundle (`.city`) as it is. The file lies in memory whole, its blocks are
 * unpacked one at a time (32 MB at most); of its elements what a city is made of stays: a place for each node, the
 * nodes of each way, streets and shapes. The peak grows with the streets (Porto, 3 MB of nothing else: 390 MB);
 * `MOST_BYTES` keeps out what no city is.
 */
export async function buildFromFile(
  path: string,
  options: { readonly name?: string; readonly cacheDir: string },
  onProgress: OnProgress = () => {},
): Promise<CityFile> {
  const bytes = await readInput(path)
  const bundle = readCity(bytes)
  if (bundle.verdict === 'accept') return { path, bytes, info: bundle.value.info, built: false }
  if (bundle.code !== 'CITY_FOREIGN' && path.endsWith('.city')) throw bundleError(bundle.code, bytes.length)
  const name = options.name ?? titleOf(basename(path).replace(/\..*$/, ''))
  const features = (): Iterable<Feature> =>
    readOsmPbf(bytes, inflate, done => onProgress('read', done * READ_SHARE))
  return cached(options.cacheDir, [bytes], { name }, features, onProgress)
}

const inflate = (packed: Uint8Array, maxOutputLength: number): Uint8Array =>
  inflateSync(packed, { maxOutputLength })

async function cached(
  cacheDir: string,
  inputs: readonly Uint8Array[],
  options: BuildOptions,
  features: () => Iterable<Feature>,
  onProgress: OnProgress,
): Promise<CityFile> {
  const path = join(
    cacheDir,
    `${options.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${await cacheKey(inputs, options)}.city`,
  )
  const kept = await readFile(path).catch(() => null)
  const known = kept && readCity(kept)
  if (known?.verdict === 'accept') return { path, bytes: kept!, info: known.value.info, built: false }
  const city = buildCity(features(), options, onProgress)
  if (city.counts.junctions === 0) {
    throw new HexhailError(
      'CITY_EMPTY',
      `No streets that cars can use were found for ${options.name}: give a bigger extract.`,
    )
  }
  await mkdir(cacheDir, { recursive: true })
  const draft = `${path}.${process.pid}.tmp`
  await writeFile(draft, city.bytes)
  await rename(draft, path)
  return { path, bytes: city.bytes, info: city.info, built: true }
}

/** Hash of the inputs and of this room's code: either may change what is built. */
async function cacheKey(inputs: readonly Uint8Array[], options: BuildOptions): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(options))
  for (const input of inputs) hash.update(createHash('sha256').update(input).digest())
  const here = fileURLToPath(new URL('.', import.meta.url))
  for (const file of (await readdir(here, { recursive: true })).filter(f => f.endsWith('.ts')).sort())
    hash.update(await readFile(join(here, file)))
  return hash.digest('hex').slice(0, 16)
}

async function readInput(path: string): Promise<Uint8Array> {
  const fault = (what: string, cause?: unknown): HexhailError<'CITY_INPUT'> =>
    new HexhailError('CITY_INPUT', what, { path }, cause)
  const about = await stat(path).catch((cause: unknown) => {
    throw fault(`There is no file ${path}: check the path.`, cause)
  })
  if (!about.isFile()) throw fault(`${path} is no file: give an .osm.pbf extract.`)
  if (about.size > MOST_BYTES)
    throw fault(
      `${path} has ${Math.round(about.size / 1e6)} MB, a city at most ${MOST_BYTES / 1e6}: cut out a smaller extract.`,
    )
  return readFile(path).catch((cause: unknown) => {
    throw fault(`${path} cannot be read: check who may.`, cause)
  })
}

function titleOf(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
