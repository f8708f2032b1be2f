import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** Files that compression makes smaller. */
const SOFT = /\.(js|mjs|css|html|json|svg|wasm|webmanifest|txt|city)$/
const SMALLEST = 512

/** Brotli of bytes; `quality` 11 is the smallest and slowest. */
export function brotliOf(bytes: Uint8Array, quality: number): Promise<Buffer> {
  return brotli(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
    },
  })
}

/** Writes `x.br` and `x.gz` beside each file of a folder that is worth it; quality 9 is a seventh of the work of 11. */
export async function compressFolder(dir: string, quality = 9): Promise<void> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const paths = entries.filter(e => e.isFile() && SOFT.test(e.name)).map(e => join(e.parentPath, e.name))
  await Promise.all(
    paths.map(async path => {
      const plain = await readFile(path)
      if (plain.byteLength < SMALLEST) return
      const [br, gz] = await Promise.all([brotliOf(plain, quality), zip(plain, { level: 9 })])
      await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)])
    }),
  )
}
