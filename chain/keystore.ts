import { concat, fromHex, isHex, toHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { scrypt } from 'ethers'
import { addressOfKey } from './wallet-key.ts'

/** A wallet key at rest: plain JSON, useless without its secret. */
export interface SealedKey {
  readonly version: 1
  /** Readable, so that a page can greet the account before it is unlocked; bound to the key by the cipher. */
  readonly address: Hex
  /** `hkdf` for 32 random bytes of a passkey (PRF), `scrypt` for a passphrase. */
  readonly kdf: 'hkdf' | 'scrypt'
  /** log2 of scrypt's N; 0 for hkdf. */
  readonly work: number
  readonly salt: Hex
  readonly iv: Hex
  readonly data: Hex
}

/** 64 MB and about half a second on a laptop. */
const WORK = 16
/** More than this would hang the page: such a file was not made here. */
const MAX_WORK = 20
const KDF_INFO = new TextEncoder().encode('hexhail wallet key')

/** Seals a key with a passphrase, or with the secret bytes of a passkey; `work` is for tests. */
export async function encryptKey(key: Hex, secret: string | Uint8Array, work = WORK): Promise<SealedKey> {
  const kdf = typeof secret === 'string' ? 'scrypt' : 'hkdf'
  const [salt, iv] = [random(32), random(12)]
  const head = { version: 1, address: addressOfKey(key), kdf, work: kdf === 'scrypt' ? work : 0 } as const
  const cipher = await cipherKey(secret, salt, head.work)
  const data = await crypto.subtle.encrypt(cipherParams(head, iv), cipher, fromHex(key, 32))
  return { ...head, salt: toHex(salt), iv: toHex(iv), data: toHex(new Uint8Array(data)) }
}

/**
 * Opens a sealed key.
 * @throws {HexhailError} 'wrong-secret', or 'keystore' for something that is no sealed key
 */
export async function decryptKey(sealed: SealedKey, secret: string | Uint8Array): Promise<Hex> {
  if (!isSealedKey(sealed))
    throw new HexhailError('keystore', 'This is no wallet file: take a fresh copy of it.')
  const wanted = sealed.kdf === 'scrypt' ? 'string' : 'object'
  if (typeof secret !== wanted) throw wrongSecret(sealed.kdf)
  const cipher = await cipherKey(secret, fromHex(sealed.salt), sealed.work)
  try {
    const params = cipherParams(sealed, fromHex(sealed.iv))
    return toHex(new Uint8Array(await crypto.subtle.decrypt(params, cipher, fromHex(sealed.data))))
  } catch (cause) {
    throw wrongSecret(sealed.kdf, cause)
  }
}

/** True for data of the shape that `encryptKey` makes, from storage or from a file. */
export function isSealedKey(value: unknown): value is SealedKey {
  if (typeof value !== 'object' || value === null) return false
  const { version, address, kdf, work, salt, iv, data } = value as Record<string, unknown>
  const known = version === 1 && (kdf === 'hkdf' || kdf === 'scrypt')
  const bounded =
    Number.isInteger(work) && (work as number) <= MAX_WORK && (work as number) >= (kdf === 'hkdf' ? 0 : 1)
  return known && bounded && isHex(address, 20) && isHex(salt, 32) && isHex(iv, 12) && isHex(data, 48)
}

const random = (size: number) => crypto.getRandomValues(new Uint8Array(size))

function wrongSecret(kdf: SealedKey['kdf'], cause?: unknown): HexhailError {
  const what = kdf === 'scrypt' ? 'passphrase' : 'passkey'
  return new HexhailError(
    'wrong-secret',
    `The ${what} does not open this wallet: try another.`,
    { kdf },
    cause,
  )
}

function cipherParams(head: Pick<SealedKey, 'address' | 'kdf' | 'work'>, iv: Uint8Array<ArrayBuffer>) {
  const additionalData = new TextEncoder().encode(`hexhail 1 ${head.address} ${head.kdf} ${head.work}`)
  return { name: 'AES-GCM', iv, additionalData }
}

async function cipherKey(secret: string | Uint8Array, salt: Uint8Array<ArrayBuffer>, work: number) {
  const aes = { name: 'AES-GCM', length: 256 }
  if (typeof secret === 'string') {
    const bytes = new TextEncoder().encode(secret.normalize('NFKC'))
    const raw = fromHex(await scrypt(bytes, salt, 2 ** work, 8, 1, 32), 32)
    return crypto.subtle.importKey('raw', raw, aes, false, ['encrypt', 'decrypt'])
  }
  const base = await crypto.subtle.importKey('raw', concat(secret), 'HKDF', false, ['deriveKey'])
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt, info: KDF_INFO }
  return crypto.subtle.deriveKey(hkdf, base, aes, false, ['encrypt', 'decrypt'])
}
