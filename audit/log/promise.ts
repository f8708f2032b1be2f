import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { toBase64 } from '../base64.ts'
import { type CheckpointCode, countFrom, isOrigin } from './checkpoint.ts'
import { type VerifyEd25519, verifyEd25519 } from './ed25519.ts'
import { isSignedBy, type NoteKey, type NoteSigner, signatureOver } from './note-key.ts'
import { noteFrom, noteText, strictBase64 } from './signed-note.ts'

/**
 * A log's word that an entry will stand at an index, like a certificate log's SCT. It names the index, so that breaking
 * it can be shown: by a checkpoint that is late and does not reach the index, or by another leaf that stands there.
 */
export interface InclusionPromise {
  readonly origin: string
  /** From 0. */
  readonly index: number
  readonly leafHash: Uint8Array
  readonly atMs: number
  /** Every checkpoint that the log signs for this time after `atMs`, or later, has the leaf. */
  readonly maxDelayMs: number
}

/** First line of a promise: no log has it as its origin. */
const HEAD = 'hexhail-inclusion-promise/v1'

const promiseText = ({ origin, index, leafHash, atMs, maxDelayMs }: InclusionPromise): string =>
  `${HEAD}\n${origin}\n${index}\n${toBase64(leafHash)}\n${atMs}\n${maxDelayMs}\n`

/** Signs a promise: a note, as it is sent. */
export async function signPromise(log: NoteSigner, promise: InclusionPromise): Promise<string> {
  const text = promiseText(promise)
  return noteText({ text, signatures: [await signatureOver(log, text)] })
}

/** A promise of this log, out of the note as it was sent. Never throws. */
export async function promiseFrom(
  note: string,
  log: NoteKey,
  verify: VerifyEd25519 = verifyEd25519,
): Promise<Verdict<InclusionPromise, CheckpointCode | 'promise'>> {
  const read = noteFrom(note)
  if (read.verdict !== 'accept') return read
  const [head, origin = '', ...rest] = read.value.text.split('\n')
  const [index, atMs, maxDelayMs] = [rest[0], rest[2], rest[3]].map(text => countFrom(text ?? ''))
  const leafHash = strictBase64(rest[1] ?? '')
  if (head !== HEAD || !isOrigin(origin) || leafHash?.length !== 32) return reject('promise')
  if (index == null || atMs == null || maxDelayMs == null) return reject('promise')
  const promise = { origin, index, leafHash, atMs, maxDelayMs }
  if (promiseText(promise) !== read.value.text) return reject('promise')
  if (origin !== log.name) return reject('origin')
  return (await isSignedBy(log, read.value, verify)) ? accept(promise) : reject('signature')
}
