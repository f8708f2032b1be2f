/** Files that only grow, and small ones that are replaced whole: what a log and a witness stand on. */
export interface LogDisk {
  /** All bytes of a file, or null where there is none. */
  read(path: string): Uint8Array | null
  /** Adds bytes at the end; the file and its folders are made where there are none. A crash may keep any part of them. */
  append(path: string, bytes: Uint8Array): Promise<void>
  /** Cuts a file; lasting before it resolves. */
  truncate(path: string, size: number): Promise<void>
  /** Resolves when all that was appended to the file outlives a crash. */
  sync(path: string): Promise<void>
  /** Puts new content in place of the old in one step; lasting before it resolves. */
  replace(path: string, bytes: Uint8Array): Promise<void>
}

/** A step of a disk in memory: what a crash can fall on. */
export type DiskStep = 'append' | 'truncate' | 'sync' | 'replace'

/** A disk in memory that can lose what was not synced: for tests of crashes. */
export interface MemoryDisk extends LogDisk {
  /** What is left when the machine dies now and each file keeps `keep(path, unsynced)` of its unsynced bytes. */
  crash(keep: (path: string, unsynced: number) => number): MemoryDisk
}

interface MemoryFile {
  bytes: Uint8Array
  lasting: number
}

/** Makes a disk in memory. `onStep` is told of each step before it is done; what it throws fails the step. */
export function createMemoryDisk(
  onStep: (step: DiskStep, path: string) => void = () => {},
  files: Map<string, MemoryFile> = new Map(),
): MemoryDisk {
  const put = (path: string, bytes: Uint8Array, lasting: number) => void files.set(path, { bytes, lasting })
  return {
    read: path => files.get(path)?.bytes ?? null,
    async append(path, bytes) {
      onStep('append', path)
      const { bytes: old = new Uint8Array(0), lasting = 0 } = files.get(path) ?? {}
      const grown = new Uint8Array(old.length + bytes.length)
      grown.set(old)
      grown.set(bytes, old.length)
      put(path, grown, lasting)
    },
    async truncate(path, size) {
      onStep('truncate', path)
      put(path, (files.get(path)?.bytes ?? new Uint8Array(0)).slice(0, size), size)
    },
    async sync(path) {
      onStep('sync', path)
      const file = files.get(path)
      if (file) file.lasting = file.bytes.length
    },
    async replace(path, bytes) {
      onStep('replace', path)
      put(path, bytes.slice(), bytes.length)
    },
    crash(keep) {
      const left = new Map<string, MemoryFile>()
      for (const [path, { bytes, lasting }] of files) {
        const size = lasting + keep(path, bytes.length - lasting)
        // An empty file may not even have its name on disk.
        if (size > 0) left.set(path, { bytes: bytes.slice(0, size), lasting: size })
      }
      return createMemoryDisk(() => {}, left)
    },
  }
}
