import { concat } from '@hexhail/protocol/hex.ts'
import { type VerifyEd25519, verifyEd25519 } from './ed25519.ts'
import { isBy, NOTE_ALGORITHM, type NoteKey, type NoteSigner } from './note-key.ts'
import type { NoteSignature, SignedNote } from './signed-note.ts'

const utf8 = new TextEncoder()
const BYTES = 8 + 64

const cosigned = (text: string, timeS: number): Uint8Array =>
  utf8.encode(`cosignature/v1\ntime ${timeS}\n${text}`)

/** A witness's word that at this time, unix seconds, it knew no greater tree. Source: C2SP tlog-cosignature. */
export async function cosign(witness: NoteSigner, text: string, timeS: number): Promise<NoteSignature> {
  const time = new Uint8Array(8)
  new DataView(time.buffer).setBigUint64(0, BigInt(timeS))
  const signature = concat(time, await witness.sign(cosigned(text, timeS)))
  return { name: witness.name, keyId: witness.keyId, signature }
}

/** When this witness cosigned the note, unix seconds; null = not, or with a signature that is not good. */
export async function cosignedAt(
  witness: NoteKey,
  { text, signatures }: SignedNote,
  verify: VerifyEd25519 = verifyEd25519,
): Promise<number | null> {
  const line = signatures.find(each => isBy(witness, each))
  if (line?.signature.length !== BYTES || witness.algorithm !== NOTE_ALGORITHM.witness) return null
  const { buffer, byteOffset } = line.signature
  const time = new DataView(buffer, byteOffset).getBigUint64(0)
  if (time > BigInt(Number.MAX_SAFE_INTEGER)) return null
  const isGood = await verify(witness.publicKey, cosigned(text, Number(time)), line.signature.subarray(8))
  return isGood ? Number(time) : null
}
