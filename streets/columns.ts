/**
 * Columns of whole numbers as varints. `plain` takes numbers >= 0; `delta` stores steps from the one before
 * (`delta2`: from the one two before, for interleaved places), folded so that small steps of either sign stay short.
 */
export type Packing = 'plain' | 'delta' | 'delta2'

/** Numbers are signed 32-bit when they are read. */
const MOST = 2 ** 31 - 1

/** Pack a column: its length, then its numbers. */
export function packColumn(values: ArrayLike<number>, packing: Packing): Uint8Array {
  const lag = lagOf(packing)
  let bytes = new Uint8Array(values.length * 2 + 16)
  let at = 0
  const put = (value: number): void => {
    if (at + 8 > bytes.length) {
      const bigger = new Uint8Array(bytes.length * 2)
      bigger.set(bytes)
      bytes = bigger
    }
    let v = value
    while (v >= 128) {
      bytes[at++] = (v % 128) | 128
      v = Math.floor(v / 128)
    }
    bytes[at++] = v
  }
  put(values.length)
  for (let i = 0; i < values.length; i++) {
    if (lag === 0) {
      put(values[i]!)
      continue
    }
    const step = values[i]! - (i >= lag ? values[i - lag]! : 0)
    put(step >= 0 ? step * 2 : -step * 2 - 1)
  }
  return bytes.slice(0, at)
}

/** Unpack a column into signed 32-bit numbers. @throws {RangeError} where the bytes are no such column */
export function unpackColumn(bytes: Uint8Array, packing: Packing): Int32Array {
  const lag = lagOf(packing)
  let at = 0
  const take = (): number => {
    let byte = bytes[at++]!
    if (byte < 128) return byte
    let value = byte & 127
    for (let scale = 128; byte >= 128; scale *= 128) {
      if (at >= bytes.length || scale > 2 ** 42) throw new RangeError(`A column is cut off at byte ${at}.`)
      byte = bytes[at++]!
      value += (byte & 127) * scale
    }
    return value
  }
  const length = bytes.length === 0 ? -1 : take()
  if (length < 0 || length > bytes.length)
    throw new RangeError(`A column claims ${length} numbers in ${bytes.length} bytes.`)
  const values = new Int32Array(length)
  for (let i = 0; i < length; i++) {
    if (at >= bytes.length) throw new RangeError(`A column ends after ${i} of ${length} numbers.`)
    const v = take()
    const value = lag === 0 ? v : (v % 2 === 0 ? v / 2 : -(v + 1) / 2) + (i >= lag ? values[i - lag]! : 0)
    if (Math.abs(value) > MOST) throw new RangeError(`A column has ${value}: too big for 32 bits.`)
    values[i] = value
  }
  return values
}

function lagOf(packing: Packing): 0 | 1 | 2 {
  return packing === 'plain' ? 0 : packing === 'delta' ? 1 : 2
}
