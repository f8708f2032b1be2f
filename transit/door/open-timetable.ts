import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Timetable } from '../timetable/timetable.ts'
import { decodeTimetable, timetableHash } from '../timetable/timetable-file.ts'

/**
 * The timetable that has a hash, from bytes that anybody may have sent.
 * @throws {HexhailError} `TIMETABLE_OTHER` where they have another hash; what `decodeTimetable` has against them
 */
export function openTimetable(bytes: Uint8Array, hash: string): Timetable {
  if (timetableHash(bytes) !== hash)
    throw new HexhailError('TIMETABLE_OTHER', 'This timetable is not the one that was named: fetch it again.')
  const read = decodeTimetable(bytes)
  if (read.verdict === 'accept') return read.value
  throw new HexhailError(read.code, `These ${bytes.length} bytes are no timetable: fetch them again.`)
}
