/** The fleet as a process: `node sim/main.ts --config URL --city FILE --drivers N --riders N --seed N`. */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { createLocalCity } from '@hexhail/streets/local-city.ts'
import { randomPlace } from '@hexhail/streets/random-place.ts'
import { createFleet } from './fleet.ts'

const { values } = parseArgs({
  options: {
    config: { type: 'string' },
    city: { type: 'string' },
    drivers: { type: 'string', default: '24' },
    riders: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
    quiet: { type: 'boolean', default: false },
  },
})
if (!values.config || !values.city) {
  console.error('The fleet needs --config URL and --city FILE: `npm start` gives it both.')
  process.exit(1)
}
const config = (await (await fetch(values.config)).json()) as AppConfig
const bytes = new Uint8Array(await readFile(values.city))
const city = createLocalCity()
await city.load(bytes)
const streets = openCity(bytes)
const fleet = await createFleet({
  config,
  city,
  drivers: Number(values.drivers),
  riders: Number(values.riders),
  seed: Number(values.seed),
  place: next => randomPlace(streets, next).at,
  report: error => {
    if (!values.quiet) console.error(`fleet: ${error instanceof Error ? error.message : String(error)}`)
  },
})
console.log(`fleet ready: ${fleet.drivers.length} drivers, ${fleet.riders.length} riders`)
const stop = () => void fleet.stop().finally(() => process.exit(0))
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
