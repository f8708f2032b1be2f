import { countFrom } from './checkpoint.ts'
import { cosignedAt } from './cosignature.ts'
import type { NoteKey } from './note-key.ts'
import { isBy } from './note-key.ts'
import { type NoteSignature, signatureFrom } from './signed-note.ts'
import type { AskWitness } from './transparency-log.ts'
import { addCheckpointText } from './witness-request.ts'

/** A witness that is given up on after this long delays no checkpoint. */
const TIMEOUT_MS = 2_000

/** Asks the witness at a URL; it is sent the proof from the size that it knows. Source: C2SP tlog-witness. */
export function askWitnessAt(
  url: string,
  key: NoteKey,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): AskWitness {
  const base = url.replace(/\/+$/, '')
  let known = 0
  return async ({ note, text, size }, consistencyFrom) => {
    for (let attempt = 0; attempt < 2 && known <= size; attempt++) {
      const proof = known === size ? [] : consistencyFrom(known)
      const response = await fetch(`${base}/add-checkpoint`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: addCheckpointText({ oldSize: known, proof, checkpoint: note }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      const answer = (await response.text()).slice(0, 8_192)
      if (response.status === 409) known = countFrom(answer.trim()) ?? known
      if (response.status !== 200) {
        if (response.status === 409) continue
        return null
      }
      known = size
      return goodLine(answer, text, key)
    }
    return null
  }
}

/** The witness's own line of an answer, if its signature is good. */
async function goodLine(answer: string, text: string, key: NoteKey): Promise<NoteSignature | null> {
  const lines = answer
    .split('\n')
    .slice(0, 16)
    .flatMap(line => signatureFrom(line) ?? [])
  const own = lines.find(line => isBy(key, line))
  return own && (await cosignedAt(key, { text, signatures: [own] })) !== null ? own : null
}
