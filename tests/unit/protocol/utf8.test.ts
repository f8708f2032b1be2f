import { isUtf8 } from '@hexhail/protocol/utf8.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
function decodes(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes)
    return true
  } catch {
    return false
  }
}

describe('UTF-8', () => {
  it('is what TextDecoder takes, for text, spoiled text and any bytes', () => {
    const text = fc.string({ unit: 'binary' }).map(t => new TextEncoder().encode(t))
    const spoiled = fc
      .tuple(text, fc.nat(40), fc.integer({ min: 0x80, max: 0xff }))
      .map(([bytes, at, byte]) => (at < bytes.length ? bytes.with(at, byte) : bytes.subarray(0, -1)))
    const high = fc.array(
      fc.constantFrom(0x61, 0x80, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xe0, 0xed, 0xf0, 0xf4, 0xf5),
    )
    const any = fc.oneof(
      text,
      spoiled,
      fc.uint8Array(),
      high.map(bytes => Uint8Array.from(bytes)),
    )
    fc.assert(
      fc.property(any, bytes => isUtf8(bytes, 0, bytes.length) === decodes(bytes)),
      { numRuns: 3000 },
    )
  })

  it('is looked for between the given bytes alone', () => {
    const bytes = Uint8Array.of(0xff, 0xc3, 0xa9, 0xff)
    expect(isUtf8(bytes, 1, 3)).toBe(true)
    expect(isUtf8(bytes, 1, 2)).toBe(false)
    expect(isUtf8(bytes, 1, 4)).toBe(false)
    expect(isUtf8(bytes, 2, 2)).toBe(true)
  })
})
