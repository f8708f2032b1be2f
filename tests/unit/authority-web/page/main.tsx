/** The authority's page over a made-up city in memory, to look at: `npx vite tests/unit/authority-web/page`. Not shipped. */
import '@hexhail/ui/start.ts'
import '@hexhail/authority-web/authority.css'
import { importAuditKey, makeAuditKey } from '@hexhail/audit/audit-key.ts'
import type { FoundDocument } from '@hexhail/audit/tariff/signed-tariff.ts'
import { App } from '@hexhail/authority-web/App.tsx'
import { createAuditDesk } from '@hexhail/authority-web/audit-desk.ts'
import { createAuditJob } from '@hexhail/authority-web/audit-job.ts'
import { createAuthorityModel } from '@hexhail/authority-web/model.ts'
import type { CityMap } from '@hexhail/authority-web/parts/TripMap.tsx'
import { createPermitBook } from '@hexhail/authority-web/permit-book.ts'
import { followRoute } from '@hexhail/authority-web/route.ts'
import { createTariffDesk } from '@hexhail/authority-web/tariff-desk.ts'
import { DEMO_DOCUMENT } from '@hexhail/chain/demo-tariff.ts'
import { localChainKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import { render } from 'preact'
import { TARIFF } from '../../protocol/demo-tariff.ts'
import { sealAll, seededTrips } from '../seeded-city.ts'
import { memoryShelf, tableChain } from '../table-chain.ts'
import { madeLog } from './made-log.ts'
import { madeOffice } from './made-office.ts'

const authority = walletFromKey(localChainKey(0))
const say = new URLSearchParams(location.search)
const { privateKey, publicKey } = await makeAuditKey()
const shelf = memoryShelf()
if (!say.has('nokey')) {
  const key = await importAuditKey(privateKey, publicKey)
  if (key.verdict === 'accept') await shelf.save([key.value])
}
/** `?all`: a tariff with every rule that only some have. */
const published: Tariff = { ...TARIFF, authority: authority.address }
const tariff = say.has('all')
  ? {
      ...published,
      sectionM: 5_500,
      perKmBeyond: 110,
      levyFlat: 25,
      tollMax: 400,
      roundTo: 5,
      needsPermit: true,
    }
  : published
const endS = Math.floor(Date.now() / 1_000)
const trips = seededTrips(tariff, Number(say.get('trips') ?? 240), endS)
const table = tableChain(publicKey, new Map([[1, tariff]]), shelf)
table.nowMs = endS * 1_000
table.filed.push(...(await sealAll(trips, publicKey)))
const { log, released } = await madeLog(
  table.filed,
  [
    { name: 'flows', period: '2026-10', epsilon: 1, sha256: '3f'.repeat(32) },
    { name: 'hours', period: '2026-10', epsilon: 1, sha256: 'a1'.repeat(32) },
    { name: 'fares', period: '2026-W46', epsilon: 1, sha256: '7c'.repeat(32) },
  ],
  authority,
  table.nowMs,
)
// `?hides`: the ledger leaves the newest release out.
if (!say.has('nokey')) table.released.push(...released.slice(0, say.has('hides') ? -1 : undefined))
for (const { fact } of trips) {
  table.proven.add(fact.txHash)
  table.permits.set(fact.driver, {
    untilS: endS + 86_400 * 200,
    credential: `0x${'0'.repeat(64)}`,
    vehicle: null,
  })
}
if (trips[0])
  table.permits.set(trips[0].fact.driver, {
    untilS: endS - 86_400,
    credential: `0x${'0'.repeat(64)}`,
    vehicle: null,
  })
const model = createAuthorityModel(table.ports)
for (const { fact } of trips) table.tell('fact', fact)
if (say.has('down')) {
  table.setUp(false)
  table.deskIsDown = true
  table.tick()
}
Object.assign(globalThis, { trips, table, model })
const city: CityMap = { tile: async () => new Uint8Array(), centre: [-56.1882, -34.9033], zoom: 11 }
const find = async (found: Tariff): Promise<FoundDocument> =>
  found === published
    ? { state: 'checked', class: 'car', signed: { document: DEMO_DOCUMENT, chainId: 1, signature: '0x' } }
    : { state: 'away' }
const chain = { chainId: 1, vault: `0x${'7a'.repeat(20)}` } as const
const job = createAuditJob(chain)
const audit = createAuditDesk({
  auditor: {
    run: async (...all) => job.run(...all),
    over: async (...all) => createAuditJob(chain).run(...all),
    evidence: async at => job.evidence(at),
  },
  ...{
    rows: model.rows,
    tariffs: model.tariffs,
    find,
    now: () => table.nowMs,
    speed: 1,
    acts: async () => [],
  },
  every: (ms, run) => {
    const timer = setInterval(run, ms)
    return () => clearInterval(timer)
  },
  report: console.error,
})
const desk = createTariffDesk({
  find,
  publish: async () => [2],
  now: Date.now,
})
const permits = createPermitBook({
  url: 'http://office.invalid',
  shelf: table.ports.shelf,
  fetch: await madeOffice(publicKey, Number(say.get('permits') ?? 24), table.nowMs),
  now: Date.now,
  report: () => {},
  acts: async () => [],
})
const ruling = {
  look: async () => 'not-contested' as const,
  rule: () => Promise.reject(new Error('there is no chain')),
}
render(
  <App {...{ model, city, desk, permits, audit, ruling, log }} route={followRoute(window)} tariffId={1} />,
  document.getElementById('app') as HTMLElement,
)
