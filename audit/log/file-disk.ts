import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { LogDisk } from './disk.ts'

/** Files open at once: those a log appends to are few. */
const MOST_OPEN = 32

/**
 * A folder as a log's disk, for this process alone; disposing it closes its files.
 * @throws {HexhailError} 'log-dir' where it cannot be written; 'log-used' where another process has it
 */
export function openFileDisk(dir: string): LogDisk & AsyncDisposable {
  takeLock(dir)
  const handles = new Map<string, FileHandle>()
  const unlisted = new Set<string>()

  const handle = async (path: string): Promise<FileHandle> => {
    const known = handles.get(path)
    if (known) return known
    const full = join(dir, path)
    await mkdir(dirname(full), { recursive: true })
    const file = await open(full, 'a')
    if ((await file.stat()).size === 0) unlisted.add(path)
    handles.set(path, file)
    const [oldest] = handles.keys()
    if (handles.size > MOST_OPEN) {
      const old = handles.get(oldest!)!
      handles.delete(oldest!)
      await old.close()
    }
    return file
  }
  /** The names of a new file and of its folders last only when the folders are synced. */
  const syncFolders = async (path: string): Promise<void> => {
    for (let at = dirname(path); ; at = dirname(at)) {
      const folder = await open(join(dir, at), 'r')
      await folder.sync().finally(() => folder.close())
      if (at === '.') return
    }
  }
  const sync = async (path: string): Promise<void> => {
    await (await handle(path)).datasync()
    if (unlisted.delete(path)) await syncFolders(path)
  }
  return {
    read(path) {
      try {
        return readFileSync(join(dir, path))
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
        throw new HexhailError('log-dir', `${join(dir, path)} cannot be read.`, { dir, path }, cause)
      }
    },
    append: async (path, bytes) => void (await (await handle(path)).appendFile(bytes)),
    async truncate(path, size) {
      await handles.get(path)?.close()
      handles.delete(path)
      const file = await open(join(dir, path), 'r+')
      await file
        .truncate(size)
        .then(() => file.sync())
        .finally(() => file.close())
    },
    sync,
    async replace(path, bytes) {
      const full = join(dir, path)
      await mkdir(dirname(full), { recursive: true })
      const file = await open(`${full}.new`, 'w')
      await file
        .writeFile(bytes)
        .then(() => file.sync())
        .finally(() => file.close())
      await rename(`${full}.new`, full)
      await syncFolders(path)
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...handles.values()].map(file => file.close()))
      handles.clear()
      rmSync(join(dir, 'lock'), { force: true })
    },
  }
}

/** Two writers in one folder would sign two histories. */
function takeLock(dir: string): void {
  const lock = join(dir, 'lock')
  try {
    mkdirSync(dir, { recursive: true })
    const holder = holderOf(lock)
    if (holder !== null)
      throw new HexhailError(
        'log-used',
        `Process ${holder} works in ${dir}: stop it, or choose another folder.`,
        {
          dir,
          holder,
        },
      )
    writeFileSync(lock, String(process.pid))
  } catch (cause) {
    if (cause instanceof HexhailError) throw cause
    throw new HexhailError('log-dir', `${dir} cannot be written: choose another folder.`, { dir }, cause)
  }
}

/** The living process that a lock names, other than this one, or null. */
function holderOf(lock: string): number | null {
  try {
    const pid = Number(readFileSync(lock, 'utf8'))
    if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return null
    process.kill(pid, 0)
    return isHexhail(pid) ? pid : null
  } catch {
    return null // no lock, or its process is gone
  }
}

/** After a reboot the number may be any other program's: it is told by its command line, where there is /proc. */
function isHexhail(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('hexhail')
  } catch {
    return true
  }
}
