import { concat, fromHex, hexDigits } from '@hexhail/protocol/hex.ts'
import { accept, ignore, reject, type Verdict } from '@hexhail/protocol/verdict.ts'

/**
 * `hello` opens a link and tells the last sequence number received; `data` is kept and resent until an `ack`
 * with its number or a later one; `note` is sent once; `gone` answers a `hello` of a conversation that nobody here knows.
 */
export type FrameType = 'hello' | 'data' | 'ack' | 'note' | 'gone'

/** One frame of a conversation: version u8, type u8, tag 16 bytes, seq u32 big-endian, payload. */
export interface Frame {
  readonly type: FrameType
  /** 32 hex digits. */
  readonly tag: string
  readonly seq: number
  readonly payload: Uint8Array
}

const VERSION = 1
const TYPES: readonly FrameType[] = ['hello', 'data', 'ack', 'note', 'gone']
const TAG_BYTES = 16

/** Bytes before the payload. */
export const FRAME_HEAD_BYTES = 2 + TAG_BYTES + 4

/** Highest sequence number: one u32. */
export const MAX_SEQ = 0xffff_ffff

/** Writes a frame. */
export function encodeFrame({ type, tag, seq, payload }: Frame): Uint8Array {
  const number = new Uint8Array(4)
  new DataView(number.buffer).setUint32(0, seq)
  return concat(
    new Uint8Array([VERSION, TYPES.indexOf(type) + 1]),
    fromHex(`0x${tag}`, TAG_BYTES),
    number,
    payload,
  )
}

/** Reads a frame; unknown versions and types are ignored so that newer peers are not blamed. */
export function decodeFrame(bytes: Uint8Array): Verdict<Frame, 'short' | 'version' | 'type'> {
  if (bytes.length < FRAME_HEAD_BYTES) return reject('short')
  if (bytes[0] !== VERSION) return ignore('version')
  const type = TYPES[bytes[1]! - 1]
  if (type === undefined) return ignore('type')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return accept({
    type,
    tag: hexDigits(bytes.subarray(2, 2 + TAG_BYTES)),
    seq: view.getUint32(2 + TAG_BYTES),
    payload: bytes.subarray(FRAME_HEAD_BYTES),
  })
}
