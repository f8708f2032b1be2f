import { findWork, WORK_BITS, workIn } from '@hexhail/protocol/work.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('work', () => {
  it('is found, and is worth what was asked for', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 0, max: 9 }), (content, bits) => {
        const nonce = findWork(content, bits)!
        expect(workIn(content, nonce)).toBeGreaterThanOrEqual(bits)
        expect(findWork(content, bits, nonce)).toBe(null)
      }),
      { numRuns: 50 },
    )
  })

  it('is sha256 over sha256(content) and the nonce as a big-endian u64', () => {
    const content = new TextEncoder().encode('hexhail')
    const block = new Uint8Array(40)
    block.set(sha256(content))
    for (const nonce of [0, 1, 2 ** 32 + 5, Number.MAX_SAFE_INTEGER]) {
      new DataView(block.buffer).setBigUint64(32, BigInt(nonce))
      const zeros = [...sha256(block)]
        .map(b => b.toString(2).padStart(8, '0'))
        .join('')
        .indexOf('1')
      expect(workIn(content, nonce)).toBe(zeros)
    }
  })

  it('is not worth anything for other content', () => {
    const content = new Uint8Array(200)
    const nonce = findWork(content)!
    expect(workIn(content, nonce)).toBeGreaterThanOrEqual(WORK_BITS)
    let lucky = 0
    for (let i = 1; i <= 64; i++) if (workIn(content.with(0, i), nonce) >= WORK_BITS) lucky++
    expect(lucky).toBeLessThan(3)
  })
})
