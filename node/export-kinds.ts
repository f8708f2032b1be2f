/** What `hexhail audit export` can make, by name, out of its options. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { hvfhv, LEVY_COLUMNS } from '@hexhail/audit/exports/hvfhv.ts'
import { mds } from '@hexhail/audit/exports/mds.ts'
import { uuidAt } from '@hexhail/audit/exports/mds-uuid.ts'
import { NO_PARTICULARS, officeParticulars, type Particulars } from '@hexhail/audit/exports/particulars.ts'
import { plainCsv, plainParquet } from '@hexhail/audit/exports/plain-table.ts'
import type { MakeExport } from '@hexhail/audit/exports/run-export.ts'
import { dayText, localClock, type ToLocal } from '@hexhail/audit/exports/text.ts'
import { tnp } from '@hexhail/audit/exports/tnp.ts'
import type { RegisterLine } from '@hexhail/permits/register.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { ExportSpan } from './export-source.ts'

/** What an export is made with. */
export interface ExportNeeds {
  readonly span: ExportSpan
  readonly vault: Hex
  readonly chainId: number
  /** File of the permit office's register. */
  readonly register: string
  readonly zone: string
  readonly currency: string
  readonly ways: boolean
  readonly state: string | null
  readonly licence: string | null
  readonly base: string | null
  readonly 'levy-column': string
  /** File of taxi zones: an object of cell to number. */
  readonly zones: string | null
  readonly tariffs: ReadonlyMap<number, Tariff>
  readonly nowS: number
}

/** Exports of single trips. */
export const EXPORTS: Readonly<Record<string, (needs: ExportNeeds) => MakeExport>> = {
  csv: () => plainCsv,
  parquet: () => plainParquet,
  mds: ({ vault, chainId, currency, ways, register, tariffs }) => {
    const uuid = (what: string) =>
      uuidAt(createHash('sha256').update(`hexhail ${what} ${chainId} ${vault.toLowerCase()}`).digest(), 0)
    const ids = { provider: uuid('provider'), jurisdiction: uuid('jurisdiction') }
    return mds({ ...ids, currency, tariffs, hasTelemetry: ways, particulars: particularsOf(register) })
  },
  hvfhv: ({ licence, base, zones, zone, ...rest }) => {
    const levyColumn = LEVY_COLUMNS.find(each => each === rest['levy-column'])
    if (!levyColumn)
      throw new HexhailError('bad-value', `--levy-column takes one of ${LEVY_COLUMNS.join(', ')}.`, {})
    return hvfhv({ licence, base, levyColumn, zones: zonesOf(zones), zone: knownZone(zone) })
  },
  tnp: ({ register, state, span, zone, ways, nowS }) => {
    const today = dayText(clockOf(zone)(nowS))
    const more = { ...span, zone, today, hasLocations: ways }
    return tnp({ ...more, state, particulars: particularsOf(register) })
  },
}

/** The clock of --zone. @throws {HexhailError} 'bad-value' */
export function clockOf(zone: string): ToLocal {
  try {
    return localClock(zone)
  } catch (cause) {
    throw new HexhailError(
      'bad-value',
      `--zone takes a time zone as America/Chicago, not «${zone}».`,
      {},
      cause,
    )
  }
}

/** The same zone. @throws {HexhailError} 'bad-value' */
function knownZone(zone: string): string {
  clockOf(zone)
  return zone
}

function particularsOf(path: string): Particulars {
  if (!existsSync(path)) return NO_PARTICULARS
  const lines = readFileSync(path, 'utf8').split('\n')
  return officeParticulars(
    lines.flatMap(line => {
      try {
        return [JSON.parse(line) as RegisterLine]
      } catch {
        return [] // torn, or empty
      }
    }),
  )
}

function zonesOf(path: string | null): ReadonlyMap<string, number> {
  if (path === null) return new Map()
  try {
    const zones = Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, number>)
    if (zones.every(([cell, id]) => /^8[0-9a-f]{14}$/.test(cell) && Number.isInteger(id)))
      return new Map(zones)
  } catch {
    // told below
  }
  throw new HexhailError(
    'bad-value',
    `${path} is no object of res-7 cells and the numbers of their taxi zones.`,
    { path },
  )
}
