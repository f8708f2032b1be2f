import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Lines of text that stay. */
export interface LineLog {
  /** All whole lines, oldest first. */
  read(): Promise<readonly string[]>
  /** Resolves when the line would survive a crash. */
  append(line: string): Promise<void>
}

/** A log in a file of lines, flushed to disk at each line. Closing it is letting the process end. */
export async function openFileLog(path: string): Promise<LineLog & AsyncDisposable> {
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'a')
  const before = await readFile(path, 'utf8')
  // A crash may have torn the last line: end it, so that the next one stands alone.
  if (before !== '' && !before.endsWith('\n')) await file.write('\n')
  return {
    read: async () => before.split('\n').filter(line => line !== ''),
    append: async line => {
      await file.write(`${line}\n`)
      await file.datasync()
    },
    [Symbol.asyncDispose]: () => file.close(),
  }
}
