import { readFileSync, writeFileSync } from 'node:fs'
import { makeSigningKey } from '@hexhail/permits/es256.ts'
import { fromHex, isHex, toHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'

/** The key that credentials are signed with, and the salt of cars' names on the chain. */
export interface IssuerKey {
  readonly jwk: JsonWebKey
  readonly salt: Uint8Array
}

/** Reads the issuer's key, which is made where there is none. @throws {HexhailError} 'issuer-key' */
export async function issuerKeyFrom(path: string): Promise<IssuerKey> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const { privateKey } = await makeSigningKey(true)
    const jwk = await crypto.subtle.exportKey('jwk', privateKey)
    const salt = crypto.getRandomValues(new Uint8Array(32))
    writeFileSync(path, `${JSON.stringify({ jwk, salt: toHex(salt) })}\n`, { mode: 0o600 })
    return { jwk, salt }
  }
  try {
    const { jwk, salt } = JSON.parse(text) as { jwk?: JsonWebKey; salt?: unknown }
    if (jwk?.kty === 'EC' && typeof jwk.d === 'string' && isHex(salt, 32)) return { jwk, salt: fromHex(salt) }
  } catch {
    // told below
  }
  throw new HexhailError('issuer-key', `${path} holds no issuer key: put the right one there.`, { path })
}
