import type { Hex } from '@hexhail/protocol/terms.ts'
import { AbiCoder, getCreate2Address, keccak256 } from 'ethers'
import {
  ANCHOR,
  BONDS,
  FARE_DOLLAR,
  FARE_VAULT,
  KEY_BONDS,
  PERMITS,
  RELAY_REGISTRY,
  TARIFFS,
  VOUCHERS,
} from './generated/abi.ts'

/** The CREATE2 factory that is at this address on every chain, anvil included. */
export const FACTORY: Hex = '0x4e59b44847b379578588920ca78fbf26c0b4956c'
const SALT: Hex = `0x${'00'.repeat(32)}`

/** The contracts of a deployment. `token` is the test stablecoin where no other is named. */
export type PartName =
  | 'token'
  | 'tariffs'
  | 'permits'
  | 'anchor'
  | 'relayRegistry'
  | 'vault'
  | 'vouchers'
  | 'bonds'
  | 'keyBonds'

/** One contract: where it stands on any chain, and the call to the factory that puts it there. */
export interface Part {
  readonly name: PartName
  readonly address: Hex
  /** Absent for a token that is there already. */
  readonly data?: Hex
  /** Of the creation code with its constructor's arguments. */
  readonly codeBytes: number
}

/**
 * All contracts over one token, in an order in which they can be put there. An address is made from the code that
 * stands there, so it is the same on every chain, and changed code gets a new one.
 */
export function partsOf(token?: Hex): Record<PartName, Part> {
  const part = (name: PartName, code: string, ...args: readonly Hex[]): Part => {
    const types = args.map(() => 'address')
    const initCode = `${code}${AbiCoder.defaultAbiCoder().encode(types, args).slice(2)}`
    return {
      name,
      address: getCreate2Address(FACTORY, SALT, keccak256(initCode)).toLowerCase() as Hex,
      data: `${SALT}${initCode.slice(2)}`,
      codeBytes: initCode.length / 2 - 1,
    }
  }
  const tokenPart: Part = token
    ? { name: 'token', address: token, codeBytes: 0 }
    : part('token', FARE_DOLLAR.bytecode)
  const tariffs = part('tariffs', TARIFFS.bytecode)
  const permits = part('permits', PERMITS.bytecode)
  const vault = part('vault', FARE_VAULT.bytecode, tokenPart.address, tariffs.address, permits.address)
  return {
    token: tokenPart,
    tariffs,
    permits,
    anchor: part('anchor', ANCHOR.bytecode),
    relayRegistry: part('relayRegistry', RELAY_REGISTRY.bytecode),
    vault,
    vouchers: part('vouchers', VOUCHERS.bytecode, vault.address),
    bonds: part('bonds', BONDS.bytecode, vault.address),
    keyBonds: part('keyBonds', KEY_BONDS.bytecode, vault.address),
  }
}

/** Contracts of a deployment that the pages do not use. */
export interface OtherContracts {
  readonly anchor: Hex
  readonly vouchers: Hex
  readonly bonds: Hex
  readonly keyBonds: Hex
}

/** Their addresses. */
export function otherContracts(token?: Hex): OtherContracts {
  const { anchor, vouchers, bonds, keyBonds } = partsOf(token)
  return {
    anchor: anchor.address,
    vouchers: vouchers.address,
    bonds: bonds.address,
    keyBonds: keyBonds.address,
  }
}
