import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type StaticFile, staticFile } from './static-file.ts'

/** Files of a site by their path, which begins with a slash. */
export type Site = ReadonlyMap<string, StaticFile>

/** Vite names what it hashes: these may be kept for good. */
const HASHED = /^\/assets\/.+-[\w-]{8}\.\w+$/

/** Reads a built app into memory; `x.br` and `x.gz` become the compressed forms of `x`. */
export async function loadSite(dir: string): Promise<Map<string, StaticFile>> {
  const names = (await readdir(dir, { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
  const there = new Set(names)
  const packed = (path: string): Promise<Buffer> | undefined => (there.has(path) ? readFile(path) : undefined)
  const files = names
    .filter(path => !/\.(br|gz)$/.test(path))
    .map(async path => {
      const url = path.slice(dir.length).replaceAll('\\', '/')
      const [plain, br, gzip] = await Promise.all([
        readFile(path),
        packed(`${path}.br`),
        packed(`${path}.gz`),
      ])
      const caching = HASHED.test(url) ? 'immutable' : 'revalidate'
      return [url, staticFile(url, plain, caching, { ...(br && { br }), ...(gzip && { gzip }) })] as const
    })
  return new Map(await Promise.all(files))
}
