import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { type AssignVectors, differsFrom } from './assign-vectors.ts'

const vectors: AssignVectors = JSON.parse(
  readFileSync(new URL('../../vectors/assign.json', import.meta.url), 'utf8'),
)

it('gives the golden assignments, prices and duals', () => {
  expect(vectors.cases.length).toBe(7)
  expect(differsFrom(vectors)).toBeNull()
})

it('sees a vector that is off by one', () => {
  const [first, ...rest] = vectors.cases.toReversed()
  const best = { ...(first!.best as { costDs: number }) }
  best.costDs++
  expect(differsFrom({ cases: [...rest, { ...first!, best }] })).toMatch('Vector 6 has another solution')
})
