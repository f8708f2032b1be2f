import { notOsm, readFields } from './osm-fields.ts'

/**
 * Undo zlib: `inflateSync` of `node:zlib`, or the page's own. Throws where the bytes are damaged or would become
 * more than `mostBytes`.
 */
export type Inflate = (packed: Uint8Array, mostBytes: number) => Uint8Array

const MAX_HEADER = 64 * 1024
const MAX_BLOB = 32 * 1024 * 1024
/** No map packs better than this; what claims to is a bomb. Small blocks may, being all alike. */
const MAX_RATIO = 200
const SMALL_BLOCK = 64 * 1024
/** Nor does a whole file grow more than this, and what is small anyway: else many small bombs would make a big one. */
const MAX_FILE_RATIO = 20
const SMALL_FILE = 4 * 1024 * 1024

/**
 * Data blocks of an `.osm.pbf` file, unpacked one at a time, and where each ends in the file.
 * @throws {HexhailError} code `NOT_OSM_PBF`
 */
export function* osmBlocks(
  file: Uint8Array,
  inflate: Inflate,
): Generator<{ readonly block: Uint8Array; readonly end: number }> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (file.length === 0) throw notOsm('is empty', 0)
  let left = SMALL_FILE + file.length * MAX_FILE_RATIO
  for (let at = 0; at < file.length; ) {
    if (at + 4 > file.length) throw notOsm('is cut off', file.length)
    const headerLength = view.getUint32(at)
    at += 4
    if (headerLength > MAX_HEADER)
      throw notOsm(at > 4 ? 'has a header too long' : 'does not begin like one', at)
    if (at + headerLength > file.length) throw notOsm('is cut off', file.length)
    const header = { type: '', size: 0 }
    readFields(
      file.subarray(at, at + headerLength),
      (tag, out, pbf) => {
        if (tag === 1) out.type = pbf.readString()
        else if (tag === 3) out.size = pbf.readVarint()
      },
      header,
    )
    at += headerLength
    if (!/^OSM(Header|Data)$/.test(header.type)) throw notOsm(`has a block «${header.type.slice(0, 20)}»`, at)
    if (header.size > MAX_BLOB) throw notOsm('has a block too big', at)
    const end = at + header.size
    if (end > file.length) throw notOsm('is cut off', file.length)
    if (header.type === 'OSMData') {
      const block = unpack(file.subarray(at, end), inflate, at)
      left -= block.length
      if (left < 0) throw notOsm('has blocks that grow too big together', at)
      yield { block, end }
    }
    at = end
  }
}

function unpack(blob: Uint8Array, inflate: Inflate, at: number): Uint8Array {
  const packing = { raw: null as Uint8Array | null, zlib: null as Uint8Array | null, size: 0 }
  readFields(
    blob,
    (tag, out, pbf) => {
      if (tag === 1) out.raw = pbf.readBytes()
      else if (tag === 2) out.size = pbf.readVarint()
      else if (tag === 3) out.zlib = pbf.readBytes()
    },
    packing,
  )
  const { raw, zlib, size } = packing
  if (raw) return raw
  if (!zlib) throw notOsm('packs a block in a way we do not read (only raw and zlib)', at)
  if (size > MAX_BLOB || size > Math.max(SMALL_BLOCK, zlib.length * MAX_RATIO))
    throw notOsm('has a block that would grow too big', at)
  let block: Uint8Array
  try {
    block = inflate(zlib, Math.max(1, size))
  } catch (cause) {
    throw notOsm('has a block that does not unpack', at, cause)
  }
  if (block.length !== size) throw notOsm('has a block of another size than it says', at)
  return block
}
