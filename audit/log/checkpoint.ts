import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { toBase64 } from '../base64.ts'
import { type VerifyEd25519, verifyEd25519 } from './ed25519.ts'
import { isSignedBy, type NoteKey } from './note-key.ts'
import { isKeyName, noteFrom, type SignedNote, strictBase64 } from './signed-note.ts'

/** What a log says of itself: so many leaves, this root. Source: C2SP tlog-checkpoint. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  /** When the log said so, unix ms: its extension line `time …`; null in logs that say none. */
  readonly atMs: number | null
}

/** A checkpoint whose log has signed it. */
export interface SignedCheckpoint extends Checkpoint {
  readonly note: SignedNote
}

/** Why a text is no checkpoint of a log. */
export type CheckpointCode = 'size' | 'note' | 'checkpoint' | 'origin' | 'signature'

const COUNT = /^(0|[1-9]\d{0,15})$/

/** A number as checkpoints and witnesses write it, or null. */
export function countFrom(text: string): number | null {
  const n = COUNT.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(n) ? n : null
}

/** Whether a text can be a log's origin: a key's name that could not be the number in a checkpoint's second line. */
export const isOrigin = (text: string): boolean => isKeyName(text) && !/^\d+$/.test(text)

/** The text that is signed. */
export function checkpointText({ origin, size, root, atMs }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n${atMs === null ? '' : `time ${atMs}\n`}`
}

/** Reads the text of a checkpoint. */
export function checkpointFrom(text: string): Verdict<Checkpoint, 'checkpoint'> {
  const [origin = '', sizeText = '', rootText = '', ...rest] = text.split('\n')
  const size = countFrom(sizeText)
  const root = strictBase64(rootText)
  const isWhole = rest.at(-1) === '' && rest.slice(0, -1).every(line => line !== '')
  if (!isOrigin(origin) || size === null || root?.length !== 32 || !isWhole) return reject('checkpoint')
  const time = rest.find(line => line.startsWith('time '))
  return accept({ origin, size, root, atMs: time === undefined ? null : countFrom(time.slice(5)) })
}

/** A checkpoint of this log, out of the note as it was sent. Never throws. */
export async function signedCheckpointFrom(
  note: string,
  log: NoteKey,
  verify: VerifyEd25519 = verifyEd25519,
): Promise<Verdict<SignedCheckpoint, CheckpointCode>> {
  const read = noteFrom(note)
  if (read.verdict !== 'accept') return read
  const checkpoint = checkpointFrom(read.value.text)
  if (checkpoint.verdict !== 'accept') return checkpoint
  if (checkpoint.value.origin !== log.name) return reject('origin')
  if (!(await isSignedBy(log, read.value, verify))) return reject('signature')
  return accept({ ...checkpoint.value, note: read.value })
}
