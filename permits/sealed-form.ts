/** A form sealed to the office: HPKE for a key, AES-GCM for the rest, in whole steps so that its length says little. */
import { concat } from '@hexhail/protocol/hex.ts'
import { openSealed, sealTo } from '@hexhail/protocol/seal.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'

/** Bytes of a sealed form, at most. */
export const SEALED_FORM_MAX = 20_480
/** Sealed forms come in whole steps of this. */
const STEP = 2_048

/** Seals a form to the office's X25519 key; it opens for the same `about` alone. */
export async function sealForm(
  sealKey: Uint8Array,
  about: Uint8Array,
  form: object,
  random: (size: number) => Uint8Array,
): Promise<Uint8Array> {
  const plain = new TextEncoder().encode(JSON.stringify(form))
  const padded = new Uint8Array(Math.ceil((plain.length + 4) / STEP) * STEP)
  new DataView(padded.buffer).setUint32(0, plain.length)
  padded.set(plain, 4)
  const key = random(16)
  const head = await sealTo(sealKey, key, about)
  const box = await crypto.subtle.encrypt(GCM, await boxKey(key, 'encrypt'), padded)
  return concat(head, new Uint8Array(box))
}

/** Opens a form, as JSON that nobody has checked. Never throws. */
export async function openForm(
  key: CryptoKeyPair,
  about: Uint8Array,
  sealed: Uint8Array,
): Promise<Verdict<unknown, 'sealed'>> {
  const head = await openSealed(key, sealed.slice(0, 256), about)
  if (head.verdict !== 'accept' || head.value.length !== 16) return reject('sealed')
  try {
    const box = sealed.slice(256)
    const padded = new Uint8Array(await crypto.subtle.decrypt(GCM, await boxKey(head.value, 'decrypt'), box))
    const size = new DataView(padded.buffer).getUint32(0)
    const text = new TextDecoder('utf-8', { fatal: true }).decode(padded.subarray(4, 4 + size))
    return accept(JSON.parse(text) as unknown)
  } catch {
    return reject('sealed')
  }
}

const GCM = { name: 'AES-GCM', iv: new Uint8Array(12) } as const // each key seals once
const boxKey = (key: Uint8Array, use: 'encrypt' | 'decrypt') =>
  crypto.subtle.importKey('raw', key as BufferSource, 'AES-GCM', false, [use])
