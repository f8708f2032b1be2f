import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { fromBase64, toBase64 } from '../base64.ts'

/** One signature line of a note. */
export interface NoteSignature {
  readonly name: string
  /** First bytes of the key's id, 32 bits. */
  readonly keyId: number
  readonly signature: Uint8Array
}

/** A text with signatures under it. Source: C2SP signed-note. */
export interface SignedNote {
  /** With its last newline. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** Longest note that is looked at, characters. */
export const NOTE_MAX = 8_192
const MOST_SIGNATURES = 32
/** No space of Unicode, no plus sign, no control character. */
const NAME = /^[^\s+\p{Cc}]{1,255}$/u
const LINE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/

/** Whether a text can be the name of a key. */
export const isKeyName = (name: string): boolean => NAME.test(name)

/** Base64 that is written in the one right way, or null. */
export function strictBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes = /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0 ? fromBase64(text) : null
  return bytes !== null && toBase64(bytes) === text ? bytes : null
}

/** A signature as a line, with its newline. */
export function signatureLine({ name, keyId, signature }: NoteSignature): string {
  const bytes = new Uint8Array(4 + signature.length)
  new DataView(bytes.buffer).setUint32(0, keyId)
  bytes.set(signature, 4)
  return `— ${name} ${toBase64(bytes)}\n`
}

/** The note as it is sent. */
export const noteText = ({ text, signatures }: SignedNote): string =>
  `${text}\n${signatures.map(signatureLine).join('')}`

/** A signature out of a line without its newline, or null. */
export function signatureFrom(line: string): NoteSignature | null {
  const match = LINE.exec(line)
  const bytes = match && strictBase64(match[2]!)
  if (!match || !bytes || bytes.length < 5 || !isKeyName(match[1]!)) return null
  return { name: match[1]!, keyId: new DataView(bytes.buffer).getUint32(0), signature: bytes.subarray(4) }
}

/** Reads a note; whose signatures are good is another question. Never throws. */
export function noteFrom(note: string): Verdict<SignedNote, 'size' | 'note'> {
  if (note.length > NOTE_MAX) return reject('size')
  const at = note.lastIndexOf('\n\n')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  if (at < 1 || !note.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f]/.test(note) || !note.isWellFormed())
    return reject('note')
  const lines = note.slice(at + 2, -1).split('\n')
  const signatures = lines.map(signatureFrom).filter(each => each !== null)
  if (signatures.length !== lines.length || lines.length > MOST_SIGNATURES) return reject('note')
  return accept({ text: note.slice(0, at + 1), signatures })
}
