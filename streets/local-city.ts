import type { AsyncCity } from './city-client.ts'

/** The same city without a worker, for Node: call `load` first. */
export function createLocalCity(): AsyncCity {
  throw new Error('The local city is not built yet.')
}
