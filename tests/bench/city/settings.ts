import { join } from 'node:path'
import { ROOT } from '../../runner/live.ts'

/** The roads and trips of Manhattan; absent outside our own machines. */
export const FOLDER = join(ROOT, '../shared/data/matching/manhattan')

/** A fleet, a day's demand, and what riders were promised in the paper or program whose row stands beside ours. */
export interface Setting {
  readonly cars: number
  readonly seats: number
  /** Mean orders of the day. */
  readonly orders: number
  /** Thousandths of the road times in the file that driving takes. */
  readonly perMille: number
  /** The longest wait for a pickup, and the longest delay of an arrival, of a ride of so many seconds. */
  readonly promise: (rideS: number) => { readonly waitS: number; readonly delayS: number }
  readonly published: {
    readonly by: string
    readonly servedPct: number
    readonly waitS: number
    readonly delayS: number
  }
}

/** Published rows: reference/matching.md 2 and 4. */
export const SETTINGS = {
  '3000x4': {
    cars: 3_000,
    seats: 4,
    orders: 430_000,
    perMille: 1_400,
    promise: () => ({ waitS: 420, delayS: 840 }),
    published: { by: 'Alonso-Mora et al. 2017', servedPct: 98, waitS: 168, delayS: 210 },
  },
  '2000x6': {
    cars: 2_000,
    seats: 6,
    orders: 387_512,
    perMille: 1_757,
    promise: rideS => {
      const waitS = Math.min(300, 0.7 * rideS)
      return { waitS, delayS: Math.min(600, waitS + 0.3 * rideS) }
    },
    published: { by: 'AMoD2 (Leot6)', servedPct: 93.99, waitS: 124.5, delayS: 216.2 },
  },
} as const satisfies Readonly<Record<string, Setting>>

export type SettingName = keyof typeof SETTINGS
