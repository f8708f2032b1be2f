import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { type RelayRecord, type RelayRecordCode, relayAddrsOf, relayRecordsFrom } from './relay-records.ts'
import type { Rpc } from './rpc.ts'

/** First four bytes of `list()` (tests/unit/chain/relay-registry.test.ts). */
export const LIST_SELECTOR = '0x0f560cd7'

/** What stands in the registry, one entry a record, the largest bond first. */
export interface RelayListing {
  /** The chain's time that records are told over by, unix seconds. */
  readonly nowS: number
  readonly entries: readonly {
    readonly record: RelayRecord
    /** Multiaddrs, or why there are none. */
    readonly addrs: readonly string[] | RelayRecordCode
  }[]
}

/**
 * All records of a registry, with a verdict on each.
 * @throws {HexhailError} 'bad-registry' where the answer is no registry's; or a fault of the chain
 */
export async function readRelayListing(rpc: Rpc, registry: Hex): Promise<RelayListing> {
  const answer = await rpc('eth_call', [{ to: registry, data: LIST_SELECTOR }, 'latest'])
  const read = relayRecordsFrom(String(answer))
  if (read.verdict !== 'accept')
    throw new HexhailError(
      'bad-registry',
      `${registry} does not answer as a registry of relays (${read.code}): correct the address.`,
      { registry, code: read.code },
    )
  const { nowS, records } = read.value
  const entries = records.map(record => {
    const found = relayAddrsOf(record, nowS)
    return { record, addrs: found.verdict === 'accept' ? found.value : found.code }
  })
  const byBond = (a: bigint, b: bigint) => (a < b ? 1 : a > b ? -1 : 0)
  return { nowS, entries: entries.sort((a, b) => byBond(a.record.bondWei, b.record.bondWei)) }
}

/**
 * Multiaddrs of the relays that stand in a registry, each once, the largest bond first: at most 256, each of at most
 * 256 characters and ending with a peer id. Strangers wrote them: whoever dials decides which are public.
 * @throws {HexhailError} as `readRelayListing`
 */
export async function readRelays(rpc: Rpc, registry: Hex): Promise<string[]> {
  const { entries } = await readRelayListing(rpc, registry)
  return [...new Set(entries.flatMap(({ addrs }) => (typeof addrs === 'string' ? [] : addrs)))]
}
