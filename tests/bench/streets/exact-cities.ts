import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { type City, openCity } from '@hexhail/streets/city.ts'
import { buildFromFile, buildMontevideo } from '@hexhail/streets/city-files.ts'
import type { Feature } from '@hexhail/streets/osm/feature.ts'
import { ROOT } from '../../runner/live.ts'
import { gridTown, seeded } from '../../unit/streets/grid-town.ts'
import { oddTowns, tangledTown } from '../../unit/streets/odd-towns.ts'

/** A city to be right in. */
export interface ExactCity {
  readonly name: string
  /** Made up and small: judged by the street table alone, with both kernels. */
  readonly isTown: boolean
  /** Null: its extract is not here. */
  load(): Promise<City | null>
}

const EXTRACTS = ['porto', 'heidelberg', 'columbus', 'monaco']

/** The cities at hand, then made-up towns drawn from `seed`; bundles are kept in `cacheDir`. */
export function exactCities(seed: number, cacheDir: string): ExactCity[] {
  const extract = (name: string): ExactCity => ({
    name,
    isTown: false,
    async load() {
      const path = resolve(ROOT, `../shared/data/streets/${name}.osm.pbf`)
      return existsSync(path) ? openCity((await buildFromFile(path, { cacheDir })).bytes) : null
    },
  })
  const town = (name: string, features: () => readonly Feature[]): ExactCity => ({
    name,
    isTown: true,
    load: async () => openCity(buildCity(features(), { name }).bytes),
  })
  const drawn = (
    what: string,
    count: number,
    draw: (i: number, rng: () => number) => readonly Feature[],
  ): ExactCity[] =>
    Array.from({ length: count }, (_, i) =>
      town(`${what} ${seed}.${i}`, () => draw(i, seeded(seed * 65_537 + i * 7_919))),
    )
  return [
    ...EXTRACTS.map(extract),
    {
      name: 'montevideo',
      isTown: false,
      load: async () => openCity((await buildMontevideo(join(cacheDir, 'montevideo'))).bytes),
    },
    ...[...oddTowns()].map(([name, features]) => town(name, () => features)),
    ...drawn('grid', 60, (i, rng) => gridTown(3 + (i % 6), rng)),
    ...drawn('tangle', 120, (i, rng) => tangledTown(2 + (i % 12), rng)),
  ]
}
