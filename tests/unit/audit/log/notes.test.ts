import { checkpointFrom, checkpointText, signedCheckpointFrom } from '@hexhail/audit/log/checkpoint.ts'
import { cosign, cosignedAt } from '@hexhail/audit/log/cosignature.ts'
import { ed25519Key, verifyEd25519, verifyPortable } from '@hexhail/audit/log/ed25519.ts'
import {
  isSignedBy,
  NOTE_ALGORITHM,
  noteKeyFrom,
  noteSigner,
  signatureOver,
  vkeyOf,
} from '@hexhail/audit/log/note-key.ts'
import { promiseFrom, signPromise } from '@hexhail/audit/log/promise.ts'
import { noteFrom, noteText } from '@hexhail/audit/log/signed-note.ts'
import { EMPTY_ROOT } from '@hexhail/audit/log/tree-hash.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { expect, test } from 'vitest'

/** The example of golang.org/x/mod/sumdb/note. */
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const PETERS_NOTE =
  'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n'.replace(
    '’',
    "'",
  ) +
  '\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'

const key = await ed25519Key(new Uint8Array(32).fill(7))
const other = await ed25519Key(new Uint8Array(32).fill(8))
const log = noteSigner('city.example/log', NOTE_ALGORITHM.log, key)
const witness = noteSigner('council.example', NOTE_ALGORITHM.witness, other)
const CHECKPOINT = { origin: log.name, size: 0, root: EMPTY_ROOT, atMs: 1_795_390_412_000 }

async function signedNote(text = checkpointText(CHECKPOINT), by = log): Promise<string> {
  return noteText({ text, signatures: [await signatureOver(by, text)] })
}

test("Go's example note is read, its key too, and its signature is good by both implementations", async () => {
  const [peter, note] = [noteKeyFrom(PETER), noteFrom(PETERS_NOTE)]
  if (peter.verdict !== 'accept' || note.verdict !== 'accept') throw new Error('not read')
  expect(vkeyOf(peter.value)).toBe(PETER)
  expect(noteText(note.value)).toBe(PETERS_NOTE)
  for (const verify of [verifyEd25519, verifyPortable])
    expect(await isSignedBy(peter.value, note.value, verify)).toBe(true)
  expect(await isSignedBy(peter.value, { ...note.value, text: 'Other.\n' }, verifyEd25519)).toBe(false)
})

test('a key of an algorithm that is not known keeps its byte and is not used', () => {
  const text = vkeyOf({ ...log, ...noteSigner(log.name, 6, key) })
  expect(noteKeyFrom(text)).toEqual({ verdict: 'reject', code: 'algorithm' })
  for (const junk of ['', 'a+b+c', `${PETER}=`, PETER.replace('c74f', 'c74e'), PETER.replace('Peter', 'P ')])
    expect(noteKeyFrom(junk)).toEqual({ verdict: 'reject', code: 'vkey' })
})

test('a checkpoint is taken from its own log alone, with all of its lines as they were signed', async () => {
  const note = await signedNote()
  expect(await signedCheckpointFrom(note, log)).toMatchObject({ verdict: 'accept', value: { size: 0 } })
  const said = async (text: string, by = log) => {
    const verdict = await signedCheckpointFrom(text, by)
    return verdict.verdict === 'accept' ? 'accept' : verdict.code
  }
  expect(await said(note.replace('\n0\n', '\n1\n'))).toBe('signature')
  expect(await said(note.replace('time 1', 'time 2'))).toBe('signature')
  expect(await said(await signedNote(), noteSigner('else.example', NOTE_ALGORITHM.log, key))).toBe('origin')
  expect(await said(await signedNote(undefined, noteSigner(log.name, NOTE_ALGORITHM.log, other)))).toBe(
    'signature',
  )
  expect(await said(`${note}${note}`)).not.toBe('accept')
  expect(await said('x'.repeat(9_000))).toBe('size')
})

test('checkpoints are written in one way only', () => {
  const text = checkpointText(CHECKPOINT)
  expect(checkpointFrom(text)).toMatchObject({ verdict: 'accept', value: CHECKPOINT })
  const bad = [
    text.replace('\n0\n', '\n00\n'),
    text.replace('\n0\n', '\n-1\n'),
    text.replace('\n0\n', '\n99999999999999999999\n'),
    text.replace('=', ''),
    text.slice(0, -1),
    `${text}\n`,
    text.replace(log.name, ''),
    text.replace(log.name, '12'),
    text.replace(log.name, 'two words'),
  ]
  for (const each of bad) expect(checkpointFrom(each)).toEqual({ verdict: 'reject', code: 'checkpoint' })
})

test('a cosignature binds witness, text and time', async () => {
  const note = noteFrom(await signedNote())
  if (note.verdict !== 'accept') throw new Error('not read')
  const line = await cosign(witness, note.value.text, 1_795_390_413)
  const cosigned = { ...note.value, signatures: [...note.value.signatures, line] }
  expect(await cosignedAt(witness, cosigned)).toBe(1_795_390_413)
  expect(noteFrom(noteText(cosigned))).toEqual({ verdict: 'accept', value: cosigned })
  expect(await cosignedAt(witness, { ...cosigned, text: `${cosigned.text}more\n` })).toBeNull()
  const later = line.signature.slice()
  later[7]!++
  expect(await cosignedAt(witness, { ...cosigned, signatures: [{ ...line, signature: later }] })).toBeNull()
  expect(await cosignedAt(log, cosigned)).toBeNull()
  expect(await cosignedAt({ ...witness, name: 'x' }, cosigned)).toBeNull()
})

test('a promise is its log’s word on one index, and is no checkpoint', async () => {
  const promise = { origin: log.name, index: 5, leafHash: EMPTY_ROOT, atMs: 9, maxDelayMs: 60_000 }
  const note = await signPromise(log, promise)
  expect(await promiseFrom(note, log)).toEqual({ verdict: 'accept', value: promise })
  expect(await promiseFrom(note.replace('\n5\n', '\n6\n'), log)).toEqual({
    verdict: 'reject',
    code: 'signature',
  })
  expect(await promiseFrom(note.replace('\n5\n', '\n05\n'), log)).toEqual({
    verdict: 'reject',
    code: 'promise',
  })
  expect(await promiseFrom(await signedNote(), log)).toEqual({ verdict: 'reject', code: 'promise' })
  expect((await signedCheckpointFrom(note, log)).verdict).toBe('reject')
})

test('a key that is none and a signature that is none are refused, not thrown', async () => {
  for (const verify of [verifyEd25519, verifyPortable]) {
    expect(await verify(new Uint8Array(31), EMPTY_ROOT, new Uint8Array(64))).toBe(false)
    expect(await verify(new Uint8Array(32).fill(255), EMPTY_ROOT, new Uint8Array(64))).toBe(false)
    expect(await verify(key.publicKey, EMPTY_ROOT, new Uint8Array(63))).toBe(false)
  }
  const signature = await key.sign(EMPTY_ROOT)
  expect([await verifyEd25519(key.publicKey, EMPTY_ROOT, signature), toHex(signature)]).toEqual([
    await verifyPortable(key.publicKey, EMPTY_ROOT, signature),
    toHex(await key.sign(EMPTY_ROOT)),
  ])
})
