import type { Hex } from '@hexhail/protocol/terms.ts'
import { Interface } from 'ethers'
import { PERMITS_ABI } from './generated/abi.ts'
import type { ChainConfig } from './ports.ts'
import type { VehicleOf } from './read-vehicle.ts'
import { createSender, type SenderOptions } from './sender.ts'
import type { ChainWallet } from './wallet.ts'

const PERMITS = new Interface(PERMITS_ABI)

/** Puts a car on the list of this authority, or renews; its keeper has it until he lends it. Resolves with the hash. */
export function grantVehicle(
  config: ChainConfig,
  authority: ChainWallet,
  grant: { readonly vehicle: Hex; readonly keeper: Hex; readonly untilS: number; readonly credential: Hex },
  options: SenderOptions = {},
): Promise<Hex> {
  const { vehicle, keeper, untilS, credential } = grant
  return send(config, authority, 'grantVehicle', [vehicle, keeper, untilS, credential], options)
}

/** Takes a car off the list of this authority; resolves with the hash once mined. */
export function revokeVehicle(
  config: ChainConfig,
  authority: ChainWallet,
  vehicle: Hex,
  options: SenderOptions = {},
): Promise<Hex> {
  return send(config, authority, 'revokeVehicle', [vehicle], options)
}

/** The keeper says who drives his car from now on; resolves with the hash once mined. */
export function lendVehicle(
  config: ChainConfig,
  keeper: ChainWallet,
  { authority, vehicle, driver }: VehicleOf & { readonly driver: Hex },
  options: SenderOptions = {},
): Promise<Hex> {
  return send(config, keeper, 'lend', [authority, vehicle, driver], options)
}

/** A driver says which car he drives from now on; it counts while it is lent to him. Resolves with the hash. */
export function driveVehicle(
  config: ChainConfig,
  driver: ChainWallet,
  { authority, vehicle }: VehicleOf,
  options: SenderOptions = {},
): Promise<Hex> {
  return send(config, driver, 'drive', [authority, vehicle], options)
}

async function send(
  config: ChainConfig,
  wallet: ChainWallet,
  name: string,
  args: readonly unknown[],
  options: SenderOptions,
): Promise<Hex> {
  const data = PERMITS.encodeFunctionData(name, args) as Hex
  return (await createSender(config, wallet, options)({ to: config.contracts.permits, data })).hash
}
