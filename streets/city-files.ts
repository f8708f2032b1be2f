import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflateSync } from 'node:zlib'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { type BuildOptions, buildCity, type OnProgress } from './build/build-city.ts'
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
      onProgress('read', (i / inputs.length) * 0.5)
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

/** A city from an `.osm.pbf` extract, or a bundle (`.city`) as it is. */
export async function buildFromFile(
  path: string,
  options: { readonly name?: string; readonly cacheDir: string },
  onProgress: OnProgress = () => {},
): Promise<CityFile> {
  const bytes = await readInput(path)
  const bundle = readCity(bytes)
  if (bundle.verdict === 'accept') return { path, bytes, info: bundle.value.info, built: false }
  const name = options.name ?? titleOf(basename(path).replace(/\..*$/, ''))
  onProgress('read', 0)
  return cached(options.cacheDir, [bytes], { name }, () => readOsmPbf(bytes, inflate), onProgress)
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
  try {
    return await readFile(path)
  } catch (cause) {
    throw new HexhailError(
      'CITY_INPUT',
      `Cannot read ${path}: check the path, or run npm install again.`,
      { path },
      cause,
    )
  }
}

function titleOf(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
