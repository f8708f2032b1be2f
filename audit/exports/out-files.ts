/** Files that are written beside their place and moved there together, or not at all. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** A file of text that is being written. */
export interface TextFile {
  write(text: string): void
}

/** A file of bytes that is being written. */
export interface BytesFile {
  write(bytes: Uint8Array): void
}

/** The files of one export. */
export interface OutFiles extends Disposable {
  text(name: string): TextFile
  bytes(name: string): BytesFile
  /** Puts all files in their places. Before this nothing has its name. */
  commit(): readonly string[]
}

/** Characters that are held before they are written. */
const HELD = 2 ** 20

/** Files in a folder, which is made where it is not there. What is not committed when it is disposed of is deleted. */
export function openOutFiles(folder: string): OutFiles {
  mkdirSync(folder, { recursive: true })
  const files = new Map<string, { fd: number; flush: () => void }>()
  const partOf = (name: string) => join(folder, `.${name}.part`)
  const open = (name: string, flush: (fd: number) => void): number => {
    const fd = openSync(partOf(name), 'w', 0o600)
    files.set(name, { fd, flush: () => flush(fd) })
    return fd
  }
  return {
    text(name) {
      let held: string[] = []
      let size = 0
      const flush = (fd: number) => {
        if (size > 0) writeWhole(fd, Buffer.from(held.join(''), 'utf8'))
        held = []
        size = 0
      }
      const fd = open(name, flush)
      return {
        write(text) {
          held.push(text)
          size += text.length
          if (size > HELD) flush(fd)
        },
      }
    },
    bytes(name) {
      const fd = open(name, () => {})
      return { write: bytes => writeWhole(fd, bytes) }
    },
    commit() {
      for (const { fd, flush } of files.values()) {
        flush()
        fsyncSync(fd)
        closeSync(fd)
      }
      const names = [...files.keys()]
      files.clear()
      for (const name of names) renameSync(partOf(name), join(folder, name))
      return names.map(name => join(folder, name))
    },
    [Symbol.dispose]() {
      for (const [name, { fd }] of files) {
        closeSync(fd)
        rmSync(partOf(name), { force: true })
      }
      files.clear()
    },
  }
}

function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at)
}
