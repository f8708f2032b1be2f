/**
 * Lays Wycheproof's ECDSA vectors out for test/Ecdsa.t.sol, which cannot read outside the repository:
 * `node contracts/tools/wycheproof.ts`. Without ../shared there are none and that test is skipped.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CONTRACTS, ROOT } from './forge.ts'

const FROM = join(ROOT, '..', 'shared', 'data', 'vectors', 'wycheproof')
const TO = join(CONTRACTS, 'out', 'wycheproof.json')
const FILES = {
  p256: 'ecdsa_secp256r1_sha256_p1363_test.json',
  secp256k1: 'ecdsa_secp256k1_sha256_p1363_test.json',
  bitcoin: 'ecdsa_secp256k1_sha256_bitcoin_test.json',
}
const HALF = {
  p256: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n / 2n,
  secp256k1: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n / 2n,
}

/** ecrecover knows the point whose x is r, not the one whose x is r + n: one signature in 2^128. */
const BEYOND = 'k*G has a large x-coordinate'

interface Group {
  readonly publicKey: { readonly uncompressed: string }
  readonly tests: readonly {
    readonly msg: string
    readonly sig: string
    readonly comment: string
    readonly result: 'valid' | 'invalid' | 'acceptable'
  }[]
}

/** Number of vectors laid out; 0 where there are none. */
export function layOutWycheproof(): number {
  rmSync(TO, { force: true })
  if (!existsSync(FROM)) return 0
  const rows: { sig: string; hash: string; key: string; p256: boolean; good: boolean }[] = []
  for (const [kind, file] of Object.entries(FILES)) {
    const { testGroups } = JSON.parse(readFileSync(join(FROM, file), 'utf8')) as { testGroups: Group[] }
    const half = kind === 'p256' ? HALF.p256 : HALF.secp256k1
    for (const { publicKey, tests } of testGroups)
      for (const { msg, sig, result, comment } of tests) {
        // The vault knows no DER: a signature in it that is not r and s of 32 bytes stays as it is, to be refused.
        const bare = kind === 'bitcoin' ? (rawOf(sig) ?? sig) : sig
        const low = bare.length === 128 && BigInt(`0x${bare.slice(64)}`) <= half
        rows.push({
          sig: `0x${bare}`,
          hash: `0x${createHash('sha256').update(Buffer.from(msg, 'hex')).digest('hex')}`,
          key: `0x${publicKey.uncompressed.slice(2)}`,
          p256: kind === 'p256',
          good: result === 'valid' && low && (kind === 'p256' || comment !== BEYOND),
        })
      }
  }
  const columns = ['sig', 'hash', 'key', 'p256', 'good'] as const
  const table = Object.fromEntries(columns.map(name => [name, rows.map(row => row[name])]))
  mkdirSync(dirname(TO), { recursive: true })
  writeFileSync(TO, JSON.stringify(table))
  return rows.length
}

/** r‖s of a strict DER signature whose numbers fit 32 bytes; null for any other. */
function rawOf(der: string): string | null {
  const match = /^30(..)02(..)(.*)$/.exec(der)
  if (!match) return null
  const [length, rLength] = [Number.parseInt(match[1]!, 16), Number.parseInt(match[2]!, 16)]
  const r = match[3]!.slice(0, rLength * 2)
  const rest = match[3]!.slice(rLength * 2)
  const sLength = Number.parseInt(rest.slice(2, 4), 16)
  const s = rest.slice(4)
  const whole = rest.startsWith('02') && s.length === sLength * 2 && der.length === (length + 2) * 2
  const words = [r, s].map(derNumber)
  return whole && words.every(word => word !== null) ? words.join('') : null
}

function derNumber(hex: string): string | null {
  const needless = /^00[0-7]/.test(hex) && hex.length > 2
  if (hex === '' || needless || /^[89a-f]/.test(hex)) return null
  const bare = hex.replace(/^00/, '')
  return bare.length > 64 ? null : bare.padStart(64, '0')
}

if (import.meta.main) {
  const count = layOutWycheproof()
  console.log(count > 0 ? `${count} vectors: ${TO}` : `Skipped: no ${FROM}.`)
}
