import { readFile } from 'node:fs/promises'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Timetable } from '@hexhail/transit/timetable/timetable.ts'
import { decodeTimetable } from '@hexhail/transit/timetable/timetable-file.ts'

/** Reads a timetable as `hexhail city` wrote it. @throws {HexhailError} 'timetable', with what to do */
export async function readTimetable(path: string): Promise<Timetable> {
  const bytes = await readFile(path).catch(() => null)
  const read = bytes && decodeTimetable(bytes)
  if (read?.verdict === 'accept') return read.value
  const why = read === null ? 'is not there' : `is no timetable (${read.code})`
  throw new HexhailError('timetable', `${path} ${why}: give one that hexhail city made.`, { path })
}
