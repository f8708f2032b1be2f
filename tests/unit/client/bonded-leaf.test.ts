import { bondedLeaf } from '@hexhail/client/bonded-leaf.ts'
import type { Leaf } from '@hexhail/net/ports.ts'
import { KEY_BOND_RATE } from '@hexhail/protocol/key-bond.ts'
import { expect, test } from 'vitest'

test('a bonded key pays the usual work within its budget, all of it beyond, and loses nothing in calm', () => {
  let [nowMs, asked, isBonded] = [0, 12, true]
  const bare = { workBits: (bonded?: boolean) => (bonded ? 12 : asked) } as Leaf
  const leaf = bondedLeaf(
    bare,
    () => isBonded,
    () => nowMs,
  )
  for (let i = 0; i < 100; i++) expect(leaf.workBits()).toBe(12)
  asked = 18
  const bits = Array.from({ length: KEY_BOND_RATE.burst }, () => leaf.workBits())
  expect(bits).toEqual([...Array(KEY_BOND_RATE.burst - 1).fill(12), 18])
  nowMs += 1000 / KEY_BOND_RATE.perS
  expect([leaf.workBits(), leaf.workBits()]).toEqual([12, 18])
  nowMs += 60_000
  isBonded = false
  expect(leaf.workBits()).toBe(18)
})
