import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import { isHex } from '@hexhail/protocol/hex.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'

/** What this page reads of its server's `/config.json`. */
export type AuthorityConfig = Pick<
  AppConfig,
  'chainId' | 'rpcUrl' | 'contracts' | 'tariffId' | 'auditUrl' | 'auditKey' | 'city' | 'log'
> &
  Partial<Pick<AppConfig, 'speed'>>

type Fields = Readonly<Record<string, unknown>>

/** Checks `/config.json`; the code names the first field that is wrong. */
export function parseConfig(json: unknown): Verdict<AuthorityConfig, string> {
  const all = fieldsOf(json)
  const contracts = fieldsOf(all?.contracts)
  const city = fieldsOf(all?.city)
  const checks: readonly (readonly [string, boolean])[] = [
    ['json', all !== null],
    ['chainId', isCount(all?.chainId)],
    ['rpcUrl', isUrl(all?.rpcUrl)],
    ...['token', 'vault', 'tariffs', 'permits'].map(
      name => [`contracts.${name}`, isHex(contracts?.[name], 20)] as const,
    ),
    ['contracts.deployBlock', Number.isSafeInteger(contracts?.deployBlock)],
    ['tariffId', isCount(all?.tariffId)],
    ['auditUrl', isUrl(all?.auditUrl)],
    ['auditKey', isHex(all?.auditKey, 32)],
    ['city.url', typeof city?.url === 'string'],
    ['city.centre', isRow(city?.centre, 2)],
    ['city.bounds', isRow(city?.bounds, 4)],
  ]
  const wrong = checks.find(([, ok]) => !ok)
  return wrong ? reject(wrong[0]) : accept(json as AuthorityConfig)
}

const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) > 0
const isUrl = (value: unknown): boolean => typeof value === 'string' && URL.canParse(value)
const isRow = (value: unknown, size: number): boolean =>
  Array.isArray(value) && value.length === size && value.every(Number.isFinite)
