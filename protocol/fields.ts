/** The wire types that a message table is made of. Each is SSZ: little-endian integers, offsets for varying parts. */
import { isValidCell } from 'h3-js'
import {
  chunksOf,
  type DecodeCode,
  type Fault,
  type Field,
  merkleRoot,
  mixInLength,
  NOTHING,
  readSequence,
  writeSequence,
} from './codec.ts'
import { equalBytes, fromHex, toHex } from './hex.ts'
import { HexhailError } from './hexhail-error.ts'
import type { Hex } from './terms.ts'
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
  read: (bytes: Uint8Array, fault: Fault) => T,
): Field<T> {
  const root = (value: T) => merkleRoot(chunksOf(write(value)))
  return { type, size, minBytes: size, maxBytes: size, basic, write, read, root }
}

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
  const read = (bytes: Uint8Array, fault: Fault) => {
    let value = 0
    for (let i = size - 1; i >= 0; i--) value = value * 256 + bytes[i]!
    if (min < 0 && value > max) value -= 2 ** (8 * size)
    if (value > max) fault.code ??= 'range'
    return value
  }
  return fixed(type, size, true, write, read)
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
  const read = (bytes: Uint8Array, fault: Fault) => {
    let value = 0n
    for (let i = size - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!)
    if (value > max) fault.code ??= 'range'
    return value
  }
  return fixed(type, size, true, write, read)
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
  (raw, fault) => {
    const view = new DataView(raw.buffer, raw.byteOffset, 8)
    const high = view.getUint32(4, true).toString(16)
    const value = high + view.getUint32(0, true).toString(16).padStart(8, '0')
    if (!isValidCell(value)) fault.code ??= 'cell'
    return value
  },
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
  return { type, size: null, minBytes: 0, maxBytes: max, basic: false, write, read, root }
}

/** Text of at most `max` bytes of UTF-8. */
export function text(max: number): Field<string> {
  const type = `text${max}`
  const write = (value: string) => {
    const out = utf8.encode(value)
    if (typeof value !== 'string' || out.length > max) throw misfit(type, value)
    return out
  }
  const read = (raw: Uint8Array, fault: Fault) => {
    try {
      return strictUtf8.decode(raw)
    } catch {
      fault.code ??= 'utf8'
      return ''
    }
  }
  const root = (value: string) => runRoot(write(value), max)
  return { type, size: null, minBytes: 0, maxBytes: max, basic: false, write, read, root }
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
  const read = (raw: Uint8Array, fault: Fault): readonly T[] => {
    if (raw.length === 0) return []
    const count = of.size === null ? firstOffset(raw) / 4 : raw.length / each
    const parts =
      Number.isInteger(count) && count <= max ? readSequence(new Array(count).fill(of.size), raw) : null
    if (parts === null) fault.code ??= 'offset'
    return (parts ?? []).map(part => readField(of, part, fault))
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
    read,
    root,
  }
}

const firstOffset = (raw: Uint8Array): number =>
  raw.length < 4 ? Number.NaN : new DataView(raw.buffer, raw.byteOffset).getUint32(0, true) || Number.NaN

function readField<T>(field: Field<T>, raw: Uint8Array, fault: Fault): T {
  if (raw.length < field.minBytes || raw.length > field.maxBytes) fault.code ??= 'size'
  return fault.code === null ? field.read(raw, fault) : NOTHING
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
  const decode = (raw: Uint8Array): Verdict<Values<F>, DecodeCode> => {
    if (raw.length < minBytes || raw.length > maxBytes) return reject('size')
    const parts = readSequence(sizes, raw)
    if (parts === null) return reject('offset')
    const fault: Fault = { code: null }
    const value: Record<string, unknown> = {}
    entries.forEach(([key, field], i) => {
      value[key] = readField(field, parts[i]!, fault)
    })
    if (fault.code !== null) return reject(fault.code)
    return equalBytes(encode(value as Values<F>), raw) ? accept(value as Values<F>) : reject('canonical')
  }
  const root = (value: Values<F>) => merkleRoot(entries.map(([key, field]) => field.root(value[key])))
  return { kind, name, fields, minBytes, maxBytes, encode, decode, root }
}
