import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { createSeen, packSeen, type Seen, unpackSeen } from '@hexhail/protocol/seen.ts'

/** Rows that may stand in the file beyond those still needed before it is written anew. */
const SPARE = 50_000

/**
 * A seen-set that a file remembers: each id is appended as it comes, so that even a relay that is killed refuses
 * replays when it is back. The file is made where there is none, and written anew once most of it has expired.
 * @throws {HexhailError} 'seen-file' where the file cannot be read or written
 */
export function openSeenFile(path: string, now: () => number): Seen {
  const seen = createSeen(undefined, unpackSeen(bytesOf(path)), now())
  let rows = 0
  const compact = (): void => {
    const kept = seen.entries().filter(([, expiresAtMs]) => expiresAtMs > now())
    attempt(path, () => {
      writeFileSync(`${path}.new`, packSeen(kept), { mode: 0o600 })
      renameSync(`${path}.new`, path)
    })
    rows = kept.length
  }
  compact()
  return {
    get size() {
      return seen.size
    },
    has: seen.has,
    entries: seen.entries,
    add(id, expiresAtMs, nowMs) {
      seen.add(id, expiresAtMs, nowMs)
      if (++rows > seen.size + SPARE) compact()
      else attempt(path, () => appendFileSync(path, packSeen([[id, expiresAtMs]])))
    },
  }
}

function bytesOf(path: string): Uint8Array {
  return attempt(path, () => {
    try {
      return readFileSync(path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Uint8Array(0)
      throw error
    }
  })
}

function attempt<T>(path: string, run: () => T): T {
  try {
    return run()
  } catch (cause) {
    const why = (cause as Error).message
    throw new HexhailError('seen-file', `The file ${path} cannot be used (${why}): choose another --seen.`, {
      path,
    })
  }
}
