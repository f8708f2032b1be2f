import type { Hex } from '@hexhail/protocol/terms.ts'
import type { ChainConfig } from './ports.ts'
import { createRpc } from './rpc.ts'
import { addressOf, bytes32Of, numberOf, wordOf, wordsOf } from './words.ts'

/** A car on an authority's list. */
export interface VehiclePermit {
  /** Who may lend it. */
  readonly keeper: Hex
  /** Who may drive it now. */
  readonly driver: Hex
  /** 0: there is no such permit. */
  readonly untilS: number
  readonly credential: Hex
}

/** A car of an authority: a hash, salted by the authority, that does not tell the plate. */
export interface VehicleOf {
  readonly authority: Hex
  readonly vehicle: Hex
}

/** `vehicleOf(address,bytes32)` */
const VEHICLE_OF = '0xc9ffd686'

/** A car's permit as it stands; zeros where there is none. */
export async function readVehicle(
  config: ChainConfig,
  { authority, vehicle }: VehicleOf,
  rpc = createRpc(config.rpcUrl),
): Promise<VehiclePermit> {
  const data = `${VEHICLE_OF}${wordOf(authority)}${wordOf(vehicle)}`
  const answer = await rpc('eth_call', [{ to: config.contracts.permits, data }, 'latest'])
  const [keeper = '', until = '', driver = '', credential = ''] = wordsOf(String(answer))
  return {
    keeper: addressOf(keeper),
    driver: addressOf(driver),
    untilS: numberOf(until),
    credential: bytes32Of(credential),
  }
}
