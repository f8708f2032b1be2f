import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { allTimes, type City, roadGraph } from './city-times.ts'

/**
 * A city from a folder: `nodes.csv` (number from 1, latitude, longitude), `edges.csv` (from, to, seconds) and `od.u16.gz`
 * (origin and destination of real trips, nodes from 0, little-endian). Roads take `perMille` thousandths of what the file
 * says. Throws what `readFileSync` does where one is absent.
 */
export function readCity(folder: string, perMille = 1000): City {
  const rows = (name: string): number[][] =>
    readFileSync(join(folder, name), 'utf8')
      .trim()
      .split('\n')
      .map(line => line.split(',').map(Number))
  const points = rows('nodes.csv')
  const nodes = points.length
  const places = Float64Array.from(points.flatMap(([, lat, lng]) => [lng!, lat!]))
  const graph = roadGraph(
    nodes,
    rows('edges.csv').map(
      ([u, v, s]) => [u! - 1, v! - 1, Math.round((perMille * Math.max(1, s!)) / 100)] as const,
    ),
  )
  const od = gunzipSync(readFileSync(join(folder, 'od.u16.gz')))
  const trips = new Uint16Array(od.buffer.slice(od.byteOffset, od.byteOffset + od.byteLength))
  return { nodes, graph, places, times: allTimes(graph), trips }
}
