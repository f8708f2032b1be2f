import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import type { Hex } from '@hexhail/protocol/terms.ts'

const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** The P-256 key of RFC 7515, A.3: a key that everybody knows, so that a bench costs the same each time. */
const KEY = createPrivateKey({
  format: 'jwk',
  key: {
    kty: 'EC',
    crv: 'P-256',
    d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  },
})

const jwk = createPublicKey(KEY).export({ format: 'jwk' })

/** The key's point, x‖y; the vault knows it by the last 20 bytes of its keccak256. */
export const SESSION_POINT: Hex = `0x${hex(jwk.x!) + hex(jwk.y!)}`

/** A receipt's signature as the browser makes it: r‖s‖x‖y over sha256(digest), s made low. */
export function signBySession(digest: Hex): Hex {
  const raw = sign('sha256', Buffer.from(digest.slice(2), 'hex'), { key: KEY, dsaEncoding: 'ieee-p1363' })
  const s = BigInt(`0x${raw.toString('hex', 32)}`)
  const low = s > N / 2n ? N - s : s
  return `0x${raw.toString('hex', 0, 32)}${low.toString(16).padStart(64, '0')}${SESSION_POINT.slice(2)}`
}

function hex(base64url: string): string {
  return Buffer.from(base64url, 'base64url').toString('hex')
}
