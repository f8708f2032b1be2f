import { createHash } from 'node:crypto'
import type { Filing } from '@hexhail/audit/store/record-store.ts'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** The `i`-th filing of these tests: always the same. */
export const seededFiling = (i: number): Filing => ({
  terms: `0x${digest(`trip ${i}`).toString('hex')}`,
  sealed: Buffer.concat([digest(`a ${i}`), digest(`b ${i}`), Buffer.alloc(i % 97, i)]),
  atMs: 1_795_000_000_000 + i,
})
