import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LogFile } from '@hexhail/audit/log/evidence.ts'

/** Writes a file about a log into a folder, named after what it holds; resolves with its path. */
export function writeEvidence(dir: string, file: LogFile): string {
  const text = `${JSON.stringify(file, null, 2)}\n`
  const path = join(dir, `${file.kind}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.json`)
  writeFileSync(path, text)
  return path
}
