import { readFileSync, writeFileSync } from 'node:fs'
import { makeAuditKey } from '@hexhail/audit/audit-key.ts'
import { isHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** The demo authority's key pair, in the clear: 32 bytes each. */
export interface AuditKeyFile {
  readonly privateKey: Hex
  readonly publicKey: Hex
}

/** Reads the authority's key, which is made where there is none. @throws {HexhailError} 'audit-key' */
export async function auditKeyFrom(path: string): Promise<AuditKeyFile> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const made = await makeAuditKey()
    writeFileSync(path, `${JSON.stringify(made)}\n`, { mode: 0o600 })
    return made
  }
  try {
    const { privateKey, publicKey } = JSON.parse(text) as Partial<AuditKeyFile>
    if (isHex(privateKey, 32) && isHex(publicKey, 32)) return { privateKey, publicKey }
  } catch {
    // told below
  }
  const message = `${path} holds no audit key: put the right one there, or start with --fresh (old records stay sealed).`
  throw new HexhailError('audit-key', message, { path })
}
