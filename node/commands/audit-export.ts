import { join } from 'node:path'
import { openOutFiles } from '@hexhail/audit/exports/out-files.ts'
import { runExport } from '@hexhail/audit/exports/run-export.ts'
import { listMonthKeys } from '@hexhail/audit/month-keys.ts'
import { createRecordOpener } from '@hexhail/audit/open-records.ts'
import type { AuditStore } from '@hexhail/audit/store/audit-store.ts'
import { isPostgres, openRecordStore, openStore } from '@hexhail/audit/store/open-store.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import { createRpc } from '@hexhail/chain/rpc.ts'
import { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import { type Addresses, readAddresses } from '../addresses.ts'
import { command } from '../command.ts'
import { cubeRelease } from '../cube-release.ts'
import { dayOption } from '../day-option.ts'
import { keyFromEnvironment } from '../environment.ts'
import { clockOf, EXPORTS } from '../export-kinds.ts'
import { periodSpan } from '../export-period.ts'
import { type ExportSpan, storedTotals, storedTrips } from '../export-source.ts'
import { openedBy } from '../filed-records.ts'
import { createProgressBar } from '../progress-bar.ts'
import { PLACE_TRIPS, storedTripsModule } from '../stored-trips.ts'

/** `hexhail audit export`: what regulators and the public get. */
export const auditExportCommand = command({
  usage: 'audit export mds | hvfhv | tnp | csv | parquet | cube',
  about:
    'Writes the settlements that `audit sync` has read, with their opened records, as files in the folder --out:\n' +
    'mds      MDS 2.0 Provider: trips, vehicles, their status and events; with --ways telemetry\n' +
    "hvfhv    the 25 columns of New York's TLC, Parquet\n" +
    "tnp      the seven files of Chicago's manual, and the answers of its 18 tests\n" +
    'csv, parquet   the plain table\n' +
    'cube     open figures of a month or week, with noise; each is made once, and stands in the ledger\n' +
    "Every total is held against the chain's; where one differs no file is left and the exit code is 1.",
  words: 1,
  options: {
    addresses: { kind: 'text', value: '.hexhail/addresses.json', shown: 'FILE', help: 'chain and contracts' },
    db: {
      kind: 'text',
      value: '.hexhail/audit/audit.sqlite',
      shown: 'DB',
      help: 'what audit sync and the audit node filled',
    },
    dir: {
      kind: 'text',
      value: '.hexhail/audit',
      shown: 'DIR',
      help: "the audit node's folder: keys, permit register",
    },
    from: { kind: 'text', value: null, shown: 'DAY', help: 'settled from this day on (2026-11-01, UTC)' },
    to: { kind: 'text', value: null, shown: 'DAY', help: 'settled before this day' },
    out: { kind: 'text', value: 'exports', shown: 'DIR', help: 'where the files go' },
    zone: { kind: 'text', value: 'UTC', shown: 'ZONE', help: 'hvfhv, tnp, cube: local time' },
    currency: { kind: 'text', value: 'USD', shown: 'CODE', help: 'mds: what a token is' },
    ways: { kind: 'flag', help: 'mds, tnp: also where each car drove' },
    state: { kind: 'text', value: null, shown: 'STATE', help: 'tnp: state of licences and plates' },
    licence: { kind: 'text', value: null, shown: 'TEXT', help: 'hvfhv: hvfhs_license_num' },
    base: { kind: 'text', value: null, shown: 'TEXT', help: 'hvfhv: dispatching_base_num' },
    'levy-column': {
      kind: 'text',
      value: 'congestion_surcharge',
      shown: 'NAME',
      help: 'hvfhv: where the levy goes',
    },
    zones: {
      kind: 'text',
      value: null,
      shown: 'FILE',
      help: 'hvfhv: res-7 cells and their taxi zones, JSON',
    },
    cube: { kind: 'text', value: 'flows', shown: 'NAME', help: 'cube: flows, hours or fares' },
    period: { kind: 'text', value: null, shown: 'PERIOD', help: 'cube: 2026-11, fares 2026-W48' },
    ledger: {
      kind: 'text',
      value: '.hexhail/audit/epsilon.jsonl',
      shown: 'FILE',
      help: 'cube: what was released',
    },
    log: {
      kind: 'text',
      value: null,
      shown: 'URL',
      help: 'cube: log to tell it to, signed with HEXHAIL_KEY',
    },
  },
  async run({ addresses: path, db, dir, from, to, out, ...more }, [kind = '']) {
    if (kind !== 'cube' && !Object.hasOwn(EXPORTS, kind))
      throw new HexhailError(
        'bad-value',
        `Say which: audit export ${Object.keys(EXPORTS).join(', ')} or cube; see --help.`,
        {},
      )
    const addresses = readAddresses(path)
    const { chainId, contracts } = addresses
    const nowS = Math.floor(Date.now() / 1_000)
    const span = spanOf(kind, { ...more, from, to, nowS })
    const wallet = kind === 'cube' && more.log !== null ? walletFromKey(keyFromEnvironment()) : null
    const release =
      kind === 'cube'
        ? cubeRelease({
            ...more,
            name: more.cube,
            period: more.period!,
            span,
            out,
            toLocal: clockOf(more.zone),
          })
        : null
    await using store = await openStore(db, { chainId, vault: contracts.vault })
    const { trips, tariffs, places } = await overview(store, span)
    const known = kind === 'mds' ? await readTariffs(addresses, tariffs) : new Map<number, Tariff>()
    const make =
      release?.make ??
      EXPORTS[kind]!({
        ...more,
        ...{ span, vault: contracts.vault, chainId, nowS, register: join(dir, 'permits.jsonl') },
        tariffs: known,
      })
    const keys = (await listMonthKeys(join(dir, 'month-keys'))).flatMap(({ privateKey }) => privateKey ?? [])
    await using records = await openRecordStore(db, { chainId, vault: contracts.vault })
    const bar = createProgressBar(process.stderr)
    let done = 0
    const { files, written } = await runExport({
      name: kind === 'cube' ? `${more.cube}-${more.period}` : kind,
      source: isPostgres(db)
        ? storedTrips(store, span, openedBy(records, createRecordOpener(keys)))
        : storedTripsModule({ db, span, keys, rows: trips, places }),
      files: openOutFiles(out),
      make,
      chain: () => storedTotals(store, span),
      ...(release && {
        onChecked: async () =>
          release.spend(
            wallet && more.log !== null ? await release.tell(more.log, wallet, nowS * 1_000) : undefined,
          ),
      }),
      onTrips: count => {
        done += count
        bar.update(`writing ${kind}`, done / Math.max(1, trips))
      },
    }).finally(() => bar.done())
    const told = { type: 'export', kind, files, trips: written.trips, sums: written.sums }
    process.stdout.write(
      `${JSON.stringify(told, (_, value) => (typeof value === 'bigint' ? String(value) : value))}\n`,
    )
  },
})

function spanOf(
  kind: string,
  given: { from: string | null; to: string | null; period: string | null; nowS: number },
): ExportSpan {
  if (kind === 'cube') {
    if (given.period === null)
      throw new HexhailError('bad-value', 'A cube is of a --period: 2026-11, or 2026-W48 for fares.', {})
    const span = periodSpan(given.period)
    if (span.toS > given.nowS)
      throw new HexhailError(
        'period-open',
        `${given.period} is not over: its figures are released once, whole.`,
      )
    return span
  }
  return { fromS: dayOption('from', given.from) ?? 0, toS: dayOption('to', given.to) ?? given.nowS + 86_400 }
}

/** How many trips there are, under which tariffs, and where every so manieth stands. */
async function overview(store: AuditStore, { fromS, toS }: ExportSpan) {
  let trips = 0
  const tariffs = new Set<number>()
  const places: number[] = []
  for await (const fact of store.facts('settled')) {
    if (fact.fact !== 'settled' || fact.timestampS < fromS || fact.timestampS >= toS) continue
    if (trips++ % PLACE_TRIPS === 0) places.push(fact.blockNumber, fact.logIndex)
    tariffs.add(fact.tariff)
  }
  return { trips, tariffs, places: Float64Array.from(places) }
}

async function readTariffs(addresses: Addresses, ids: ReadonlySet<number>): Promise<Map<number, Tariff>> {
  const reader = createReader(addresses, createRpc(addresses.rpcUrl))
  return new Map(await Promise.all([...ids].map(async id => [id, await reader.tariff(id)] as const)))
}
