import { concat } from '@hexhail/protocol/hex.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { toBase64 } from '../base64.ts'
import type { Ed25519Key, VerifyEd25519 } from './ed25519.ts'
import { isKeyName, type NoteSignature, strictBase64 } from './signed-note.ts'

/**
 * What a key's signatures are made by: the byte before the key in its id and its text form (C2SP signed-note). `log`:
 * Ed25519 over the text; `witness`: Ed25519 over the text with a time (tlog-cosignature v1). Others (6 is ML-DSA-44)
 * are known by their byte and not verified yet.
 */
export const NOTE_ALGORITHM = { log: 1, witness: 4 } as const

/** A key that notes are verified by. */
export interface NoteKey {
  readonly name: string
  readonly algorithm: number
  readonly publicKey: Uint8Array
  readonly keyId: number
}

/** A key that signs notes. */
export interface NoteSigner extends NoteKey {
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

const utf8 = new TextEncoder()
const VKEY = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/

/** The key of a name, an algorithm and its public bytes. */
export function noteKey(name: string, algorithm: number, publicKey: Uint8Array): NoteKey {
  const digest = sha256(concat(utf8.encode(`${name}\n`), Uint8Array.of(algorithm), publicKey))
  return { name, algorithm, publicKey, keyId: new DataView(digest.buffer, digest.byteOffset).getUint32(0) }
}

/** An Ed25519 key as one that signs notes. */
export const noteSigner = (name: string, algorithm: number, key: Ed25519Key): NoteSigner => ({
  ...noteKey(name, algorithm, key.publicKey),
  sign: key.sign,
})

/** Text form of a key: `name+id+base64`. Source: C2SP signed-note, «verifier keys». */
export const vkeyOf = ({ name, algorithm, publicKey, keyId }: NoteKey): string =>
  `${name}+${keyId.toString(16).padStart(8, '0')}+${toBase64(concat(Uint8Array.of(algorithm), publicKey))}`

/** Reads the text form; `algorithm`: one that is not verified here. */
export function noteKeyFrom(vkey: string): Verdict<NoteKey, 'vkey' | 'algorithm'> {
  const match = vkey.length <= 512 ? VKEY.exec(vkey) : null
  const bytes = match && strictBase64(match[3]!)
  if (!match || !bytes || bytes.length < 2 || !isKeyName(match[1]!)) return reject('vkey')
  const key = noteKey(match[1]!, bytes[0]!, bytes.subarray(1))
  if (vkeyOf(key) !== vkey) return reject('vkey')
  const isKnown = Object.values<number>(NOTE_ALGORITHM).includes(key.algorithm)
  return isKnown && key.publicKey.length === 32 ? accept(key) : reject('algorithm')
}

/** True when the line names this key. */
export const isBy = (key: NoteKey, line: NoteSignature): boolean =>
  line.name === key.name && line.keyId === key.keyId

/** True when a line of these is this key's signature over the text, and none of its lines is false. */
export async function isSignedBy(
  key: NoteKey,
  { text, signatures }: { readonly text: string; readonly signatures: readonly NoteSignature[] },
  verify: VerifyEd25519,
): Promise<boolean> {
  const own = key.algorithm === NOTE_ALGORITHM.log ? signatures.filter(line => isBy(key, line)) : []
  if (own.length === 0 || own.length > 4) return false
  const bytes = utf8.encode(text)
  const good = await Promise.all(own.map(line => verify(key.publicKey, bytes, line.signature)))
  return good.every(Boolean)
}

/** A note of a text with one signature. */
export async function signatureOver(signer: NoteSigner, text: string): Promise<NoteSignature> {
  return { name: signer.name, keyId: signer.keyId, signature: await signer.sign(utf8.encode(text)) }
}
