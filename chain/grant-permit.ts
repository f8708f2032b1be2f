import type { Hex } from '@hexhail/protocol/terms.ts'
import { Interface } from 'ethers'
import { PERMITS_ABI } from './generated/abi.ts'
import type { ChainConfig } from './ports.ts'
import { createSender, type SenderOptions } from './sender.ts'
import type { ChainWallet } from './wallet.ts'

const PERMITS = new Interface(PERMITS_ABI)

/**
 * Puts a driver on the list of this authority until a time, or renews; with `needsVehicle` the permit stands while he
 * drives a permitted car (vehicle-permit.ts). Resolves with the hash once mined.
 */
export async function grantPermit(
  config: ChainConfig,
  authority: ChainWallet,
  grant: {
    readonly driver: Hex
    readonly untilS: number
    readonly credential: Hex
    readonly needsVehicle?: boolean
  },
  options: SenderOptions = {},
): Promise<Hex> {
  const { driver, untilS, credential, needsVehicle = false } = grant
  const data = PERMITS.encodeFunctionData('grant', [driver, untilS, needsVehicle, credential]) as Hex
  return (await createSender(config, authority, options)({ to: config.contracts.permits, data })).hash
}

/** Takes a driver off the list of this authority; resolves with the hash once mined. */
export async function revokePermit(
  config: ChainConfig,
  authority: ChainWallet,
  driver: Hex,
  options: SenderOptions = {},
): Promise<Hex> {
  const data = PERMITS.encodeFunctionData('revoke', [driver]) as Hex
  return (await createSender(config, authority, options)({ to: config.contracts.permits, data })).hash
}
