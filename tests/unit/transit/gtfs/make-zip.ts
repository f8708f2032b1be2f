import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Inflate } from '@hexhail/transit/gtfs/unzip.ts'

/** As `hexhail city` unpacks. */
export const inflate: Inflate = (packed, most) =>
  inflateRawSync(packed, { maxOutputLength: Math.max(1, most) })

/** A zip of some files, deflated; `claim` lies about how long they are. */
export function makeZip(
  files: Readonly<Record<string, string | Uint8Array>>,
  claim: (length: number) => number = length => length,
): Uint8Array {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [path, content] of Object.entries(files)) {
    const body = Buffer.from(content)
    const packed = deflateRawSync(body)
    const name = Buffer.from(path)
    const about = Buffer.alloc(26)
    about.writeUInt16LE(20, 0)
    about.writeUInt16LE(8, 4)
    about.writeUInt32LE(crc32(body), 10)
    about.writeUInt32LE(packed.length, 14)
    about.writeUInt32LE(claim(body.length), 18)
    about.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([u32(0x04034b50), about, name, packed])
    directory.push(
      Buffer.concat([u32(0x02014b50), Buffer.from([20, 0]), about, Buffer.alloc(10), u32(at), name]),
    )
    locals.push(local)
    at += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...locals, central, u32(0x06054b50), end])
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
