/** What a rider's page pays for checking a driver's card: the check by itself, and the code that is loaded for it. */

import { gzipSync } from 'node:zlib'
import { credentialHash } from '@hexhail/permits/credential-hash.ts'
import { openStatusList, signStatusList } from '@hexhail/permits/status-list.ts'
import { checkTripCard, makeTripCard } from '@hexhail/permits/trip-card.ts'
import { build } from 'vite'
import { enrolled, LIST_URI, NOW_S } from '../unit/permits/sample.ts'

const RUNS = 500
const TRIP = {
  trip: `0x${'ab'.repeat(32)}`,
  requestId: `0x${'cd'.repeat(16)}`,
  session: `0x${'ef'.repeat(64)}`,
} as const
const { issuer, holder, permit } = await enrolled()
const card = await makeTripCard(permit, holder, TRIP, NOW_S)
const token = await signStatusList(issuer, [[5, 'revoked']], {
  uri: LIST_URI,
  issuedAtS: NOW_S,
  untilS: NOW_S + 60,
})

const timed = async (run: () => Promise<unknown>): Promise<number[]> => {
  const ms: number[] = []
  for (let i = 0; i < RUNS; i++) {
    const from = performance.now()
    await run()
    ms.push(performance.now() - from)
  }
  return ms.sort((a, b) => a - b)
}
const opened = await openStatusList(token, { uri: LIST_URI, issuer: issuer.jwk, nowS: NOW_S })
if (opened.verdict !== 'accept') throw new Error(opened.code)
const wanted = {
  ...TRIP,
  issuer: issuer.jwk,
  chain: { credential: credentialHash(permit.driver), vehicleCredential: credentialHash(permit.vehicle) },
  statuses: opened.value,
  nowS: NOW_S,
}
const check = await timed(async () => {
  const found = await checkTripCard(card, wanted)
  if (found.verdict !== 'accept') throw new Error(found.code)
})
const list = await timed(() => openStatusList(token, { uri: LIST_URI, issuer: issuer.jwk, nowS: NOW_S }))
const make = await timed(() => makeTripCard(permit, holder, TRIP, NOW_S))

/** The page has hashes, hex and wallets already: the check, the office's client and SD-JWT come with the first card. */
const bundle = await build({
  configFile: false,
  logLevel: 'silent',
  build: {
    write: false,
    lib: {
      // Both files that client/permits-of.ts loads with the first card.
      entry: ['client/read-card.ts', 'permits/office-client.ts'].map(
        path => new URL(`../../${path}`, import.meta.url).pathname,
      ),
      formats: ['cjs'],
    },
    rolldownOptions: { external: [/^@noble\//, /^@hexhail\/(chain|protocol)\//] },
  },
})
const outputs = (Array.isArray(bundle) ? bundle : [bundle]).flatMap(each =>
  'output' in each ? each.output : [],
)
const code = outputs.map(each => (each.type === 'chunk' ? each.code : '')).join('')
const at = (ms: number[], share: number): number => Number(ms[Math.floor(ms.length * share)]!.toFixed(2))
console.log(
  JSON.stringify({
    cardBytes: card.length,
    checkP50Ms: at(check, 0.5),
    checkP95Ms: at(check, 0.95),
    listP50Ms: at(list, 0.5),
    makeP50Ms: at(make, 0.5),
    lazyGzBytes: gzipSync(code, { level: 9 }).length,
  }),
)
