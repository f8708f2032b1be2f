/** Token Status List (IETF oauth-status-list): two bits an entry, packed, deflated, signed, never going back. */
import { accept, ignore, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import type { PublicJwk, Signing } from './es256.ts'
import { type JsonObject, openJwt, signJwt } from './jwt.ts'

/** What an entry says, by its number on the list. */
export const STATUSES = ['valid', 'revoked', 'suspended'] as const
export type Status = (typeof STATUSES)[number]

/** A list that was read: entries by index. */
export interface StatusList {
  readonly uri: string
  readonly issuedAtS: number
  readonly untilS: number
  /** Anything unknown is not valid: an entry past the end, or a number without a name, is `revoked`. */
  statusOf(index: number): Status
}

/** Why a list is not taken. */
export type StatusListCode = 'list-form' | 'list-signature' | 'list-over' | 'list-older'

/** Entries of a list. Their numbers are drawn by chance, so that a number tells nothing of when a permit was given. */
export const LIST_SIZE = 131_072
/** Media type, and `typ` of the token. */
export const STATUS_LIST_TYP = 'statuslist+jwt'
const BITS = 2
/** Bytes of an inflated list, at most: four lists of our size. */
const MOST_BYTES = LIST_SIZE

/** Signs a list. `statuses` holds what is not valid. */
export async function signStatusList(
  signing: Signing,
  statuses: Iterable<readonly [index: number, status: Status]>,
  {
    uri,
    issuedAtS,
    untilS,
    size = LIST_SIZE,
  }: Pick<StatusList, 'uri' | 'issuedAtS' | 'untilS'> & { readonly size?: number },
): Promise<string> {
  const bytes = new Uint8Array((size * BITS) / 8)
  for (const [index, status] of statuses) {
    if (!(index >= 0 && index < size)) throw new RangeError(`The list has ${size} entries, not ${index}.`)
    bytes[index >> 2]! |= STATUSES.indexOf(status) << ((index & 3) * BITS)
  }
  const lst = toBase64url(await through(new CompressionStream('deflate'), bytes, MOST_BYTES))
  const payload = { sub: uri, iat: issuedAtS, exp: untilS, ttl: 60, status_list: { bits: BITS, lst } }
  return signJwt(signing, { typ: STATUS_LIST_TYP }, payload)
}

/** Reads a list of this address; one that is older than `newest` is refused, so that nobody undoes a suspension. */
export async function openStatusList(
  token: string,
  { uri, issuer, nowS, newestS = 0 }: { uri: string; issuer: PublicJwk; nowS: number; newestS?: number },
): Promise<Verdict<StatusList, StatusListCode>> {
  const opened = await openJwt(token, STATUS_LIST_TYP, issuer)
  if (opened.verdict !== 'accept')
    return reject(opened.code === 'jwt-signature' ? 'list-signature' : 'list-form')
  const read = listOf(opened.value, uri)
  if (!read) return reject('list-form')
  if (read.untilS <= nowS || read.issuedAtS > nowS + 60) return ignore('list-over')
  if (read.issuedAtS < newestS) return ignore('list-older')
  const bytes = await through(new DecompressionStream('deflate'), read.packed, MOST_BYTES).catch(() => null)
  if (!bytes) return reject('list-form')
  const { bits, issuedAtS, untilS } = read
  const perByte = 8 / bits
  return accept({
    uri,
    issuedAtS,
    untilS,
    statusOf(index) {
      const byte = Number.isSafeInteger(index) && index >= 0 ? bytes[Math.floor(index / perByte)] : undefined
      if (byte === undefined) return 'revoked'
      return STATUSES[(byte >> ((index % perByte) * bits)) & ((1 << bits) - 1)] ?? 'revoked'
    },
  })
}

function listOf({ sub, iat, exp, status_list }: JsonObject, uri: string) {
  const { bits, lst } = (status_list ?? {}) as { bits?: unknown; lst?: unknown }
  const packed = typeof lst === 'string' ? fromBase64url(lst) : null
  if (sub !== uri || typeof iat !== 'number' || typeof exp !== 'number' || !packed) return null
  if (bits !== 1 && bits !== 2 && bits !== 4 && bits !== 8) return null
  return { packed, bits, issuedAtS: iat, untilS: exp }
}

/** Pushes bytes through a transformation; rejects beyond `most`, so that a small list cannot fill the memory. */
async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const out = new Uint8Array(most)
  let size = 0
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return out.slice(0, size)
    if (size + value.length > most) {
      await reader.cancel()
      throw new RangeError(`More than ${most} bytes came out.`)
    }
    out.set(value, size)
    size += value.length
  }
}
