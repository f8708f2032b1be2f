import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { Interface } from 'ethers'
import { RELAY_REGISTRY_ABI } from './generated/abi.ts'
import { isRelayAddr, REGISTRY } from './relay-records.ts'
import { type RelayListing, readRelayListing } from './relay-registry.ts'
import { createRpc } from './rpc.ts'
import { createSender, type SenderOptions } from './sender.ts'
import type { Call, ChainWallet } from './wallet.ts'

/** Where a registry is. */
export interface RegistryPlace {
  readonly chainId: number
  readonly rpcUrl: string
  readonly registry: Hex
}

/** What a keeper says of his relay. */
export interface RelayEntry {
  /** One to four multiaddrs, each with /p2p/<id>. */
  readonly addrs: readonly string[]
  /** How long the record is to stand, seconds from the chain's now; a year at most. */
  readonly forS: number
  /** Coin to lay beside it, on top of what lies there already; it comes back, after 30 days. */
  readonly bondWei?: bigint
}

const REGISTRY_ABI = new Interface(RELAY_REGISTRY_ABI)

/**
 * Lists the wallet's relay, or renews its record; in a full list it takes the place of a record that is over, else of
 * the one with the smallest bond. Resolves with the hash once mined.
 * @throws {HexhailError} 'bad-relay-entry'; 'registry-full', with the bond that it would take; or a fault of the chain
 */
export async function registerRelay(
  place: RegistryPlace,
  wallet: ChainWallet,
  entry: RelayEntry,
  options: SenderOptions = {},
): Promise<Hex> {
  const text = entry.addrs.join(' ')
  const fits = entry.addrs.length > 0 && entry.addrs.length <= REGISTRY.addresses
  if (!fits || !entry.addrs.every(isRelayAddr) || text.length > REGISTRY.textMax)
    throw new HexhailError(
      'bad-relay-entry',
      `A record is one to ${REGISTRY.addresses} multiaddrs with /p2p/<id>, ${REGISTRY.textMax} characters in all: shorten it.`,
      { addrs: entry.addrs },
    )
  if (!(entry.forS >= 60 && entry.forS <= REGISTRY.termMaxS))
    throw new HexhailError('bad-relay-entry', `A record stands a minute to a year, not ${entry.forS} s.`, {
      forS: entry.forS,
    })
  const rpc = options.rpc ?? createRpc(place.rpcUrl)
  const listing = await readRelayListing(rpc, place.registry)
  const value = entry.bondWei ?? 0n
  const victim = seatFor(listing, wallet.address, value)
  // A block may be mined before ours: the end must not be beyond a year of it, nor before it.
  const until = listing.nowS + Math.trunc(entry.forS)
  const data =
    victim === null
      ? REGISTRY_ABI.encodeFunctionData('put', [text, until])
      : REGISTRY_ABI.encodeFunctionData('displace', [victim, text, until])
  return send(place, wallet, { data: data as Hex, value }, { ...options, rpc })
}

/** Takes the wallet's record off the list; its bond waits for `withdrawRelayBond`. Resolves with the hash once mined. */
export function unregisterRelay(
  place: RegistryPlace,
  wallet: ChainWallet,
  options: SenderOptions = {},
): Promise<Hex> {
  return send(place, wallet, { data: REGISTRY_ABI.encodeFunctionData('remove') as Hex }, options)
}

/**
 * Pays the wallet the bonds of its records that are gone: of an outbid one at once, else 30 days after they were laid.
 * Resolves with the hash once mined. @throws {HexhailError} 'too-early', or a fault of the chain
 */
export function withdrawRelayBond(
  place: RegistryPlace,
  wallet: ChainWallet,
  options: SenderOptions = {},
): Promise<Hex> {
  return send(place, wallet, { data: REGISTRY_ABI.encodeFunctionData('withdraw') as Hex }, options)
}

/** Whom a newcomer displaces; null: nobody, there is a place or it is his own record. */
function seatFor({ nowS, entries }: RelayListing, keeper: Hex, bondWei: bigint): Hex | null {
  const records = entries.map(entry => entry.record)
  if (records.length < REGISTRY.seats || records.some(record => record.keeper === keeper)) return null
  const over = records.find(record => record.untilS <= nowS)
  if (over) return over.keeper
  const last = records.at(-1)!
  if (last.bondWei < bondWei) return last.keeper
  throw new HexhailError(
    'registry-full',
    `All ${REGISTRY.seats} places are taken: lay a bond of more than ${last.bondWei} wei beside yours.`,
    { seats: REGISTRY.seats, bondWei: last.bondWei },
  )
}

async function send(
  place: RegistryPlace,
  wallet: ChainWallet,
  call: Omit<Call, 'to'>,
  options: SenderOptions,
): Promise<Hex> {
  return (await createSender(place, wallet, options)({ to: place.registry, ...call })).hash
}
