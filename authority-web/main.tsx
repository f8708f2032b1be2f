import '@hexhail/ui/start.ts'
import './authority.css'
import { createDeskClient } from '@hexhail/audit/desk-client.ts'
import { fetchTariff } from '@hexhail/audit/tariff/signed-tariff.ts'
import { readAllActs } from '@hexhail/chain/authority-acts.ts'
import { createFollower } from '@hexhail/chain/follower.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import { createRpc } from '@hexhail/chain/rpc.ts'
import { openBrowserStore } from '@hexhail/client/browser-store.ts'
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import cityWorkerUrl from '@hexhail/streets/city-worker.ts?worker&url'
import { trustScriptUrl } from '@hexhail/ui/trusted-types.ts'
import { render } from 'preact'
import { App } from './App.tsx'
import { createAuditor } from './audit-client.ts'
import { createAuditDesk } from './audit-desk.ts'
import auditWorkerUrl from './audit-worker.ts?worker&url'
import { cityMap } from './city-map.ts'
import { type AuthorityConfig, parseConfig } from './config.ts'
import { createKeyShelf } from './key-shelf.ts'
import { createAuthorityModel } from './model.ts'
import { openLog } from './open-log.ts'
import type { RulingPort } from './parts/RulingCard.tsx'
import { createPermitBook } from './permit-book.ts'
import { followRoute } from './route.ts'
import { ConfigLost } from './screens/ConfigLost.tsx'
import { SCREENS } from './screens.ts'
import { takeKey } from './take-key.ts'
import { createTariffDesk } from './tariff-desk.ts'

const root = document.getElementById('app') as HTMLElement
trustScriptUrl(cityWorkerUrl)
trustScriptUrl(auditWorkerUrl)

const route = followRoute(window)
// On its way while the server is asked; where it does not come, the screen says so.
SCREENS[route.value.screen].load().catch(() => {})

const answer = await fetch('/config.json', { cache: 'no-store' })
  .then(response => response.json())
  .catch(() => null)
const config = parseConfig(answer)
if (config.verdict === 'accept') open(config.value)
else render(<ConfigLost reason={config.code} />, root)

function open(config: AuthorityConfig): void {
  const { chainId, rpcUrl, contracts, tariffId, auditUrl, auditKey, city, speed = 1 } = config
  const chain = { chainId, rpcUrl, contracts }
  const report = (error: unknown) => console.warn(error)
  const every = (ms: number, run: () => void) => {
    const timer = setInterval(run, ms)
    return () => clearInterval(timer)
  }
  const shelf = createKeyShelf(openBrowserStore('hexhail-authority'))
  const find = (tariff: Tariff) =>
    fetchTariff({ url: auditUrl, chainId }, tariff, (input, init) => fetch(input, init))
  const reader = createReader(chain)
  const model = createAuthorityModel({
    find,
    reader,
    follower: createFollower({ config: chain, report }),
    desk: createDeskClient(auditUrl, (input, init) => fetch(input, init)),
    shelf,
    auditKey,
    tariffId,
    speed,
    now: Date.now,
    every,
    report,
  })
  const take = () => void takeKey(model, window)
  addEventListener('hashchange', take)
  take()
  const map = cityMap(city, () => new Worker(cityWorkerUrl, { type: 'module' }), location.href)
  const rpc = createRpc(rpcUrl)
  const log = openLog(config.log, { every, report, rpc })
  const desk = createTariffDesk({
    find,
    publish: async (hand, doc) => (await import('./publish-tariff.ts')).publishDraft(config, hand, doc),
    now: Date.now,
  })
  const acts = async (authority: Hex) =>
    readAllActs(rpc, contracts, authority, contracts.deployBlock, Number(await rpc('eth_blockNumber', [])))
  const permits = createPermitBook({
    url: auditUrl,
    shelf,
    fetch: (input, init) => fetch(input, init),
    now: Date.now,
    report,
    acts: async () => {
      const { authority } = model.tariffs.value.get(tariffId) ?? (await reader.tariff(tariffId))
      return acts(authority)
    },
  })
  const audit = createAuditDesk({
    auditor: createAuditor(() => new Worker(auditWorkerUrl, { type: 'module' }), {
      chainId,
      vault: contracts.vault,
    }),
    ...{ rows: model.rows, tariffs: model.tariffs, find, every, report, speed },
    acts,
    now: Date.now,
  })
  const ruling: RulingPort = {
    look: async id => (await import('./rule-trip.ts')).lookAtDispute(config, id),
    rule: async (...given) => (await import('./rule-trip.ts')).ruleTrip(config, ...given),
  }
  const props = { model, log, city: map, tariffId, desk, permits, audit, ruling }
  render(<App {...props} route={route} />, root)
}
