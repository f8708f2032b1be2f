/** Compact JWS with ES256 and nothing else (RFC 7515): status lists, proofs of possession, access words. */
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { type PublicJwk, type Signing, verifyEs256 } from './es256.ts'

/** Header or payload. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Why a token is not taken. */
export type JwtCode = 'jwt-form' | 'jwt-type' | 'jwt-signature'

/** A token's two readable parts. */
export interface DecodedJwt {
  readonly header: JsonObject
  readonly payload: JsonObject
}

const MOST_CHARS = 262_144

/** Signs header and payload; `alg` is put in. */
export async function signJwt(signing: Signing, header: JsonObject, payload: JsonObject): Promise<string> {
  const part = (value: JsonObject) => toBase64url(new TextEncoder().encode(JSON.stringify(value)))
  const text = `${part({ alg: 'ES256', ...header })}.${part(payload)}`
  return `${text}.${await signing.sign(text)}`
}

/** Reads a token without believing it. */
export function decodeJwt(token: string): Verdict<DecodedJwt, 'jwt-form'> {
  const parts = token.length > MOST_CHARS ? [] : token.split('.')
  if (parts.length !== 3) return reject('jwt-form')
  const header = objectOf(parts[0]!)
  const payload = objectOf(parts[1]!)
  return header && payload ? accept({ header, payload }) : reject('jwt-form')
}

/** Reads a token that this key signed as this `typ`. */
export async function openJwt(
  token: string,
  typ: string,
  key: PublicJwk,
): Promise<Verdict<JsonObject, JwtCode>> {
  const read = decodeJwt(token)
  if (read.verdict !== 'accept') return reject('jwt-form')
  const { header, payload } = read.value
  if (header.alg !== 'ES256' || header.typ !== typ || header.crit !== undefined) return reject('jwt-type')
  const end = token.lastIndexOf('.')
  const good = await verifyEs256(key, token.slice(0, end), token.slice(end + 1))
  return good ? accept(payload) : reject('jwt-signature')
}

function objectOf(part: string): JsonObject | null {
  const bytes = fromBase64url(part)
  if (!bytes) return null
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
  } catch {
    return null
  }
}
