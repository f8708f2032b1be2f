import { u32At } from '@hexhail/protocol/codec.ts'

/** Where the four parts of a record begin, and where the last one ends. */
export interface PartBounds {
  fare: number
  ride: number
  who: number
  way: number
  end: number
}

/** Bytes of the offsets before the first part. */
const HEAD = 16

/** Finds the parts of a record in its bytes (protocol/record-table.ts `RECORD`); false where they are none. */
export function boundParts(bytes: Uint8Array, out: PartBounds): boolean {
  if (bytes.length < HEAD) return false
  out.fare = u32At(bytes, 0)
  out.ride = u32At(bytes, 4)
  out.who = u32At(bytes, 8)
  out.way = u32At(bytes, 12)
  out.end = bytes.length
  return (
    out.fare === HEAD &&
    out.fare <= out.ride &&
    out.ride <= out.who &&
    out.who <= out.way &&
    out.way <= out.end
  )
}
