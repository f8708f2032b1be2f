import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { PbfReader } from 'pbf'

/** Reads each field of one message; bytes that are no message are a fault of the file. @throws {HexhailError} code `NOT_OSM_PBF` */
export function readFields<T>(
  bytes: Uint8Array,
  field: (tag: number, out: T, pbf: PbfReader) => void,
  out: T,
): T {
  const pbf = new PbfReader(bytes)
  try {
    pbf.readFields(field, out)
  } catch (cause) {
    throw cause instanceof HexhailError ? cause : notOsm('has a damaged block', pbf.pos, cause)
  }
  // The reader clips what runs over the end without a word.
  if (pbf.pos > bytes.length) throw notOsm('has a block that is cut off', pbf.pos)
  return out
}

/** The fault of a file that is no extract. */
export function notOsm(what: string, at: number, cause?: unknown): HexhailError<'NOT_OSM_PBF'> {
  const message = `The file is no whole .osm.pbf: it ${what} (byte ${at}). Give a whole extract.`
  return new HexhailError('NOT_OSM_PBF', message, { at }, cause)
}
