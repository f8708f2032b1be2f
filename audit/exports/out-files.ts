/** Files that are written beside their place and moved there together, or not at all. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** A file of text that is being written. */
export interface TextFile {
  write(text: string): void
  /** Text that is bytes already. */
  writeBytes(bytes: Uint8Array): void
  /** Where the next byte goes: others may write from there on, and then say where they ended. */
  place(): { readonly fd: number; readonly at: number }
  wentOn(at: number): void
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
      let at = 0
      const put = (fd: number, bytes: Uint8Array) => {
        writeWhole(fd, bytes, at)
        at += bytes.length
      }
      const flush = (fd: number) => {
        put(fd, held.subarray(0, size))
        size = 0
      }
      const fd = open(name, flush)
      return {
        write(text) {
          const most = text.length * WIDEST
          if (size + most > HELD) flush(fd)
          if (most > HELD) put(fd, Buffer.from(text))
          else size += held.write(text, size)
        },
        writeBytes(bytes) {
          flush(fd)
          put(fd, bytes)
        },
        place() {
          flush(fd)
          return { fd, at }
        },
        wentOn(to) {
          at = to
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

/** Writes all of it; with a place in the file from there on, else where the last one ended. */
export function writeWhole(fd: number, bytes: Uint8Array, place?: number): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(fd, bytes, done, undefined, place === undefined ? null : place + done)
}
