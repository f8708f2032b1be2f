/**
 * Columns of whole numbers. `plain` takes numbers >= 0, `signed` any; `delta` stores steps from the one before
 * (`delta2`: from the one two before, for interleaved places). All but `plain` are folded (0, -1, 1, -2 … become
 * 0, 1, 2, 3 …), so that small numbers of either sign stay small.
 *
 * A column is its length as a varint, then one byte for each number, then what did not fit: a byte of 255 stands for
 * 255 and the next varint of the rest. Bytes of equal meaning lie together, which is what brotli likes.
 */
export type Packing = 'plain' | 'signed' | 'delta' | 'delta2'

/** Numbers are signed 32-bit when they are read. */
const MOST = 2 ** 31 - 1
/** The byte that goes on among the varints. */
const MORE = 255

/** Pack a column. */
export function packColumn(values: ArrayLike<number>, packing: Packing): Uint8Array {
  const lag = lagOf(packing)
  const small = new Uint8Array(values.length)
  const rest: number[] = []
  for (let i = 0; i < values.length; i++) {
    const step = values[i]! - (lag > 0 && i >= lag ? values[i - lag]! : 0)
    const folded = packing === 'plain' ? step : step >= 0 ? step * 2 : -step * 2 - 1
    small[i] = Math.min(MORE, folded)
    if (folded >= MORE) putVarint(rest, folded - MORE)
  }
  const head: number[] = []
  putVarint(head, values.length)
  const bytes = new Uint8Array(head.length + small.length + rest.length)
  bytes.set(head)
  bytes.set(small, head.length)
  bytes.set(rest, head.length + small.length)
  return bytes
}

/** Unpack a column into signed 32-bit numbers. @throws {RangeError} where the bytes are no such column */
export function unpackColumn(bytes: Uint8Array, packing: Packing): Int32Array {
  const lag = lagOf(packing)
  const isPlain = packing === 'plain'
  let at = 0
  const takeVarint = (): number => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      if (at >= bytes.length || scale > 2 ** 42) throw new RangeError(`A column is cut off at byte ${at}.`)
      const byte = bytes[at++]!
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }
  const length = takeVarint()
  const start = at
  if (length > bytes.length - start)
    throw new RangeError(`A column claims ${length} numbers in ${bytes.length} bytes.`)
  at += length
  const values = new Int32Array(length)
  for (let i = 0; i < length; i++) {
    const byte = bytes[start + i]!
    let value = isPlain ? byte : (byte >> 1) ^ -(byte & 1)
    if (byte === MORE) {
      value = MORE + takeVarint()
      if (!isPlain) value = value % 2 === 0 ? value / 2 : -(value + 1) / 2
    }
    if (lag > 0 && i >= lag) value += values[i - lag]!
    if (value > MOST || value < -MOST) throw new RangeError(`A column has ${value}: too big for 32 bits.`)
    values[i] = value
  }
  if (at !== bytes.length) throw new RangeError(`A column ends at byte ${at} of ${bytes.length}.`)
  return values
}

function putVarint(bytes: number[], value: number): void {
  let v = value
  for (; v >= 128; v = Math.floor(v / 128)) bytes.push((v % 128) | 128)
  bytes.push(v)
}

function lagOf(packing: Packing): 0 | 1 | 2 {
  return packing === 'delta' ? 1 : packing === 'delta2' ? 2 : 0
}
