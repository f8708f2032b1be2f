import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** The key that pays. Never a flag: flags stand in the list of processes. @throws {HexhailError} 'no-key' */
export function keyFromEnvironment(): Hex {
  const key = process.env.HEXHAIL_KEY ?? ''
  if (/^0x[0-9a-fA-F]{64}$/.test(key)) return key.toLowerCase() as Hex
  throw new HexhailError('no-key', 'Set HEXHAIL_KEY to the key that pays: 0x and 64 hex digits.')
}

/** The address that an option was given. @throws {HexhailError} 'bad-value' */
export function addressFrom(option: string, text: string): Hex {
  if (/^0x[0-9a-fA-F]{40}$/.test(text)) return text.toLowerCase() as Hex
  throw new HexhailError('bad-value', `${option} takes an address (0x and 40 hex digits), not «${text}».`)
}
