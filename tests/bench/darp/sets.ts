import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Instance, readCordeau, readLiLim } from './read-instances.ts'

/** A benchmark instance with the best cost known for it. */
export interface Known extends Instance {
  readonly best: number
}

/**
 * Proven optima of Cordeau's a-series (Ropke, Cordeau and Laporte 2007), from reference/matching.md 2 and its prototype:
 * typed from memory there, and never beaten by any of our searches.
 */
const A_SERIES: Readonly<Record<string, number>> = {
  'a2-16': 294.25,
  'a2-20': 344.83,
  'a2-24': 431.12,
  'a3-18': 300.48,
  'a3-24': 344.83,
  'a3-30': 494.85,
  'a3-36': 583.19,
  'a4-16': 282.68,
  'a4-24': 375.02,
  'a4-32': 485.5,
  'a4-40': 557.69,
  'a4-48': 668.82,
  'a5-40': 498.41,
  'a5-50': 686.62,
  'a5-60': 808.42,
  'a6-48': 604.12,
  'a6-60': 819.25,
  'a6-72': 916.05,
  'a7-56': 724.04,
  'a7-70': 889.12,
  'a7-84': 1033.37,
  'a8-64': 747.46,
  'a8-80': 945.73,
  'a8-96': 1229.66,
}

/** Best costs known of pr01 to pr10 (Cordeau and Laporte 2003), from reference/matching.md 2: from memory there. */
const PR = [190.02, 301.34, 532, 570.25, 626.93, 785.26, 291.71, 487.84, 658.31, 851.82]

/** Best vehicles and costs known of Li and Lim's 100-stop instances: BKS.json of VROOM's scripts, in the same folder. */
interface LiLimBest {
  readonly [name: string]: { readonly solved_with_vehicles: number; readonly best_known_cost: number }
}

/** Where the benchmark files lie; not ours to copy. */
const FOLDER = join(import.meta.dirname, '../../../../shared/data/matching')

export const isHere = existsSync(FOLDER)

/** The three sets, read when they are asked for. */
export const SETS: Readonly<Record<'a' | 'pr' | 'lilim', () => Known[]>> = {
  a: () =>
    Object.entries(A_SERIES).map(([name, best]) => ({
      ...readCordeau(name, join(FOLDER, `cordeau2006/${name}.txt`)),
      best,
    })),
  pr: () =>
    PR.map((best, k) => {
      const name = `pr${`${k + 1}`.padStart(2, '0')}`
      return { ...readCordeau(name, join(FOLDER, 'cordeau2003', name)), best }
    }),
  lilim: () => {
    const known = JSON.parse(readFileSync(join(FOLDER, 'lilim/BKS.json'), 'utf8')) as LiLimBest
    return Object.entries(known)
      .filter(([name]) => existsSync(join(FOLDER, `lilim/${name}.txt`)))
      .map(([name, { solved_with_vehicles, best_known_cost }]) => ({
        ...readLiLim(name, join(FOLDER, `lilim/${name}.txt`), solved_with_vehicles),
        best: best_known_cost,
      }))
  },
}
