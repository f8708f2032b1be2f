/**
 * RFC 9180 in base mode, X25519, HKDF-SHA256, AES-128-GCM, taken apart: a sealing context must outlive a reload, and be
 * opened by node:crypto a hundred thousand times over, which no library lets one do. Equal to @hpke/core in the tests.
 */
import { expand, extract } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concat } from './hex.ts'

/** Key and nonce of a context; message `seq` uses the nonce xor seq. */
export interface HpkeContext {
  /** AES-128, 16 bytes. */
  readonly key: Uint8Array
  readonly baseNonce: Uint8Array
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
const VERSION = ascii('HPKE-v1')
const KEM = concat(ascii('KEM'), Uint8Array.of(0, 0x20))
const SUITE = concat(ascii('HPKE'), Uint8Array.of(0, 0x20, 0, 1, 0, 1))
const NONE = new Uint8Array(0)

const labeledExtract = (suite: Uint8Array, salt: Uint8Array, label: string, ikm: Uint8Array): Uint8Array =>
  extract(sha256, concat(VERSION, suite, ascii(label), ikm), salt)
const labeledExpand = (suite: Uint8Array, prk: Uint8Array, label: string, info: Uint8Array, size: number) =>
  expand(sha256, prk, concat(Uint8Array.of(0, size), VERSION, suite, ascii(label), info), size)

/** The context that a Diffie-Hellman result gives: both sides get the same from `dh`, `enc` and the receiver's key. */
export function hpkeContext(
  dh: Uint8Array,
  enc: Uint8Array,
  receiver: Uint8Array,
  info: Uint8Array,
): HpkeContext {
  const eae = labeledExtract(KEM, NONE, 'eae_prk', dh)
  const shared = labeledExpand(KEM, eae, 'shared_secret', concat(enc, receiver), 32)
  const pskId = labeledExtract(SUITE, NONE, 'psk_id_hash', NONE)
  const infoHash = labeledExtract(SUITE, NONE, 'info_hash', info)
  const schedule = concat(Uint8Array.of(0), pskId, infoHash)
  const secret = labeledExtract(SUITE, shared, 'secret', NONE)
  return {
    key: labeledExpand(SUITE, secret, 'key', schedule, 16),
    baseNonce: labeledExpand(SUITE, secret, 'base_nonce', schedule, 12),
  }
}

/** Nonce of a message. */
export function nonceAt(baseNonce: Uint8Array, seq: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(baseNonce)
  for (let i = 11, rest = seq; rest > 0; i--, rest = Math.floor(rest / 256)) out[i]! ^= rest % 256
  return out
}
