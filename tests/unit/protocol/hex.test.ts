import { concat, equalBytes, fromHex, hexDigits, isHex, toHex } from '@hexhail/protocol/hex.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('hex', () => {
  it('turns bytes into text and back', () => {
    fc.assert(
      fc.property(fc.uint8Array(), bytes => {
        expect(fromHex(toHex(bytes), bytes.length)).toEqual(bytes)
        expect(fromHex(toHex(bytes).toUpperCase().replace('0X', '0x'))).toEqual(bytes)
        expect(`0x${hexDigits(bytes)}`).toBe(toHex(bytes))
      }),
    )
  })

  it.each(['', '12', '0x1', '0xzz', '0x 1', ' 0x12', '0x12\n'])('refuses %j', text => {
    expect(isHex(text)).toBe(false)
    expect(() => fromHex(text)).toThrow('is not 0x hex of whole bytes')
  })

  it('refuses another length than asked for', () => {
    expect(() => fromHex('0x1234', 3)).toThrow('is not 0x hex of 3 bytes')
  })

  it('joins arrays and compares them', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
        expect(concat(a, b)).toEqual(Uint8Array.from([...a, ...b]))
        expect(equalBytes(a, b)).toBe(toHex(a) === toHex(b))
        expect(equalBytes(a, a.slice())).toBe(true)
      }),
    )
  })
})
