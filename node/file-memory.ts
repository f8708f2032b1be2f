import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { LogMemory } from '@hexhail/audit/log/public-record.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'

/** What a command remembers from run to run: texts by name in a JSON file. @throws {HexhailError} 'memory-file' */
export function fileMemory(path: string): LogMemory {
  let kept: Record<string, string> = {}
  try {
    kept = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new HexhailError(
        'memory-file',
        `${path} cannot be read: put it back from a copy, or move it away.`,
        {},
        cause,
      )
  }
  return {
    get: async key => (Object.hasOwn(kept, key) ? kept[key] : undefined),
    set: async (key, value) => {
      kept[key] = value
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(`${path}.tmp`, JSON.stringify(kept))
      renameSync(`${path}.tmp`, path)
    },
  }
}
