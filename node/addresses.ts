import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { OtherContracts } from '@hexhail/chain/deployment.ts'
import type { Contracts } from '@hexhail/chain/ports.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** Where the chain and the contracts are: what the processes of a demo share, as the file addresses.json. */
export interface Addresses {
  readonly chainId: number
  readonly rpcUrl: string
  readonly contracts: Contracts
  readonly tariffId: number
  /** Account that published the tariff, grants permits and takes the levy. */
  readonly authority: Hex
  /** Contracts that the pages do not use. */
  readonly others?: OtherContracts
}

/** Reads addresses.json. @throws {HexhailError} 'addresses', with what to do */
export function readAddresses(path: string): Addresses {
  try {
    const found = JSON.parse(readFileSync(path, 'utf8')) as Partial<Addresses>
    if (found.contracts !== undefined && typeof found.rpcUrl === 'string') return found as Addresses
    throw new Error('it names no contracts')
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new HexhailError(
      'addresses',
      `${path} cannot be read (${why}): start again, with --fresh if that does not help.`,
      { path },
      cause,
    )
  }
}

/** Writes addresses.json in one step. */
export function writeAddresses(path: string, addresses: Addresses): void {
  writeFileSync(`${path}.tmp`, `${JSON.stringify(addresses, null, 2)}\n`)
  renameSync(`${path}.tmp`, path)
}
