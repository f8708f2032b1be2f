import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'

/** One file of a zip, still packed. */
export interface ZipEntry {
  readonly name: string
  /** What the zip says that it has, unpacked. */
  readonly bytes: number
  unpack(): Uint8Array
}

/** Unpacks a raw DEFLATE stream of at most `most` bytes. @throws where it is damaged or longer */
export type Inflate = (packed: Uint8Array, most: number) => Uint8Array

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const END_BYTES = 22
const MOST_COMMENT = 0xffff

/**
 * Files of a zip by its central directory (PKWARE APPNOTE 4.3; stored or deflated, no encryption, no zip64, so less
 * than 4 GB). @throws {HexhailError} `ZIP_DAMAGED` where the bytes are none, and when a file is unpacked that is not
 * as long as the zip says, or has another checksum
 */
export function zipEntries(bytes: Uint8Array, inflate: Inflate): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const u16 = (at: number): number => view.getUint16(inside(at, 2), true)
  const u32 = (at: number): number => view.getUint32(inside(at, 4), true)
  const inside = (at: number, length: number): number => {
    if (at + length > bytes.length) throw damaged(`cut off at byte ${bytes.length}`)
    return at
  }
  let end = bytes.length - END_BYTES
  const first = Math.max(0, end - MOST_COMMENT)
  while (end >= first && u32(end) !== END) end--
  if (end < first) throw damaged('no directory at its end')
  const entries: ZipEntry[] = []
  let at = u32(end + 16)
  for (let n = u16(end + 10); n > 0; n--) {
    if (u32(at) !== CENTRAL) throw damaged(`no file in its directory at byte ${at}`)
    const [flags, method, checksum] = [u16(at + 8), u16(at + 10), u32(at + 16)]
    const [packed, length, nameLength] = [u32(at + 20), u32(at + 24), u16(at + 28)]
    const name = new TextDecoder().decode(bytes.subarray(at + 46, inside(at + 46, nameLength) + nameLength))
    const local = u32(at + 42)
    entries.push({
      name,
      bytes: length,
      unpack() {
        if ((flags & 1) !== 0 || (method !== 0 && method !== 8))
          throw damaged(`${name} is packed in a way not read`)
        if (u32(local) !== LOCAL) throw damaged(`${name} is not where the directory says`)
        const start = local + 30 + u16(local + 26) + u16(local + 28)
        const body = bytes.subarray(inside(start, packed), start + packed)
        const whole = method === 0 ? body : inflated(body, length, name)
        if (whole.length !== length) throw damaged(`${name} has another length than it says`)
        if (crc32(whole) !== checksum) throw damaged(`${name} has another checksum than it says`)
        return whole
      },
    })
    at += 46 + nameLength + u16(at + 30) + u16(at + 32)
  }
  return entries

  function inflated(body: Uint8Array, length: number, name: string): Uint8Array {
    try {
      return inflate(body, length)
    } catch (cause) {
      throw damaged(`${name} cannot be unpacked, or is longer than it says`, cause)
    }
  }
}

function damaged(what: string, cause?: unknown): HexhailError<'ZIP_DAMAGED'> {
  return new HexhailError('ZIP_DAMAGED', what, {}, cause)
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})

function crc32(bytes: Uint8Array): number {
  let crc = -1
  for (let i = 0; i < bytes.length; i++) crc = CRC[(crc ^ bytes[i]!) & 255]! ^ (crc >>> 8)
  return ~crc >>> 0
}
