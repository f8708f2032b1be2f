import { createHash } from 'node:crypto'
import { extname } from 'node:path'

/** How long a browser may keep a file: for good (its name holds its hash), until asked again, or not at all. */
export type Caching = 'immutable' | 'revalidate' | 'never'

/** A file in memory, ready to be sent. */
export interface StaticFile {
  readonly type: string
  readonly caching: Caching
  readonly etag: string
  readonly plain: Uint8Array
  readonly br?: Uint8Array
  readonly gzip?: Uint8Array
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/** A file to serve under `path`, with its compressed forms where there are any. */
export function staticFile(
  path: string,
  plain: Uint8Array,
  caching: Caching,
  packed: { readonly br?: Uint8Array; readonly gzip?: Uint8Array } = {},
): StaticFile {
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  return { type: TYPES[extname(path)] ?? 'application/octet-stream', caching, etag, plain, ...packed }
}
