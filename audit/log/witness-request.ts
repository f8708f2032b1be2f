import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { toBase64 } from '../base64.ts'
import { countFrom } from './checkpoint.ts'
import { NOTE_MAX, strictBase64 } from './signed-note.ts'

/** What a log asks a witness: a new checkpoint, and the proof from the size that the witness signed last. */
export interface AddCheckpoint {
  readonly oldSize: number
  readonly proof: readonly Uint8Array[]
  /** As it was sent. */
  readonly checkpoint: string
}

const MOST_LINES = 63
/** Characters of a request at most. */
export const REQUEST_MAX = NOTE_MAX + 64 * 45 + 32

/** The body of a request. Source: C2SP tlog-witness. */
export function addCheckpointText({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  return `old ${oldSize}\n${proof.map(hash => `${toBase64(hash)}\n`).join('')}\n${checkpoint}`
}

/** Reads the body of a request. Never throws. */
export function addCheckpointFrom(body: string): Verdict<AddCheckpoint, 'size' | 'request'> {
  if (body.length > REQUEST_MAX) return reject('size')
  const end = body.indexOf('\n\n')
  const [old = '', ...lines] = body.slice(0, Math.max(0, end)).split('\n')
  const oldSize = old.startsWith('old ') ? countFrom(old.slice(4)) : null
  const proof = lines.slice(0, MOST_LINES + 1).map(strictBase64)
  if (oldSize === null || proof.length > MOST_LINES || !proof.every(isHash)) return reject('request')
  return accept({ oldSize, proof, checkpoint: body.slice(end + 2) })
}

const isHash = (bytes: Uint8Array | null): bytes is Uint8Array<ArrayBuffer> => bytes?.length === 32
