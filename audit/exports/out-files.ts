/** Files that are written beside their place and moved there together, or not at all. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** A file of text that is being written. */
export interface TextFile {
  write(text: string): void
  /** Text that is bytes already. */
  writeBytes(bytes: Uint8Array): void
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

/** Bytes that are held before they are written. */
const HELD = 2 ** 18
/** Bytes of a character at most, for each of its UTF-16 units. */
const WIDEST = 3

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
      const held = Buffer.allocUnsafe(HELD)
      let size = 0
      const flush = (fd: number) => {
        writeWhole(fd, held.subarray(0, size))
        size = 0
      }
      const fd = open(name, flush)
      return {
        write(text) {
          const most = text.length * WIDEST
          if (size + most > HELD) flush(fd)
          if (most > HELD) writeWhole(fd, Buffer.from(text))
          else size += held.write(text, size)
        },
        writeBytes(bytes) {
          flush(fd)
          writeWhole(fd, bytes)
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
