import { equalBytes, fromHex, isHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'

/** RFC 8410: everything before the 32 bytes of an X25519 private key in PKCS #8. */
const PKCS8 = fromHex('0x302e020100300506032b656e04220420')

/** A new audit key in the clear, for the authority's safe: both halves as hex of 32 bytes. */
export async function makeAuditKey(
  crypto: SubtleCrypto = globalThis.crypto.subtle,
): Promise<{ privateKey: Hex; publicKey: Hex }> {
  const pair = (await crypto.generateKey({ name: 'X25519' }, true, ['deriveBits'])) as CryptoKeyPair
  const { d, x } = await crypto.exportKey('jwk', pair.privateKey)
  return { privateKey: hexOfBase64Url(d ?? ''), publicKey: hexOfBase64Url(x ?? '') }
}

/**
 * Takes an audit key in: hex of the 32 private bytes, with or without `0x`, or a key file (JSON with `privateKey`).
 * The result cannot be exported again.
 * `key`: no such key; `other`: a good key, and not the one that records are sealed to.
 */
export async function importAuditKey(
  text: string,
  publicKey: Hex | null,
  crypto: SubtleCrypto = globalThis.crypto.subtle,
): Promise<Verdict<CryptoKeyPair, 'key' | 'other'>> {
  const trimmed = fromFile(text).trim()
  const hex = trimmed.startsWith('0x') ? trimmed : `0x${trimmed}`
  if (!isHex(hex, 32)) return reject('key')
  const pkcs8 = new Uint8Array([...PKCS8, ...fromHex(hex, 32)])
  const open = await crypto.importKey('pkcs8', pkcs8, { name: 'X25519' }, true, ['deriveBits'])
  const { x } = await crypto.exportKey('jwk', open)
  const raw = fromHex(hexOfBase64Url(x ?? ''), 32)
  if (publicKey !== null && !equalBytes(raw, fromHex(publicKey, 32))) return reject('other')
  const privateKey = await crypto.importKey('pkcs8', pkcs8, { name: 'X25519' }, false, ['deriveBits'])
  pkcs8.fill(0)
  return accept({ privateKey, publicKey: await crypto.importKey('raw', raw, { name: 'X25519' }, true, []) })
}

/**
 * Takes several keys in: the audit key first, then the keys of months, in hex, parted by commas or blanks. A text of one
 * key is as `importAuditKey`, whose codes it has.
 */
export async function importAuditKeys(
  text: string,
  publicKey: Hex | null,
): Promise<Verdict<readonly CryptoKeyPair[], 'key' | 'other'>> {
  const [first = '', ...months] = text.includes('{') ? [text] : text.trim().split(/[\s,]+/)
  const audit = await importAuditKey(first, publicKey)
  if (audit.verdict !== 'accept') return audit
  const pairs = [audit.value]
  for (const month of months) {
    const pair = await importAuditKey(month, null)
    if (pair.verdict !== 'accept') return pair
    pairs.push(pair.value)
  }
  return accept(pairs)
}

function hexOfBase64Url(text: string): Hex {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return `0x${Array.from(binary, c => c.charCodeAt(0).toString(16).padStart(2, '0')).join('')}`
}

/** The private half out of a key file; any other text as it is. */
function fromFile(text: string): string {
  try {
    const { privateKey } = JSON.parse(text) as { privateKey?: unknown }
    return typeof privateKey === 'string' ? privateKey : text
  } catch {
    return text
  }
}
