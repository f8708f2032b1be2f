/** `npm run bench -- <area> [options]`: runs tests/bench/<area>.bench.ts; its last line is one JSON object of figures. */

import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runNode } from '../runner/live.ts'

const HERE = dirname(fileURLToPath(import.meta.url))
const ENDING = '.bench.ts'

const areas = readdirSync(HERE)
  .filter(name => name.endsWith(ENDING))
  .map(name => name.slice(0, -ENDING.length))
  .sort()
const [area, ...options] = process.argv.slice(2)

if (area === undefined || !areas.includes(area)) {
  console.error(`${area === undefined ? 'Name an area' : `No bench «${area}»`}: ${areas.join(', ')}.`)
  process.exitCode = 2
} else {
  process.exitCode = (await runNode([join(HERE, `${area}${ENDING}`), ...options])).code
}
