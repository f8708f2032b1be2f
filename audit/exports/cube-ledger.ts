import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { type Spent, spentFrom } from '../cubes/epsilon-ledger.ts'

/** Reads what was released so far; a file that is not there says nothing was. @throws {HexhailError} 'ledger' */
export function readLedger(path: string): Spent[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter(line => line !== '')
  return lines.map((line, i) => {
    const spent = parse(line)
    if (spent) return spent
    throw new HexhailError(
      'ledger',
      `Line ${i + 1} of ${path} is no release: put the right ledger back, for it guards the riders' privacy.`,
      { path },
    )
  })
}

/** Writes a release down, to the disk. */
export const appendLedger = (path: string, spent: Spent): void =>
  appendFileSync(path, `${JSON.stringify(spent)}\n`, { flush: true })

function parse(line: string): Spent | null {
  try {
    return spentFrom(JSON.parse(line))
  } catch {
    return null
  }
}
