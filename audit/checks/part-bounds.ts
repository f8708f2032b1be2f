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

/** Finds the parts of a record (protocol/record-table.ts `RECORD`) in the bytes from `from` to `end`; false where they are none. */
export function boundParts(bytes: Uint8Array, out: PartBounds, from = 0, end = bytes.length): boolean {
  if (end - from < HEAD) return false
  out.fare = from + u32At(bytes, from)
  out.ride = from + u32At(bytes, from + 4)
  out.who = from + u32At(bytes, from + 8)
  out.way = from + u32At(bytes, from + 12)
  out.end = end
  return (
    out.fare === from + HEAD &&
    out.fare <= out.ride &&
    out.ride <= out.who &&
    out.who <= out.way &&
    out.way <= out.end
  )
}
