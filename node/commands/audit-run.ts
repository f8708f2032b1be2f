import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkCounts, estimates } from '@hexhail/audit/checks/audit-report.ts'
import type { Books } from '@hexhail/audit/checks/books.ts'
import { runAudit } from '@hexhail/audit/checks/run-audit.ts'
import { runParallel } from '@hexhail/audit/checks/run-parallel.ts'
import { openTrips, shareTrips } from '@hexhail/audit/checks/shared-trips.ts'
import { createDeskClient } from '@hexhail/audit/desk-client.ts'
import { evidenceText } from '@hexhail/audit/evidence/evidence-text.ts'
import { makeEvidence } from '@hexhail/audit/evidence/make-evidence.ts'
import type { Watched } from '@hexhail/audit/log/watch-log.ts'
import { listMonthKeys } from '@hexhail/audit/month-keys.ts'
import { openStore } from '@hexhail/audit/store/open-store.ts'
import { readAllActs } from '@hexhail/chain/authority-acts.ts'
import { readLeases } from '@hexhail/chain/lease-shares.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import { createRpc } from '@hexhail/chain/rpc.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { readAddresses } from '../addresses.ts'
import { auditInput } from '../audit-input.ts'
import { command } from '../command.ts'
import { dayOption } from '../day-option.ts'
import { exportFaults } from '../export-faults.ts'
import { fileMemory } from '../file-memory.ts'
import { logFaults } from '../log-faults.ts'
import { createProgressBar } from '../progress-bar.ts'

/** Fewer trips are looked at before other threads have begun. */
const PARALLEL_FROM = 5_000
/** Exit code when there are findings. */
const FOUND = 3

/** `hexhail audit run`: all checks over the settlements in the database. */
export const auditRunCommand = command({
  usage: 'audit run',
  about:
    'Asks every check of the settlements that `audit sync` has read and of the records filed for them. Prints a line of\n' +
    'JSON for each finding, for each check that could not be made, for the public log, and at last the counts; with\n' +
    '--evidence also a file a finding, which `audit verify` confirms. Exit code 3: there are findings; 0: none; 1: it could not be done.',
  options: {
    addresses: { kind: 'text', value: '.hexhail/addresses.json', shown: 'FILE', help: 'chain and contracts' },
    db: { kind: 'text', value: '.hexhail/audit/audit.sqlite', shown: 'DB', help: 'what audit sync filled' },
    audit: {
      kind: 'text',
      value: 'http://127.0.0.1:7020',
      shown: 'URL',
      help: 'audit node with the records',
    },
    keys: {
      kind: 'text',
      value: '.hexhail/audit/month-keys',
      shown: 'DIR',
      help: 'keys of the months, as audit keys makes them',
    },
    from: { kind: 'text', value: null, shown: 'DAY', help: 'settled from this day on (2026-11-01, UTC)' },
    to: { kind: 'text', value: null, shown: 'DAY', help: 'settled before this day' },
    evidence: { kind: 'text', value: null, shown: 'DIR', help: 'writes an evidence file a finding there' },
    fastest: {
      kind: 'integer',
      value: 90,
      min: 1,
      max: 100_000,
      help: 'metres a second that no car exceeds; in a demo, times its --speed',
    },
    log: { kind: 'text', value: null, shown: 'URL', help: 'public log; /log of the audit node' },
    'log-vkey': {
      kind: 'text',
      value: null,
      shown: 'VKEY',
      help: "the log's key; the one that it told first",
    },
    witness: { kind: 'texts', shown: 'VKEY', help: 'witness whose cosignature is looked for' },
    seen: {
      kind: 'text',
      value: '.hexhail/audit/log-seen.json',
      shown: 'FILE',
      help: 'what the log showed and promised in earlier runs',
    },
    exports: {
      kind: 'text',
      value: null,
      shown: 'DIR',
      help: 'folder of exported files to hold against the chain',
    },
    statistics: { kind: 'flag', help: 'prints the statistics too: no violations' },
    workers: { kind: 'integer', value: 2, min: 1, max: 64, help: 'threads that check, from 5,000 trips on' },
  },
  async run({ addresses: path, db, audit: url, keys: folder, evidence, fastest, statistics, ...more }) {
    const config = readAddresses(path)
    const { chainId, contracts } = config
    const chain = { chainId, vault: contracts.vault }
    const keys = await listMonthKeys(folder)
    if (keys.every(({ privateKey }) => privateKey === null))
      throw new HexhailError('audit-key', `${folder} holds no key of a month: name the folder with --keys.`)
    await using store = await openStore(db, chain)
    const rpc = createRpc(config.rpcUrl)
    const head = Number(await rpc('eth_blockNumber', []))
    const bar = createProgressBar(process.stderr)
    const desk = createDeskClient(url)
    const span = {
      fromS: dayOption('from', more.from) ?? 0,
      toS: dayOption('to', more.to) ?? Number.MAX_SAFE_INTEGER,
    }
    const nowS = Math.floor(Date.now() / 1_000)
    const actsOf = (authority: Hex) => readAllActs(rpc, contracts, authority, contracts.deployBlock, head)
    const { trips, books: plain } = await auditInput({
      store,
      reader: createReader(config, rpc),
      desk,
      url,
      keys,
      ...span,
      nowS,
      acts: actsOf,
      leases: drivers => readLeases(rpc, contracts.vault, drivers, contracts.deployBlock, head),
      onProgress: (label, fraction) => bar.update(label, fraction),
    })
    const log = await logFaults({
      ...{ url: more.log ?? `${url}/log`, vkey: more['log-vkey'], witnesses: more.witness, desk, rpc },
      ...{ addresses: config, memory: fileMemory(more.seen), acts: await actsOf(config.authority) },
    }).catch(notThere)
    const today = new Date(nowS * 1_000).toISOString().slice(0, 10)
    const books: Books = {
      ...plain,
      fastestMps: fastest,
      ...('why' in log ? {} : { equivocations: log.equivocations, lateInclusions: log.late }),
      exportFaults: more.exports === null ? null : await exportFaults(more.exports, store, span, today),
    }
    const shared = shareTrips(trips)
    const source = openTrips(shared.options)
    let done = 0
    const onRows = (rows: number): void => {
      done += rows
      bar.update('checking trips', done / Math.max(1, shared.rows))
    }
    const isFew = shared.rows < PARALLEL_FROM || more.workers === 1
    const report = isFew
      ? runAudit(source, books, onRows)
      : await runParallel(shared, books, more.workers, onRows)
    bar.done()
    if (evidence !== null) mkdirSync(evidence, { recursive: true })
    for (const [i, finding] of report.findings.entries()) {
      const { check, name, says, terms, subject, answers } = finding
      const file = evidence === null ? null : join(evidence, `${check}-${terms[0]?.slice(2, 18) ?? i}.json`)
      if (file !== null) writeFileSync(file, evidenceText(makeEvidence(finding, source, books, chain)))
      tell({ type: 'finding', check, name, says, trips: terms, subject, answers, ...(file && { file }) })
    }
    if (statistics) for (const each of estimates(report.table, books)) tell({ type: 'statistic', ...each })
    const { filed, asked, findings, notChecked } = report
    tell({ type: 'log', ...('why' in log ? log : seenOf(log)) })
    for (const each of notChecked) tell({ type: 'not-checked', ...each })
    tell({
      type: 'counts',
      trips: report.trips,
      filed,
      asked,
      findings: findings.length,
      ...checkCounts(report),
    })
    if (findings.length > 0) process.exitCode = FOUND
  },
})

/** A log that is away, or not to be believed, is no reason to check nothing: what needs it is not checked. */
function notThere(error: unknown): { readonly why: string } {
  if (error instanceof HexhailError && ['LOG_DOWN', 'bad-tiles'].includes(error.code))
    return { why: error.message }
  throw error
}

const seenOf = ({ size, witnesses, compared }: Watched) => ({ size, witnesses, compared })

const tell = (line: object): void =>
  void process.stdout.write(
    `${JSON.stringify(line, (_, value) => (typeof value === 'bigint' ? String(value) : value))}\n`,
  )
