import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONTRACTS, ROOT } from '@hexhail/contracts/tools/forge.ts'
import { expect, it } from 'vitest'

const LIST = join(ROOT, '..', 'shared', 'data', 'vectors', 'erc20-oddities.json')
const tree = readFileSync(join(CONTRACTS, 'test', 'OddTokens.tree'), 'utf8')
const ours = [...tree.matchAll(/^[├└]── (.+)$/gm)].map(match => match[1]!)

it('24 kinds of odd tokens are tried', () => {
  expect(ours.length).toBe(24)
  expect(new Set(ours).size).toBe(24)
})

// Skipped where the list is not there.
it.skipIf(!existsSync(LIST))('they are those of ../shared/data/vectors/erc20-oddities.json', () => {
  const theirs = (JSON.parse(readFileSync(LIST, 'utf8')) as { id: string }[]).map(({ id }) => id)
  expect(ours.toSorted()).toEqual(theirs.toSorted())
})
