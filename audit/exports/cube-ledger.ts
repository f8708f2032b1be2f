import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Spent } from '../cubes/epsilon-ledger.ts'

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
    const { name, period, epsilon, sha256 } = JSON.parse(line) as Spent
    const isRead =
      ['flows', 'hours', 'fares'].includes(name) &&
      /^\d{4}-(\d\d|W\d\d)$/.test(period) &&
      epsilon > 0 &&
      /^[0-9a-f]{64}$/.test(sha256)
    return isRead ? { name, period, epsilon, sha256 } : null
  } catch {
    return null
  }
}
