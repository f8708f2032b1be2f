import type { ChainConfig, Contracts } from '@hexhail/chain/ports.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { isHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'

/** What the server of this page says about its chain, its audit node and its city. */
export interface AuthorityConfig {
  readonly chain: ChainConfig
  readonly tariffId: number
  readonly auditUrl: string
  readonly auditKey: Hex
  readonly jurisdiction: string
  /** Null where the page has no map of its own. */
  readonly city: {
    readonly name: string
    readonly url: string
    readonly centre: LngLat
    readonly bounds: readonly [west: number, south: number, east: number, north: number]
  } | null
}

/** Reads `/config.json`; the code names the first field that is wrong. */
export function parseConfig(json: unknown): Verdict<AuthorityConfig, string> {
  const all = asObject(json)
  if (!all) return reject('json')
  const { chainId, rpcUrl, tariffId, auditUrl } = all
  if (!isCount(chainId)) return reject('chainId')
  if (!isUrl(rpcUrl)) return reject('rpcUrl')
  const contracts = asObject(all.contracts)
  for (const name of ['token', 'vault', 'tariffs', 'permits']) {
    if (!isHex(contracts?.[name], 20)) return reject(`contracts.${name}`)
  }
  if (!Number.isSafeInteger(contracts?.deployBlock)) return reject('contracts.deployBlock')
  if (!isCount(tariffId)) return reject('tariffId')
  if (!isUrl(auditUrl)) return reject('auditUrl')
  const auditKey = withPrefix(all.auditKey)
  if (!isHex(auditKey, 32)) return reject('auditKey')
  const city = asObject(all.city)
  const jurisdiction = typeof all.jurisdiction === 'string' ? all.jurisdiction : String(city?.name ?? '')
  return accept({
    chain: { chainId, rpcUrl, contracts: contracts as unknown as Contracts },
    tariffId,
    auditUrl,
    auditKey,
    jurisdiction,
    city:
      city && isPlace(city.centre, 2) && isPlace(city.bounds, 4) && typeof city.url === 'string'
        ? {
            name: String(city.name ?? ''),
            url: city.url,
            centre: city.centre as unknown as LngLat,
            bounds: city.bounds as unknown as [number, number, number, number],
          }
        : null,
  })
}

const asObject = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0
const isUrl = (value: unknown): value is string =>
  typeof value === 'string' && URL.canParse(value, 'http://here/')
const isPlace = (value: unknown, size: number): value is number[] =>
  Array.isArray(value) && value.length === size && value.every(Number.isFinite)
const withPrefix = (value: unknown): unknown =>
  typeof value === 'string' && !value.startsWith('0x') ? `0x${value}` : value
