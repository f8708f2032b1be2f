import { ancestorIndex, lcaDepth } from '@hexhail/streets/labels/ancestor-index.ts'
import { preorder } from '@hexhail/streets/labels/preorder.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seeded } from './grid-town.ts'

/** A made-up tree in preorder; the bigger `straight` (0..1), the more it is one long path. */
function randomTree(nodes: number, straight: number, rng: () => number) {
  const above = Uint32Array.from({ length: nodes }, (_, p) =>
    p === nodes - 1 ? p : rng() < straight ? p + 1 : p + 1 + Math.floor(rng() * (nodes - 1 - p)),
  )
  const idAt = preorder(above)
  const parent = new Int32Array(nodes).fill(-1)
  for (let p = 0; p + 1 < nodes; p++) parent[idAt[p]!] = idAt[above[p]!]!
  const depth = new Uint16Array(nodes)
  for (let id = 1; id < nodes; id++) depth[id] = depth[parent[id]!]! + 1
  return { parent, depth }
}

test('the depth of the lowest common ancestor is that of climbing step by step', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 70 }), (seed, nodes) => {
      const rng = seeded(seed)
      const { parent, depth } = randomTree(nodes, rng(), rng)
      const index = ancestorIndex({ parent, depth })
      for (let a = 0; a < nodes; a++) {
        for (let b = 0; b < nodes; b++) {
          let [x, y] = [a, b]
          while (x !== y) {
            if (x > y) x = parent[x]!
            else y = parent[y]!
          }
          expect(lcaDepth(index, depth, a, b)).toBe(depth[x])
        }
      }
    }),
    { numRuns: 100, seed: 61 },
  )
})

test('a preorder gives each subtree one run of numbers, the biggest last', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 70 }), (seed, nodes) => {
      const rng = seeded(seed)
      const { parent } = randomTree(nodes, rng(), rng)
      const size = new Uint32Array(nodes).fill(1)
      for (let id = nodes - 1; id > 0; id--) {
        expect(parent[id]).toBeLessThan(id)
        size[parent[id]!]! += size[id]!
      }
      for (let id = 0; id < nodes; id++) {
        const sizes: number[] = []
        for (let c = id + 1; c < id + size[id]!; c += size[c]!) {
          expect(parent[c]).toBe(id)
          sizes.push(size[c]!)
        }
        expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
      }
    }),
    { numRuns: 100, seed: 62 },
  )
})
