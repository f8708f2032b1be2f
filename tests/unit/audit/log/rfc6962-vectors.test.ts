/**
 * The inclusion and consistency vectors of transparency-dev/merkle: 196, of which 11 are about the empty tree. They
 * refuse every proof from or in it, and so do we. Not ours to copy: read where ../shared/data has them, else skipped;
 * tree.test.ts holds the same rules by the RFC's own recursions.
 */
import { existsSync, readFileSync } from 'node:fs'
import { checkConsistency, checkInclusion } from '@hexhail/audit/log/tree-proof.ts'
import { describe, expect, it } from 'vitest'

const FOLDER = new URL('../../../../../shared/data/vectors/tlog-rfc6962-vectors/', import.meta.url)
const isHere = existsSync(FOLDER)

interface Vector {
  readonly name: string
  readonly wantErr: boolean
  readonly proof: readonly string[] | null
  readonly [field: string]: unknown
}
const vectors = (name: string): readonly Vector[] =>
  JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'))
const bytes = (text: unknown): Uint8Array => Uint8Array.from(Buffer.from((text as string) ?? '', 'base64'))

describe.skipIf(!isHere)(
  `RFC 6962 vectors${isHere ? '' : ' (skipped: ../shared/data/vectors/tlog-rfc6962-vectors is not there)'}`,
  () => {
    it('gives all 196 the verdict that they name', () => {
      const wrong: string[] = []
      let count = 0
      const judge = ({ name, wantErr }: Vector, { verdict }: { verdict: string }) => {
        count++
        if ((verdict === 'accept') === wantErr) wrong.push(name)
      }
      for (const v of vectors('inclusion')) {
        const proof = (v.proof ?? []).map(bytes)
        const [index, size, leafHash] = [v.leafIdx as number, v.treeSize as number, bytes(v.leafHash)]
        judge(v, checkInclusion({ index, size, leafHash, proof }, bytes(v.root)))
      }
      for (const v of vectors('consistency')) {
        const proof = (v.proof ?? []).map(bytes)
        const [size1, size2] = [v.size1 as number, v.size2 as number]
        judge(v, checkConsistency({ size1, root1: bytes(v.root1), size2, root2: bytes(v.root2), proof }))
      }
      expect(wrong).toEqual([])
      expect(count).toBe(196)
    })
  },
)
