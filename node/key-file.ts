import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'

/**
 * The 32 bytes of a relay's key file, which is made where there is none.
 * @throws {HexhailError} 'relay-key' where the file cannot be read or written, or holds something else
 */
export function keyFromFile(path: string): Uint8Array {
  const text = textOf(path).trim()
  if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, 'hex')
  throw fault(path, 'holds no key of 64 hex digits: delete it and start again')
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT')
      throw fault(path, `cannot be read (${(cause as Error).message}): choose another --key`)
  }
  const made = `${randomBytes(32).toString('hex')}\n`
  try {
    writeFileSync(path, made, { mode: 0o600 })
  } catch (cause) {
    throw fault(path, `cannot be written (${(cause as Error).message}): choose another --key`)
  }
  return made
}

const fault = (path: string, what: string): HexhailError =>
  new HexhailError('relay-key', `The key file ${path} ${what}.`, { path })
