import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONTRACTS } from './forge.ts'

/** Results of the runs that are too long for `npm test`, each with the sources that it was made for. */
const FILE = join(CONTRACTS, 'snapshots', 'proven.json')

/** A result on record. `sources` and `tests` are hashes of contracts/src and contracts/test. */
interface Entry<T> {
  readonly sources: string
  readonly tests: string
  readonly result: T
}

/** Hash of all Solidity under a folder of `contracts/`. */
export function solidityHash(folder: 'src' | 'test' | 'proof'): string {
  const hash = createHash('sha256')
  const names = readdirSync(join(CONTRACTS, folder), { recursive: true, encoding: 'utf8' })
  for (const name of names.filter(each => each.endsWith('.sol')).sort())
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(join(CONTRACTS, folder, name)))
      .update('\0')
  return hash.digest('hex').slice(0, 16)
}

function all(): Record<string, Entry<unknown>> {
  return existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {}
}

/** Puts a result on record for the sources as they are. */
export function record(part: string, result: unknown): void {
  const entry = { sources: solidityHash('src'), tests: solidityHash('test'), result }
  const entries = Object.entries({ ...all(), [part]: entry }).sort(([a], [b]) => a.localeCompare(b))
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`)
}

/** A result on record, or why it cannot be used: there is none, or the contracts have changed since. */
export function recorded<T>(part: string): { readonly result: T; readonly note: string } | string {
  const entry = all()[part] as Entry<T> | undefined
  if (!entry) return `${part}: nothing on record`
  if (entry.sources !== solidityHash('src')) return `${part}: recorded for other contracts (stale)`
  const same = entry.tests === solidityHash('test')
  return { result: entry.result, note: same ? '' : `${part}: recorded before the last change of the tests` }
}
