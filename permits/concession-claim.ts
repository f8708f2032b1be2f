/** What a rider tells the office to be given a concession, sealed to it. No account and no wallet stands in it. */
import { fromHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { fromBase64url } from './base64url.ts'
import { openForm, sealForm } from './sealed-form.ts'
import { CONCESSIONS, type Concession } from './vct.ts'

/** Who asks for which class, and what shows the right to it. */
export interface ConcessionClaim {
  readonly category: Concession
  readonly name: string
  /** Evidence in words: the number of a student card, a date of birth. */
  readonly evidence: string
  /** base64url of a small picture of the evidence, a JPEG or WebP; empty without one. */
  readonly picture: string
}

/** A claim as the office gets it. */
export interface FiledClaim {
  /** sha256 of the word by which the applicant asks again. */
  readonly ticket: Hex
  /** base64url; it opens with that ticket alone. */
  readonly sealed: string
}

/** Bytes of the picture, at most. */
export const PICTURE_MAX = 12_288
const TEXT = { name: 128, evidence: 400 } as const

/** Seals a claim to the office's X25519 key. */
export const sealClaim = (
  sealKey: Uint8Array,
  ticket: Hex,
  claim: ConcessionClaim,
  random: (size: number) => Uint8Array,
): Promise<Uint8Array> => sealForm(sealKey, fromHex(ticket, 32), claim, random)

/** Opens a claim. Never throws. */
export async function openClaim(
  key: CryptoKeyPair,
  { ticket, sealed }: FiledClaim,
): Promise<Verdict<ConcessionClaim, 'sealed' | 'form' | 'photo'>> {
  const bytes = fromBase64url(sealed)
  const opened = bytes ? await openForm(key, fromHex(ticket, 32), bytes) : reject('sealed' as const)
  return opened.verdict === 'accept' ? checkClaim(opened.value) : opened
}

/** Checks what was in a seal: every field in its form, and nothing besides. */
function checkClaim(json: unknown): Verdict<ConcessionClaim, 'form' | 'photo'> {
  const { category, name, evidence, picture } = (json ?? {}) as Partial<ConcessionClaim>
  if (!CONCESSIONS.includes(category!)) return reject('form')
  if (!isText(name, TEXT.name) || !isText(evidence, TEXT.evidence)) return reject('form')
  const bytes = typeof picture === 'string' ? fromBase64url(picture) : null
  if (!bytes || bytes.length > PICTURE_MAX) return reject('photo')
  return accept({ category: category!, name, evidence, picture: picture! })
}

const isText = (text: unknown, most: number): text is string =>
  typeof text === 'string' && text.trim() !== '' && new TextEncoder().encode(text).length <= most
