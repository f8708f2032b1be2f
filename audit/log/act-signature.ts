import { concat, fromHex, toHex } from '@hexhail/protocol/hex.ts'
import { recoverAccount } from '@hexhail/protocol/recover.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { encodeEntry, type LogAct } from './entry.ts'

/** What a wallet is asked to sign for an act that is on no chain. */
const DOMAIN = { name: 'Hexhail log', version: '1' } as const
const TYPES = { Act: [{ name: 'entry', type: 'bytes32' }] } as const

/** The part of a wallet that signs. */
export interface ActWallet {
  readonly address: Hex
  signTypedData(
    domain: object,
    types: Readonly<Record<string, readonly { readonly name: string; readonly type: string }[]>>,
    value: object,
  ): Promise<Hex>
}

const hashText = (text: string): Uint8Array => keccak_256(new TextEncoder().encode(text))
const hashParts = (...parts: readonly Uint8Array[]): Uint8Array => keccak_256(concat(...parts))

/** sha256 of the entry without its signature: what is signed. */
const contentOf = (act: LogAct): Uint8Array => sha256(encodeEntry({ ...act, signature: new Uint8Array(0) }))

function digestOf(act: LogAct): Hex {
  const type = hashText('EIP712Domain(string name,string version)')
  const separator = hashParts(type, hashText(DOMAIN.name), hashText(DOMAIN.version))
  const struct = hashParts(hashText('Act(bytes32 entry)'), contentOf(act))
  return toHex(hashParts(Uint8Array.of(0x19, 0x01), separator, struct))
}

/** The act with its authority's signature. */
export async function signAct<A extends LogAct>(wallet: ActWallet, act: A): Promise<A> {
  const signature = await wallet.signTypedData(DOMAIN, TYPES, { entry: toHex(contentOf(act)) })
  return { ...act, signature: fromHex(signature, 65) }
}

/** Whether an act is its authority's: by signature, or by a transaction that can be looked up; null = by neither. */
export function backingOf(act: LogAct): 'signature' | 'transaction' | null {
  if (act.tx.some(byte => byte !== 0)) return act.signature.length === 0 ? 'transaction' : null
  return recoverAccount(digestOf(act), act.signature) === act.authority.toLowerCase() ? 'signature' : null
}
