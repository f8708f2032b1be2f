import '@hexhail/ui/start.ts'
import './authority.css'
import { createDeskClient } from '@hexhail/audit/desk-client.ts'
import { createFollower } from '@hexhail/chain/follower.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import { openBrowserStore } from '@hexhail/client/browser-store.ts'
import cityWorkerUrl from '@hexhail/streets/city-worker.ts?worker&url'
import { trustScriptUrl } from '@hexhail/ui/trusted-types.ts'
import { render } from 'preact'
import { App } from './App.tsx'
import { cityMap } from './city-map.ts'
import { type AuthorityConfig, parseConfig } from './config.ts'
import { createKeyShelf } from './key-shelf.ts'
import { createAuthorityModel } from './model.ts'
import { followRoute } from './route.ts'
import { ConfigLost } from './screens/ConfigLost.tsx'
import { takeKey } from './take-key.ts'

const root = document.getElementById('app') as HTMLElement
trustScriptUrl(cityWorkerUrl)

const answer = await fetch('/config.json', { cache: 'no-store' })
  .then(response => response.json())
  .catch(() => null)
const config = parseConfig(answer)
if (config.verdict === 'accept') open(config.value)
else render(<ConfigLost reason={config.code} />, root)

function open({ chainId, rpcUrl, contracts, tariffId, auditUrl, auditKey, city }: AuthorityConfig): void {
  const chain = { chainId, rpcUrl, contracts }
  const report = (error: unknown) => console.warn(error)
  const model = createAuthorityModel({
    reader: createReader(chain),
    follower: createFollower({ config: chain, report }),
    desk: createDeskClient(auditUrl, (input, init) => fetch(input, init)),
    shelf: createKeyShelf(openBrowserStore('hexhail-authority')),
    auditKey,
    tariffId,
    now: Date.now,
    every: (ms, run) => {
      const timer = setInterval(run, ms)
      return () => clearInterval(timer)
    },
    report,
  })
  const take = () => void takeKey(model, window)
  addEventListener('hashchange', take)
  take()
  const map = cityMap(city, () => new Worker(cityWorkerUrl, { type: 'module' }), location.href)
  render(<App model={model} route={followRoute(window)} city={map} tariffId={tariffId} />, root)
}
