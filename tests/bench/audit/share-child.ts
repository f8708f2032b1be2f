/** Makes one share of a month: `node share-child.ts SHARE`, in JSON. */
import type { Share } from './make-shares.ts'
import { makeTrips } from './make-trips.ts'

const { path, trips, seeds, seed, firstDriver } = JSON.parse(process.argv[2] ?? '{}') as Share
process.send?.(makeTrips(path, trips, seeds, seed, firstDriver), () => process.disconnect())
