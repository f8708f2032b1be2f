import { decodeFrame, encodeFrame, FRAME_HEAD_BYTES, type FrameType, MAX_SEQ } from '@hexhail/net/frame.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const frame = fc.record({
  type: fc.constantFrom<FrameType>('hello', 'data', 'ack', 'note'),
  tag: fc.uint8Array({ minLength: 16, maxLength: 16 }).map(b => Buffer.from(b).toString('hex')),
  seq: fc.integer({ min: 0, max: MAX_SEQ }),
  payload: fc.uint8Array({ maxLength: 200 }),
})

test('a frame reads back as it was written', () => {
  fc.assert(
    fc.property(frame, f => {
      expect(decodeFrame(encodeFrame(f))).toEqual({ verdict: 'accept', value: f })
    }),
  )
})

test('no bytes make the decoder throw, and what it accepts is what it would write', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), bytes => {
      const read = decodeFrame(bytes)
      if (read.verdict === 'accept') expect(encodeFrame(read.value)).toEqual(bytes)
      else expect(read.verdict).toBe(bytes.length < FRAME_HEAD_BYTES ? 'reject' : 'ignore')
    }),
  )
})

test('a newer version is ignored and not blamed', () => {
  const bytes = encodeFrame({ type: 'data', tag: '00'.repeat(16), seq: 1, payload: new Uint8Array(3) })
  bytes[0] = 2
  expect(decodeFrame(bytes)).toEqual({ verdict: 'ignore', code: 'version' })
})
