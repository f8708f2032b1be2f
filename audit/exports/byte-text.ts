/** Text that is written as bytes: what a million rows are made of, with no string of any of them. */

const ZERO = 48
/** Up to here a loop is quicker than `set`. */
const SHORT = 24
/** What `room` is asked for at least. */
const MORE = 2 ** 16
const BILLION = 1e9

const HIGH = Uint8Array.from({ length: 256 }, (_, byte) => '0123456789abcdef'.charCodeAt(byte >> 4))
const LOW = Uint8Array.from({ length: 256 }, (_, byte) => '0123456789abcdef'.charCodeAt(byte & 15))
const UPPER_HIGH = Uint8Array.from({ length: 256 }, (_, byte) => '0123456789ABCDEF'.charCodeAt(byte >> 4))
const UPPER_LOW = Uint8Array.from({ length: 256 }, (_, byte) => '0123456789ABCDEF'.charCodeAt(byte & 15))

const encoder = new TextEncoder()
/** A text as bytes, to be put again and again. */
export const textBytes = (text: string): Uint8Array => encoder.encode(text)

/** Growing bytes. But for `text`, nothing looks whether it fits: ask for `room` before each row. */
export class ByteText {
  bytes: Uint8Array
  at = 0

  constructor(size = MORE) {
    this.bytes = new Uint8Array(size)
  }

  /** Makes sure that so many bytes fit. */
  room(size: number): void {
    if (this.at + size <= this.bytes.length) return
    const more = new Uint8Array(Math.max(this.bytes.length * 2, this.at + size + MORE))
    more.set(this.bytes.subarray(0, this.at))
    this.bytes = more
  }

  byte(code: number): void {
    this.bytes[this.at++] = code
  }

  put(text: Uint8Array): void {
    const { bytes, at } = this
    const { length } = text
    if (length > SHORT) bytes.set(text, at)
    else for (let i = 0; i < length; i++) bytes[at + i] = text[i]!
    this.at = at + length
  }

  /** Any text, as UTF-8. */
  text(text: string): void {
    this.room(text.length * 3)
    this.at += encoder.encodeInto(text, this.bytes.subarray(this.at)).written
  }

  /** A whole number from 0 to 2^53 - 1, in decimals. */
  uint(value: number): void {
    if (value < BILLION) {
      let digits = 1
      for (let most = 10; value >= most; most *= 10) digits++
      this.padded(value, digits)
      return
    }
    const high = Math.floor(value / BILLION)
    this.uint(high)
    this.padded(value - high * BILLION, 9)
  }

  /** The last `digits` digits of a whole number below 10^9. */
  padded(value: number, digits: number): void {
    const { bytes, at } = this
    let rest = value | 0
    for (let i = at + digits - 1; i >= at; i--) {
      const tens = (rest / 10) | 0
      bytes[i] = ZERO + rest - tens * 10
      rest = tens
    }
    this.at = at + digits
  }

  /** A whole number that may be below zero. */
  int(value: number): void {
    if (value < 0) this.byte(45)
    this.uint(Math.abs(value))
  }

  /** A number as JavaScript writes it. */
  number(value: number): void {
    if (Number.isSafeInteger(value)) this.int(value)
    else this.text(String(value))
  }

  /** Hex of so many bytes. */
  hex(from: Uint8Array, start: number, size: number): void {
    const { bytes } = this
    let { at } = this
    for (let i = start; i < start + size; i++) {
      const byte = from[i]!
      bytes[at++] = HIGH[byte]!
      bytes[at++] = LOW[byte]!
    }
    this.at = at
  }

  /** The same in capitals. */
  upperHex(from: Uint8Array, start: number, size: number): void {
    const { bytes } = this
    let { at } = this
    for (let i = start; i < start + size; i++) {
      const byte = from[i]!
      bytes[at++] = UPPER_HIGH[byte]!
      bytes[at++] = UPPER_LOW[byte]!
    }
    this.at = at
  }

  /** Degrees of 1e-5, as JavaScript writes `e5 / 1e5`. */
  degrees(e5: number): void {
    if (e5 < 0) this.byte(45)
    const value = Math.abs(e5)
    const whole = Math.floor(value / 1e5)
    let part = value - whole * 1e5
    this.uint(whole)
    if (part === 0) return
    this.byte(46)
    let digits = 5
    while (part % 10 === 0) {
      part /= 10
      digits--
    }
    this.padded(part, digits)
  }

  /** Hundredths as `12.34`. */
  cents(value: number): void {
    if (value < 0) this.byte(45)
    const cents = Math.abs(value)
    const whole = Math.floor(cents / 100)
    this.uint(whole)
    this.byte(46)
    this.padded(cents - whole * 100, 2)
  }

  /** A UUID of version 8 out of 16 bytes, as `uuidAt` writes it. */
  uuid(from: Uint8Array, start: number): void {
    const { bytes } = this
    let { at } = this
    for (let i = 0; i < 16; i++) {
      let byte = from[start + i]!
      if (i === 4 || i === 6 || i === 8 || i === 10) bytes[at++] = 45
      if (i === 6) byte = 0x80 | (byte & 0x0f)
      if (i === 8) byte = 0x80 | (byte & 0x3f)
      bytes[at++] = HIGH[byte]!
      bytes[at++] = LOW[byte]!
    }
    this.at = at
  }

  /** Forgets what was written. */
  clear(): void {
    this.at = 0
  }

  /** What was written; good until more is. */
  get written(): Uint8Array {
    return this.bytes.subarray(0, this.at)
  }
}
