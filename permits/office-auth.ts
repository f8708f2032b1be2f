/** How the officer's page shows the office that it holds the authority's key: a MAC under a key that both can derive. */
import { concat, fromHex, hexDigits } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { accept, ignore, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'

/** A word of an officer: JSON as text, and its MAC in hex. */
export interface OfficerWord {
  readonly word: string
  readonly mac: string
}

/** Why a word is not heard. */
export type AuthCode = 'auth' | 'auth-late' | 'auth-again'

const TITLE = new TextEncoder().encode('hexhail permit office\n')
/** Clocks differ by so much, ms; a word is remembered so long. */
const LIFE_MS = 120_000

/** The MAC key of a door and an officer: X25519 between the one's private and the other's public half. */
export async function officeMacKey(mine: CryptoKeyPair, other: Hex): Promise<Uint8Array> {
  const theirs = await crypto.subtle.importKey('raw', fromHex(other, 32), { name: 'X25519' }, false, [])
  const shared = await crypto.subtle.deriveBits({ name: 'X25519', public: theirs }, mine.privateKey, 256)
  return sha256(concat(TITLE, new Uint8Array(shared)))
}

const macOf = (key: Uint8Array, word: string): string =>
  hexDigits(hmac(sha256, key, new TextEncoder().encode(word)))

/** Says a deed; `nonce` is random, so that it counts once. */
export function sayDeed(key: Uint8Array, deed: object, nowMs: number, nonce: string): OfficerWord {
  const word = JSON.stringify({ ...deed, atMs: nowMs, nonce })
  return { word, mac: macOf(key, word) }
}

/** Hears officers' words: each once, and only fresh ones. */
export function createAuth(key: () => Promise<Uint8Array>, now: () => number) {
  const heard = new Map<string, number>()
  return async (said: unknown): Promise<Verdict<Readonly<Record<string, unknown>>, AuthCode>> => {
    const { word, mac } = (said ?? {}) as Partial<OfficerWord>
    if (typeof word !== 'string' || typeof mac !== 'string' || mac.length !== 64) return reject('auth')
    if (!sameText(macOf(await key(), word), mac)) return reject('auth')
    const deed = JSON.parse(word) as Readonly<Record<string, unknown>>
    const at = typeof deed.atMs === 'number' ? deed.atMs : 0
    if (!(Math.abs(now() - at) <= LIFE_MS)) return ignore('auth-late')
    for (const [old, atMs] of heard) if (now() - atMs > 2 * LIFE_MS) heard.delete(old)
    if (heard.has(mac)) return ignore('auth-again')
    heard.set(mac, now())
    return accept(deed)
  }
}

/** Compares in a time that tells nothing of where two texts differ. */
function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ (b.charCodeAt(i) || 0)
  return difference === 0
}
