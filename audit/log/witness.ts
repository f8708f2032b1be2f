import { equalBytes } from '@hexhail/protocol/hex.ts'
import { signedCheckpointFrom } from './checkpoint.ts'
import { cosign } from './cosignature.ts'
import type { LogDisk } from './disk.ts'
import { type EquivocationFile, equivocationOf } from './evidence.ts'
import { type NoteKey, type NoteSigner, vkeyOf } from './note-key.ts'
import { noteText, signatureLine } from './signed-note.ts'
import { EMPTY_ROOT, TREE_HASH } from './tree-hash.ts'
import { checkConsistency } from './tree-proof.ts'
import { addCheckpointFrom } from './witness-request.ts'

/** What a witness stands on. */
export interface WitnessDeps {
  readonly key: NoteSigner
  /** The logs it watches. */
  readonly logs: readonly NoteKey[]
  readonly disk: LogDisk
  readonly now: () => number
  /** Told of a log that signed two trees: a file that anyone can verify. */
  readonly onEquivocation?: (file: EquivocationFile) => void
}

/** An answer as it goes over HTTP. */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly body: string
  readonly isSize?: boolean
}

/** Signs growing trees, each only as the next of the one it signed before. */
export interface Witness {
  /** Source: C2SP tlog-witness, `add-checkpoint`. */
  addCheckpoint(body: string): Promise<WitnessAnswer>
  /** The newest checkpoint of a log that it cosigned, or null. */
  latest(origin: string): string | null
}

const utf8 = new TextEncoder()
const fromUtf8 = new TextDecoder()
const hexOf = (text: string): string =>
  [...utf8.encode(text)].map(byte => byte.toString(16).padStart(2, '0')).join('')

/** Opens a witness over its disk, where the last checkpoint that it signed of each log is kept. */
export async function openWitness({ key, logs, disk, now, onEquivocation }: WitnessDeps): Promise<Witness> {
  const fileOf = (origin: string): string => `witness/${hexOf(origin)}`
  const latest = (origin: string): string | null => {
    const bytes = logs.some(log => log.name === origin) ? disk.read(fileOf(origin)) : null
    return bytes && fromUtf8.decode(bytes)
  }
  /** What it signed last; a file that is damaged throws, for a witness without memory must not sign. */
  const lastOf = async (log: NoteKey) => {
    const note = latest(log.name)
    if (note === null) return null
    const last = await signedCheckpointFrom(note, log)
    if (last.verdict === 'accept') return { ...last.value, sent: note }
    throw new Error(`The witness's memory of ${log.name} is damaged (${last.code}): put it back from a copy.`)
  }

  const answer = async (body: string): Promise<WitnessAnswer> => {
    const request = addCheckpointFrom(body)
    if (request.verdict !== 'accept') return { status: 400, body: `${request.code}\n` }
    const { oldSize, proof, checkpoint } = request.value
    const origin = checkpoint.slice(0, Math.max(0, checkpoint.indexOf('\n')))
    const log = logs.find(each => each.name === origin)
    if (!log) return { status: 404, body: 'origin\n' }
    const read = await signedCheckpointFrom(checkpoint, log)
    if (read.verdict !== 'accept')
      return { status: read.code === 'signature' ? 403 : 400, body: `${read.code}\n` }
    const { size, root, note } = read.value
    if (oldSize > size) return { status: 400, body: 'old\n' }
    const last = await lastOf(log)
    if (last) {
      const file = await equivocationOf(vkeyOf(log), last.sent, checkpoint)
      if (file) onEquivocation?.(file)
    }
    const known = last?.size ?? 0
    if (oldSize !== known) return { status: 409, body: `${known}\n`, isSize: true }
    if (known === size && last && !equalBytes(last.root, root))
      return { status: 409, body: `${known}\n`, isSize: true }
    const isOdd = size === 0 && !equalBytes(root, EMPTY_ROOT)
    if (isOdd || (known === 0 && proof.length > 0)) return { status: 422, body: 'length\n' }
    if (last && known > 0) {
      const proven = checkConsistency(
        { size1: known, root1: last.root, size2: size, root2: root, proof },
        TREE_HASH,
      )
      if (proven.verdict !== 'accept') return { status: 422, body: `${proven.code}\n` }
    }
    const line = await cosign(key, note.text, Math.floor(now() / 1000))
    const signed = noteText({ text: note.text, signatures: [...note.signatures, line] })
    // Lasting before the signature leaves: a witness that forgets could be led to sign two histories.
    await disk.replace(fileOf(origin), utf8.encode(signed))
    return { status: 200, body: signatureLine(line) }
  }

  let tail: Promise<unknown> = Promise.resolve()
  return {
    latest,
    addCheckpoint(body) {
      const answered = tail.then(() => answer(body))
      tail = answered.catch(() => undefined)
      return answered
    },
  }
}
