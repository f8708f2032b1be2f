import { readFile, stat } from 'node:fs/promises'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { TrafficSource } from './live-traffic.ts'

/** No file of factors is bigger (some 40,000 rows): taking it apart, which is not done by slices, stays short. */
const MOST_BYTES = 2_500_000

/** A file of live factors: its stamp changes when it is written or another takes its place. */
export function trafficSource(path: string): TrafficSource {
  const told = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (cause) {
      const message = `Cannot read the traffic of ${path}: check the path and who may read it.`
      throw new HexhailError('TRAFFIC_INPUT', message, { path }, cause)
    }
  }
  return {
    async stamp() {
      const { mtimeMs, size, ino } = await told(stat(path))
      if (size <= MOST_BYTES) return `${ino} ${size} ${mtimeMs}`
      const message = `The traffic of ${path} has ${size} bytes, more than ${MOST_BYTES}: leave past hours out.`
      throw new HexhailError('TRAFFIC_INPUT', message, { path })
    },
    read: () => told(readFile(path, 'utf8')),
  }
}
