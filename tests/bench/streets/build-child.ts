/* Builds a city in a process of its own: `build-child.ts <cache folder> [extract]`; prints one JSON object. */
import { buildFromFile, buildMontevideo } from '@hexhail/streets/city-files.ts'

/** What building a city took. */
export interface Built {
  readonly path: string
  readonly built: boolean
  readonly cpuS: number
  readonly peakMb: number
}

const [cacheDir, extract] = process.argv.slice(2)
const { path, built } = await (extract
  ? buildFromFile(extract, { cacheDir: cacheDir! })
  : buildMontevideo(cacheDir!))
const { user, system } = process.cpuUsage()
const figures: Built = {
  path,
  built,
  cpuS: (user + system) / 1e6,
  peakMb: process.resourceUsage().maxRSS / 1024,
}
console.log(JSON.stringify(figures))
