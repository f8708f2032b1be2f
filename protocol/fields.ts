/** The wire types that a message table is made of. Each is SSZ: little-endian integers, offsets for varying parts. */
import { isValidCell } from 'h3-js'
import { isCellIndex } from './cell-bits.ts'
import {
  checkItems,
  chunksOf,
  containerCheck,
  type DecodeCode,
  type Field,
  merkleRoot,
  mixInLength,
  NO_FAULT,
  readSequence,
  u32At,
  writeSequence,
} from './codec.ts'
import { equalBytes, fromHex, toHex } from './hex.ts'
import { HexhailError } from './hexhail-error.ts'
import type { Hex } from './terms.ts'
import { isUtf8 } from './utf8.ts'
import { accept, reject, type Verdict } from './verdict.ts'

/** A table of field names and wire types, in wire order. */
export type Fields = { readonly [name: string]: Field<unknown> }

type Values<F extends Fields> = { readonly [P in keyof F]: F[P] extends Field<infer T> ? T : never }

/** One kind of message: its kind byte, its name, and everything that can be done with its bytes. */
export interface Message<K extends number = number, N extends string = string, F extends Fields = Fields> {
  readonly kind: K
  readonly name: N
  readonly fields: F
  readonly minBytes: number
  readonly maxBytes: number
  encode(value: Values<F>): Uint8Array
  /** First fault of the body in bytes `start` to `end`, for which `decode` would refuse it; it allocates nothing. */
  check(bytes: Uint8Array, start?: number, end?: number): DecodeCode | null
  /** Never throws; what it accepts encodes to the same bytes again. */
  decode(bytes: Uint8Array): Verdict<Values<F>, DecodeCode>
  /** SSZ hash tree root, against which single fields can be proven. */
  root(value: Values<F>): Uint8Array
}

/** TypeScript type of a message's body. */
export type ValueOf<M> = M extends Message<number, string, infer F> ? Values<F> : never

const misfit = (type: string, value: unknown): HexhailError =>
  new HexhailError('field', `${String(value).slice(0, 80)} does not fit a field of type ${type}.`, { type })

function fixed<T>(
  type: string,
  size: number,
  basic: boolean,
  write: (value: T) => Uint8Array,
  read: (bytes: Uint8Array) => T,
  check: Field<T>['check'] = NO_FAULT,
): Field<T> {
  const root = (value: T) => merkleRoot(chunksOf(write(value)))
  return { type, size, minBytes: size, maxBytes: size, basic, write, check, read, root }
}

/** The upper half of the largest exact integer: u64 alone has bytes that are no value of it. */
const MAX_HIGH = Math.floor(Number.MAX_SAFE_INTEGER / 2 ** 32)

function integer(type: string, size: number, min: number, max: number): Field<number> {
  const write = (value: number) => {
    if (!Number.isSafeInteger(value) || value < min || value > max) throw misfit(type, value)
    const out = new Uint8Array(size)
    for (let i = 0, rest = value < 0 ? value + 2 ** (8 * size) : value; i < size; i++) {
      out[i] = rest % 256
      rest = Math.floor(rest / 256)
    }
    return out
  }
  const read = (bytes: Uint8Array, start = 0) => {
    let value = 0
    for (let i = size - 1; i >= 0; i--) value = value * 256 + bytes[start + i]!
    return min < 0 && value > max ? value - 2 ** (8 * size) : value
  }
  const check = (bytes: Uint8Array, start: number) => (u32At(bytes, start + 4) > MAX_HIGH ? 'range' : null)
  const takesAll = max - min === 2 ** (8 * size) - 1
  return fixed(type, size, true, write, read, takesAll ? undefined : check)
}

export const u8: Field<number> = integer('u8', 1, 0, 0xff)
export const u16: Field<number> = integer('u16', 2, 0, 0xffff)
export const u32: Field<number> = integer('u32', 4, 0, 0xffffffff)
/** Unsigned, at most 2^53 - 1, so that it is exact as a number. */
export const u64: Field<number> = integer('u64', 8, 0, Number.MAX_SAFE_INTEGER)
/** Signed, two's complement. */
export const i32: Field<number> = integer('i32', 4, -(2 ** 31), 2 ** 31 - 1)

function bigUint(type: string, size: number, max: bigint): Field<bigint> {
  const write = (value: bigint) => {
    if (typeof value !== 'bigint' || value < 0n || value > max) throw misfit(type, value)
    const out = new Uint8Array(size)
    for (let i = 0, rest = value; i < size; i++, rest >>= 8n) out[i] = Number(rest & 0xffn)
    return out
  }
  const read = (bytes: Uint8Array) => {
    let value = 0n
    for (let i = size - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!)
    return value
  }
  const check = (bytes: Uint8Array, start: number, end: number) =>
    read(bytes.subarray(start, end)) > max ? 'range' : null
  return fixed(type, size, true, write, read, check)
}

/** Minor units, 16 bytes on the wire, at most what the vault's uint96 holds. */
export const money: Field<bigint> = bigUint('money', 16, 2n ** 96n - 1n)

/** Exactly `n` bytes. */
export function bytes(n: number): Field<Uint8Array> {
  const type = `bytes${n}`
  const write = (value: Uint8Array) => {
    if (!(value instanceof Uint8Array) || value.length !== n) throw misfit(type, value)
    return value
  }
  return fixed(type, n, false, write, read => new Uint8Array(read))
}

/** An account: 20 bytes, as lower-case `0x` hex. */
export const address: Field<Hex> = fixed<Hex>('address', 20, false, value => fromHex(value, 20), toHex)

/** A valid H3 cell of any resolution, as lower-case hex without leading zeros, the way h3-js writes it. */
export const cell: Field<string> = fixed<string>(
  'cell',
  8,
  true,
  value => {
    if (!isValidCell(value) || value !== value.toLowerCase()) throw misfit('cell', value)
    const out = new Uint8Array(8)
    const view = new DataView(out.buffer)
    view.setUint32(0, Number.parseInt(value.slice(-8), 16), true)
    view.setUint32(4, Number.parseInt(value.slice(0, -8), 16), true)
    return out
  },
  raw => u32.read(raw.subarray(4)).toString(16) + u32.read(raw).toString(16).padStart(8, '0'),
  (raw, start) => (isCellIndex(u32At(raw, start + 4), u32At(raw, start)) ? null : 'cell'),
)

const utf8 = new TextEncoder()
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Root of a varying run of bytes, as SSZ has it for lists of bytes. */
const runRoot = (raw: Uint8Array, max: number): Uint8Array =>
  mixInLength(merkleRoot(chunksOf(raw), Math.ceil(max / 32)), raw.length)

/** At most `max` bytes. */
export function blob(max: number): Field<Uint8Array> {
  const type = `blob${max}`
  const write = (value: Uint8Array) => {
    if (!(value instanceof Uint8Array) || value.length > max) throw misfit(type, value)
    return value
  }
  const read = (raw: Uint8Array) => new Uint8Array(raw)
  const root = (value: Uint8Array) => runRoot(write(value), max)
  return { type, size: null, minBytes: 0, maxBytes: max, basic: false, write, check: NO_FAULT, read, root }
}

/** Text of at most `max` bytes of UTF-8. */
export function text(max: number): Field<string> {
  const type = `text${max}`
  const write = (value: string) => {
    const out = utf8.encode(value)
    if (typeof value !== 'string' || out.length > max) throw misfit(type, value)
    return out
  }
  const check = (raw: Uint8Array, start: number, end: number) => (isUtf8(raw, start, end) ? null : 'utf8')
  const read = (raw: Uint8Array) => strictUtf8.decode(raw)
  const root = (value: string) => runRoot(write(value), max)
  return { type, size: null, minBytes: 0, maxBytes: max, basic: false, write, check, read, root }
}

/** Cuts text at a whole character so that it fits `text(max)`. */
export function fitText(value: string, max: number): string {
  const whole = value.toWellFormed()
  const { read } = utf8.encodeInto(whole, new Uint8Array(max))
  return whole.slice(0, read)
}

/** At most `max` items. */
export function list<T>(of: Field<T>, max: number): Field<readonly T[]> {
  const type = `${of.type}[${max}]`
  const each = of.size ?? 4
  const write = (values: readonly T[]) => {
    if (!Array.isArray(values) || values.length > max) throw misfit(type, values)
    return writeSequence(
      values.map(() => of.size),
      values.map(value => of.write(value)),
    )
  }
  const countOf = (raw: Uint8Array, start: number, end: number): number =>
    of.size === null ? (end - start < 4 ? Number.NaN : u32At(raw, start) / 4) : (end - start) / each
  const check = (raw: Uint8Array, start: number, end: number) => {
    if (start === end) return null
    const count = countOf(raw, start, end)
    if (!Number.isInteger(count) || count < 1 || count > max) return 'offset'
    return checkItems(of, count, raw, start, end)
  }
  const read = (raw: Uint8Array): readonly T[] => {
    if (raw.length === 0) return []
    const sizes = new Array<number | null>(countOf(raw, 0, raw.length)).fill(of.size)
    return readSequence(sizes, raw).map(part => of.read(part))
  }
  const root = (values: readonly T[]) => {
    const packed = of.basic ? chunksOf(write(values)) : values.map(value => of.root(value))
    const limit = of.basic ? Math.ceil((max * each) / 32) : max
    return mixInLength(merkleRoot(packed, limit), values.length)
  }
  return {
    type,
    size: null,
    minBytes: 0,
    maxBytes: max * (of.maxBytes + (of.size === null ? 4 : 0)),
    basic: false,
    write,
    check,
    read,
    root,
  }
}

/** Makes one kind of message out of a table of fields. */
export function message<const K extends number, const N extends string, F extends Fields>(
  kind: K,
  name: N,
  fields: F,
): Message<K, N, F> {
  const entries = Object.entries(fields) as [keyof F & string, Field<unknown>][]
  const sizes = entries.map(([, field]) => field.size)
  const sum = (of: (field: Field<unknown>) => number) =>
    entries.reduce((total, [, field]) => total + of(field) + (field.size === null ? 4 : 0), 0)
  const minBytes = sum(field => field.minBytes)
  const maxBytes = sum(field => field.maxBytes)
  const encode = (value: Values<F>) =>
    writeSequence(
      sizes,
      entries.map(([key, field]) => field.write(value[key])),
    )
  const checkFields = containerCheck(entries.map(([, field]) => field))
  const check = (raw: Uint8Array, start = 0, end = raw.length) => {
    if (end - start < minBytes || end - start > maxBytes) return 'size'
    return checkFields(raw, start, end)
  }
  const decode = (raw: Uint8Array): Verdict<Values<F>, DecodeCode> => {
    const fault = check(raw)
    if (fault !== null) return reject(fault)
    const parts = readSequence(sizes, raw)
    const value = Object.fromEntries(
      entries.map(([key, field], i) => [key, field.read(parts[i]!)]),
    ) as Values<F>
    return equalBytes(encode(value), raw) ? accept(value) : reject('canonical')
  }
  const root = (value: Values<F>) => merkleRoot(entries.map(([key, field]) => field.root(value[key])))
  return { kind, name, fields, minBytes, maxBytes, encode, check, decode, root }
}
