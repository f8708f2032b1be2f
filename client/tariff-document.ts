import { checkedTariff, type FoundDocument, fetchTariff } from '@hexhail/audit/tariff/signed-tariff.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import type { Store } from './store.ts'

/** Where a tariff's document is looked for. */
export interface TariffSource {
  readonly store: Pick<Store, 'get' | 'set'>
  /** Audit node that serves it. */
  readonly url: string
  readonly chainId: number
  readonly fetch: typeof globalThis.fetch
}

/** A page opens without the document after so long. */
const PATIENCE_MS = 4_000

/**
 * The document behind a tariff of the chain: the one kept on the device, else the audit node's, checked either way
 * against the chain's hash, numbers and authority. It never changes, so one that was checked once is always at hand.
 */
export async function openTariff(
  { store, url, chainId, fetch }: TariffSource,
  tariff: Tariff,
): Promise<FoundDocument> {
  const key = `tariff/${tariff.document}`
  const kept = checkedTariff(chainId, tariff, await store.get<unknown>(key))
  if (kept.state === 'checked') return kept
  const found = await fetchTariff({ url, chainId, patienceMs: PATIENCE_MS }, tariff, fetch)
  if (found.state === 'checked') await store.set(key, found.signed)
  return found
}

/** What rules have of a found document: nothing where there is none to go by. */
export const ruledBy = (found: FoundDocument): Pick<TripRules, 'document'> =>
  found.state === 'checked' ? { document: { document: found.signed.document, class: found.class } } : {}
