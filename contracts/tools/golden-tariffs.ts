import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './forge.ts'

/** What the chain has of the golden tariffs, with their trips: metres, seconds, factor, waiting and a cancel. */
export function goldenTariffs<Field extends string>(
  fields: readonly Field[],
): { readonly tariff: Record<Field, number>; readonly trips: readonly number[][] }[] {
  return ['demo', 'nyc', 'poa'].flatMap(name => {
    const path = join(ROOT, 'tests', 'vectors', 'tariffs', `${name}.json`)
    const { chain, trips } = JSON.parse(readFileSync(path, 'utf8')) as Golden
    return chain.map(({ class: of, tariff }) => ({
      tariff: Object.fromEntries(fields.map(k => [k, tariff[k]])) as Record<Field, number>,
      trips: trips
        .filter(({ trip }) => trip.class === of)
        .map(({ trip }) => {
          const sum = (key: 'metres' | 'secs') => trip.segments.reduce((all, each) => all + each[key], 0)
          return [sum('metres'), sum('secs'), tariff.minBp as number, trip.waitS, 1_000, 300]
        }),
    }))
  })
}

/** What is read of a golden tariff's file. */
interface Golden {
  readonly chain: readonly { readonly class: string; readonly tariff: Record<string, number> }[]
  readonly trips: readonly {
    readonly trip: {
      readonly class: string
      readonly segments: readonly { readonly metres: number; readonly secs: number }[]
      readonly waitS: number
    }
  }[]
}
