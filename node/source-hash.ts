import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const SKIP = new Set(['node_modules', 'dist', 'gallery', '.vite'])

function filesUnder(path: string): string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap(entry => {
    if (SKIP.has(entry.name)) return []
    const file = join(path, entry.name)
    return entry.isDirectory() ? filesUnder(file) : entry.isFile() ? [file] : []
  })
}

/** Hash of names and contents of files and folders, given relative to `root`; 16 hex digits. */
export function sourceHash(root: string, paths: readonly string[]): string {
  const hash = createHash('sha256')
  const files = paths.flatMap(path => {
    try {
      return filesUnder(join(root, path))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return [join(root, path)]
      throw error
    }
  })
  for (const file of files.sort())
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(createHash('sha256').update(readFileSync(file)).digest())
  return hash.digest('hex').slice(0, 16)
}
