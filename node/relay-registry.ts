import { lookup } from 'node:dns/promises'
import type { KeyBondPlace } from '@hexhail/chain/key-bonds.ts'
import { createOperatorList } from '@hexhail/chain/operator-list.ts'
import { createPermitReader } from '@hexhail/chain/permit-reader.ts'
import { type RegistryPlace, registerRelay } from '@hexhail/chain/register-relay.ts'
import { readRelays } from '@hexhail/chain/relay-registry.ts'
import { createRpc } from '@hexhail/chain/rpc.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import type { DiscoveryLimits } from '@hexhail/net/relay-discovery.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { createOperatorCheck, type OperatorCheck } from '@hexhail/protocol/operator.ts'
import { addressFrom } from './environment.ts'

/** Where the registry is, of two options that go together; null without them. @throws {HexhailError} 'relay-registry' */
export function registryPlace(
  chainId: number,
  registry: string | null,
  rpcUrl: string | null,
): RegistryPlace | null {
  if (registry === null && rpcUrl === null) return null
  if (registry === null || rpcUrl === null)
    throw new HexhailError('relay-registry', 'The registry needs both: --registry 0x… --rpc URL.')
  return { chainId, rpcUrl, registry: addressFrom('--registry', registry) }
}

/** Where bonds of keys are, of two options that go together; null without the first. @throws {HexhailError} 'key-bonds' */
export function keyBondPlace(
  chainId: number,
  keyBonds: string | null,
  rpcUrl: string | null,
): KeyBondPlace | null {
  if (keyBonds === null) return null
  if (rpcUrl === null)
    throw new HexhailError('key-bonds', 'Bonds of keys need both: --key-bonds 0x… --rpc URL.')
  return { chainId, rpcUrl, keyBonds: addressFrom('--key-bonds', keyBonds) }
}

/** The operators that an authority lists, of three options that go together; null without them. @throws {HexhailError} 'transit' */
export function transitOperators(
  chainId: number,
  permits: string | null,
  authority: string | null,
  rpcUrl: string | null,
): OperatorCheck | null {
  if (permits === null && authority === null) return null
  if (permits === null || authority === null || rpcUrl === null)
    throw new HexhailError('transit', 'Transit needs all three: --permits 0x… --authority 0x… --rpc URL.')
  const register = addressFrom('--permits', permits)
  const reader = createPermitReader(createRpc(rpcUrl), register)
  return createOperatorCheck(
    { chainId, permits: register },
    createOperatorList(reader, addressFrom('--authority', authority)),
  )
}

/** How a relay finds others: by their records, and by the registry where there is one. */
export function discoveryBy(chainId: number, place: RegistryPlace | null): DiscoveryLimits {
  const resolve = async (name: string): Promise<readonly string[]> =>
    (await lookup(name, { all: true })).map(({ address }) => address)
  if (place === null) return { chainId, resolve }
  const rpc = createRpc(place.rpcUrl)
  return { chainId, resolve, registry: () => readRelays(rpc, place.registry) }
}

const DAY_S = 86_400
/** Addresses that one record holds. */
const MAX_LISTED = 4

/** Lists a relay's addresses for some days. @throws {HexhailError} as `registerRelay` does */
export async function listRelay(
  place: RegistryPlace,
  wallet: ChainWallet,
  addrs: readonly string[],
  days: number,
): Promise<void> {
  await registerRelay(place, wallet, { addrs: addrs.slice(0, MAX_LISTED), forS: days * DAY_S })
}
