import type { DecodeCode, Field } from '@hexhail/protocol/codec.ts'
import { bytes, list, message, text, u8, u64, type ValueOf } from '@hexhail/protocol/fields.ts'
import { concat } from '@hexhail/protocol/hex.ts'
import { accept, ignore, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { generateKeyPairFromSeed, publicKeyFromRaw } from '@libp2p/crypto/keys'
import type { PrivateKey } from '@libp2p/interface'
import { peerIdFromPublicKey } from '@libp2p/peer-id'
import { MAX_RELAY_ADDR, type RelayAddr, relayAddr } from './reach.ts'

/** What a relay says of itself, signed by its own key: it is here until then. */
export interface RelayRecord {
  readonly peer: string
  readonly addrs: readonly RelayAddr[]
  readonly issuedAtMs: number
  readonly expiresAtMs: number
  /** The bytes that others may pass on. */
  readonly raw: Uint8Array
}

/** Why a record is not believed, in the order of the checks. */
export type RecordCode = DecodeCode | 'version' | 'life' | 'future' | 'expired' | 'address' | 'signature'

const KIND = 82
const VERSION = 1
const MAX_ADDRS = 3
const MAX_LIFE_MS = 24 * 3_600_000
const MAX_AHEAD_MS = 5000
const NO_SIGNATURE = new Uint8Array(64)

const addresses: Field<readonly string[]> = list(text(MAX_RELAY_ADDR), MAX_ADDRS)
const RECORD = message(KIND, 'relay-record', {
  kind: u8,
  version: u8,
  issuedAtMs: u64,
  expiresAtMs: u64,
  /** Ed25519, from which the peer id follows. */
  key: bytes(32),
  signature: bytes(64),
  /** Multiaddrs without /p2p. */
  addrs: addresses,
})

/** Longest record in bytes. */
export const MAX_RECORD_BYTES = RECORD.maxBytes

const signedBytes = (topic: string, record: ValueOf<typeof RECORD>): Uint8Array =>
  concat(
    new TextEncoder().encode(`hexhail relay record ${topic}\n`),
    RECORD.encode({ ...record, signature: NO_SIGNATURE }),
  )

/** The key of a relay, by 32 bytes: its peer id and the signature of its records. */
export const relayKey = (seed: Uint8Array): Promise<PrivateKey> => generateKeyPairFromSeed('Ed25519', seed)

/** Writes and signs the record of a relay; the topic names the chain, so that it cannot be moved to another. */
export async function writeRelayRecord(
  topic: string,
  key: PrivateKey,
  addrs: readonly string[],
  { issuedAtMs, lifeMs }: { readonly issuedAtMs: number; readonly lifeMs: number },
): Promise<Uint8Array> {
  const draft = {
    kind: KIND,
    version: VERSION,
    issuedAtMs,
    expiresAtMs: issuedAtMs + lifeMs,
    key: key.publicKey.raw,
    signature: NO_SIGNATURE,
    addrs: addrs.slice(0, MAX_ADDRS).map(addr => addr.replace(/\/p2p\/[^/]+$/, '')),
  }
  return RECORD.encode({ ...draft, signature: await key.sign(signedBytes(topic, draft)) })
}

/** Checks a record: form, times and addresses first, then the signature. Never throws. */
export async function readRelayRecord(
  topic: string,
  raw: Uint8Array,
  nowMs: number,
): Promise<Verdict<RelayRecord, RecordCode>> {
  if (raw.length > 1 && (raw[0] !== KIND || raw[1] !== VERSION)) return ignore('version')
  const decoded = RECORD.decode(raw)
  if (decoded.verdict !== 'accept') return decoded
  const { issuedAtMs, expiresAtMs, key, signature, addrs: bare } = decoded.value
  if (expiresAtMs <= issuedAtMs || expiresAtMs - issuedAtMs > MAX_LIFE_MS) return reject('life')
  if (issuedAtMs > nowMs + MAX_AHEAD_MS) return ignore('future')
  if (expiresAtMs <= nowMs) return ignore('expired')
  try {
    const publicKey = publicKeyFromRaw(key)
    const peer = peerIdFromPublicKey(publicKey).toString()
    const addrs = bare.flatMap(addr => relayAddr(`${addr}/p2p/${peer}`) ?? [])
    if (addrs.length === 0 || addrs.length !== bare.length) return reject('address')
    const isSigned = await publicKey.verify(signedBytes(topic, decoded.value), signature)
    return isSigned ? accept({ peer, addrs, issuedAtMs, expiresAtMs, raw }) : reject('signature')
  } catch {
    // Ed25519 refuses some keys that are no points of its curve.
    return reject('signature')
  }
}
