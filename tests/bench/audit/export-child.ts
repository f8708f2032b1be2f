/** One export in a process of its own: `node export-child.ts TRIPS KIND OUT`. */
import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { hvfhv } from '@hexhail/audit/exports/hvfhv.ts'
import { mds } from '@hexhail/audit/exports/mds.ts'
import { openOutFiles } from '@hexhail/audit/exports/out-files.ts'
import { NO_PARTICULARS } from '@hexhail/audit/exports/particulars.ts'
import { plainCsv, plainParquet } from '@hexhail/audit/exports/plain-table.ts'
import { type MakeExport, runExport } from '@hexhail/audit/exports/run-export.ts'
import { tnp } from '@hexhail/audit/exports/tnp.ts'
import { createTotals } from '@hexhail/audit/exports/totals.ts'
import { MDS_SCHEMAS, mdsValidators } from '../../unit/audit/exports/mds-schemas.ts'
import { openTrips } from './trip-file.ts'
import { MONTH_S, TOWNS } from './world.ts'

const [path = '', kind = 'csv', out = ''] = process.argv.slice(2)
const zone = 'America/Montevideo'
const tariffs = new Map(
  TOWNS.flatMap(town => [MONTH_S, MONTH_S + 20 * 86_400].map(town.tariffAt)).map(({ id, tariff }) => [
    id,
    tariff,
  ]),
)
const EXPORTS: Readonly<Record<string, MakeExport>> = {
  csv: plainCsv,
  parquet: plainParquet,
  hvfhv: hvfhv({ licence: null, base: null, levyColumn: 'sales_tax', zones: new Map(), zone }),
  tnp: tnp({
    particulars: NO_PARTICULARS,
    state: null,
    ...{ fromS: MONTH_S, toS: MONTH_S + 30 * 86_400, zone, today: '2026-12-05', hasLocations: false },
  }),
  mds: mds({
    provider: '8d293e6c-8d5c-8e1a-8d29-3e6c8d5c0e1a',
    jurisdiction: '9e293e6c-8d5c-8e1a-8d29-3e6c8d5c0e1a',
    currency: 'USD',
    particulars: NO_PARTICULARS,
    tariffs,
    hasTelemetry: false,
  }),
}

const source = openTrips(path)
const chain = createTotals()
for (const { settled } of source.trips(0, source.rows)) chain.take(settled)
const [began, cpu] = [performance.now(), process.cpuUsage()]
const { files, written } = await runExport({
  name: kind,
  source: { module: new URL('./trip-file.ts', import.meta.url).href, options: path, rows: source.rows },
  files: openOutFiles(out),
  make: EXPORTS[kind]!,
  chain: () => chain.totals,
})
const seconds = (performance.now() - began) / 1_000
const { user, system } = process.cpuUsage(cpu)
const peakMb = process.resourceUsage().maxRSS / 1_000
const invalid = kind === 'mds' ? await countInvalid() : null
process.send?.({
  trips: written.trips,
  files: files.length,
  seconds,
  cpuS: (user + system) / 1e6,
  peakMb,
  invalid,
})
process.disconnect?.()

/** Rows of the MDS files that their schemas refuse; null where the schemas are not here. */
async function countInvalid(): Promise<number | null> {
  if (!existsSync(MDS_SCHEMAS)) return null
  const validators = mdsValidators()
  let bad = 0
  for (const [file, validate] of Object.entries(validators)) {
    const lines = createInterface({ input: createReadStream(join(out, file)) })
    for await (const line of lines) {
      if (!line.startsWith('{"') || line.startsWith('{"version"')) continue
      if (!validate(JSON.parse(line.replace(/,$/, '')))) bad++
    }
  }
  return bad
}
