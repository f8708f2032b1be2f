import type { Hex, KeyRecord, LockMethod } from './ports.ts'
import { WalletError } from './wallet-error.ts'

/** PBKDF2-SHA-256 rounds of a passphrase (OWASP 2023). */
export const PBKDF2_ROUNDS = 600_000

type Bytes = Uint8Array<ArrayBuffer>
const NAME = new TextEncoder().encode('hexhail embedded wallet v1')

/** A fresh random salt or nonce. */
export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length))
}

/** AES key from the 32 bytes that a passkey gives (HKDF). */
export async function keyFromPasskey(secret: Bytes, salt: Bytes): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const how = { name: 'HKDF', hash: 'SHA-256', salt, info: NAME }
  return crypto.subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** AES key from a passphrase (PBKDF2). The passphrase is normalised, so that any keyboard types the same. */
export async function keyFromPassphrase(
  passphrase: string,
  salt: Bytes,
  rounds = PBKDF2_ROUNDS,
): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(passphrase.normalize('NFKC'))
  const base = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }
  return crypto.subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** AES key that never leaves this browser. */
export function deviceKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** Nonce and sealed bytes of a wallet key; the address and the method are bound to it. */
export async function sealKey(
  key: Hex,
  lock: CryptoKey,
  address: Hex,
  method: LockMethod,
): Promise<Pick<KeyRecord, 'nonce' | 'sealed'>> {
  const nonce = randomBytes(12)
  const how = { name: 'AES-GCM', iv: nonce, additionalData: bound(address, method) }
  const sealed = new Uint8Array(await crypto.subtle.encrypt(how, lock, bytesOf(key)))
  return { nonce, sealed }
}

/** The wallet key out of a record. @throws {WalletError} `wrong` */
export async function openKey(record: KeyRecord, lock: CryptoKey): Promise<Hex> {
  const how = { name: 'AES-GCM', iv: record.nonce, additionalData: bound(record.address, record.method) }
  try {
    const plain = new Uint8Array(await crypto.subtle.decrypt(how, lock, record.sealed))
    return `0x${[...plain].map(byte => byte.toString(16).padStart(2, '0')).join('')}`
  } catch (cause) {
    throw new WalletError('wrong', 'The lock does not open this wallet key.', cause)
  }
}

function bound(address: Hex, method: LockMethod): Bytes {
  return new TextEncoder().encode(`${address}:${method}`)
}

function bytesOf(key: Hex): Bytes {
  const pairs = key.slice(2).match(/../g) ?? []
  return Uint8Array.from(pairs, pair => Number.parseInt(pair, 16))
}
