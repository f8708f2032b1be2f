import { createOperatorList } from '@hexhail/chain/operator-list.ts'
import type { ChainReader } from '@hexhail/chain/ports.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import { gossipValidator, type HeardFeeds } from '@hexhail/client/gossip.ts'
import { createLeaf } from '@hexhail/net/leaf.ts'
import type { Leaf } from '@hexhail/net/ports.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import { cellAt, FAR_RES } from '@hexhail/protocol/cells.ts'
import { authorOf } from '@hexhail/protocol/envelope.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { createOperatorCheck } from '@hexhail/protocol/operator.ts'
import { createSeen } from '@hexhail/protocol/seen.ts'
import type { EntityTable } from '@hexhail/transit/realtime/entity-table.ts'
import { createFeedCheck } from '@hexhail/transit/realtime/feed-check.ts'

/** A deployment as a transit program sees it. */
export interface TransitNet extends AsyncDisposable {
  readonly config: AppConfig
  readonly reader: ChainReader
  readonly leaf: Leaf
}

/** Reads a deployment's `/config.json`. @throws {HexhailError} 'config' where there is none */
export async function readConfigAt(url: string): Promise<AppConfig> {
  const config = await fetch(url, { signal: AbortSignal.timeout(10_000) })
    .then(answer => answer.json() as Promise<Partial<AppConfig>>)
    .catch(() => null)
  if (config?.contracts && config.relays) return config as AppConfig
  throw new HexhailError('config', `${url} is no configuration: give the /config.json of a page.`, { url })
}

/** Joins a deployment's network; with a table it hears transit operators into it. */
export async function joinTransit(config: AppConfig, table: EntityTable | null): Promise<TransitNet> {
  const { chainId, rpcUrl, contracts } = config
  const reader = createReader({ chainId, rpcUrl, contracts })
  const feeds = table && (await feedsInto(table, config, reader))
  const leaf = await createLeaf({
    relays: config.relays,
    validate: gossipValidator(chainId, Date.now, createSeen(), undefined, feeds ?? undefined),
    authorOf,
    now: Date.now,
    random: Math.random,
  })
  return { config, reader, leaf, [Symbol.asyncDispose]: () => leaf.stop() }
}

async function feedsInto(table: EntityTable, config: AppConfig, reader: ChainReader): Promise<HeardFeeds> {
  const { authority } = await reader.tariff(config.tariffId)
  const place = { chainId: config.chainId, permits: config.contracts.permits }
  return {
    operators: createOperatorCheck(place, createOperatorList(reader, authority)),
    check: others => createFeedCheck(table, others),
  }
}

/** Steps of a grid over a city that no res-5 cell slips through, degrees. */
const STEP = 0.04

/** The res-5 cells of a city. */
export function cellsOfCity({ bounds: [west, south, east, north] }: AppConfig['city']): string[] {
  const cells = new Set<string>()
  for (let lng = west; ; lng = Math.min(east, lng + STEP)) {
    for (let lat = south; ; lat = Math.min(north, lat + STEP)) {
      cells.add(cellAt([lng, lat], FAR_RES))
      if (lat === north) break
    }
    if (lng === east) break
  }
  return [...cells]
}

/** Finds out that a wallet may speak for an agency. @throws {HexhailError} 'no-permit', with what to do */
export async function checkListed(
  { config, reader }: Pick<TransitNet, 'config' | 'reader'>,
  wallet: Pick<ChainWallet, 'address'>,
  agency: string,
): Promise<void> {
  const { authority } = await reader.tariff(config.tariffId)
  const { address } = wallet
  if (await createOperatorList(reader, authority).isListed(agency, address, Date.now())) return
  throw new HexhailError(
    'no-permit',
    `${address} has no transit permit for «${agency}» of the authority ${authority}: it grants one by hexhail transit permit.`,
    { address, agency },
  )
}
