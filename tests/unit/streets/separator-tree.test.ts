import { dissect } from '@hexhail/streets/labels/dissect.ts'
import { buildHierarchy, type Hierarchy } from '@hexhail/streets/labels/hierarchy.ts'
import {
  CHAIN_CELL,
  GROUP_CELL,
  INNER_CELL,
  MOST_IDS,
  NO_CELL,
  type SeparatorTree,
  separatorTree,
} from '@hexhail/streets/labels/separator-tree.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seeded } from './grid-town.ts'
import { randomGraph } from './random-graph.ts'

interface Case {
  readonly tree: Hierarchy
  readonly cells: SeparatorTree
  readonly leafSize: number
}

/** Cells of a made-up graph, with the ids in each cell and in the cells within it. */
const forCells = (check: (c: Case, idsOf: readonly (readonly number[])[]) => void): void =>
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: MOST_IDS }),
      (seed, states, leafSize) => {
        const graph = randomGraph(states, Math.floor(states * 1.3), seeded(seed))
        const tree = buildHierarchy(graph, dissect(graph))
        const cells = separatorTree(tree, leafSize)
        const idsOf: number[][] = Array.from({ length: cells.cells }, () => [])
        for (let id = 0; id < states; id++) {
          for (let c = Math.floor(cells.spotOf[id]! / MOST_IDS); c !== NO_CELL; c = cells.parent[c]!)
            idsOf[c]!.push(id)
        }
        check({ tree, cells, leafSize }, idsOf)
      },
    ),
    { numRuns: 60, seed: 71 },
  )

test('every id lies in one leaf at its own number there, and leaves are small', () => {
  forCells(({ tree, cells, leafSize }, idsOf) => {
    expect(idsOf[0]!.length).toBe(tree.states)
    idsOf.forEach((ids, c) => {
      expect(ids.length).toBeGreaterThan(0)
      const [first, size, kind] = [cells.first[c]!, cells.size[c]!, cells.kind[c]!]
      if (kind === INNER_CELL) return
      expect(size).toBeLessThanOrEqual(leafSize)
      expect(ids).toHaveLength(size)
      ids.forEach((id, i) => {
        expect(cells.spotOf[id]).toBe(c * MOST_IDS + i)
        expect(kind === GROUP_CELL ? first + i : cells.chainIds[first + i]).toBe(id)
        if (kind === CHAIN_CELL && i > 0) expect(tree.parent[id]).toBe(ids[i - 1])
      })
    })
  })
})

test('children stand side by side after their parents, and begin with the separator, one piece after the other', () => {
  let chains = 0
  forCells(({ tree, cells }, idsOf) => {
    let next = 1
    for (let c = 0; c < cells.cells; c++) {
      if (cells.kind[c] !== INNER_CELL) continue
      expect(cells.first[c]).toBe(next)
      next += cells.size[c]!
      const kinds = [...cells.kind.subarray(cells.first[c]!, next)]
      expect(kinds[0]).toBe(CHAIN_CELL)
      expect(kinds.lastIndexOf(CHAIN_CELL) + 1).toBe(kinds.filter(kind => kind === CHAIN_CELL).length)
      for (let x = cells.first[c]!; x < next; x++) {
        expect(cells.parent[x]).toBe(c)
        if (cells.kind[x] !== CHAIN_CELL || x === cells.first[c]) continue
        chains++
        expect(tree.parent[idsOf[x]![0]!]).toBe(idsOf[x - 1]!.at(-1))
      }
    }
    expect(next).toBe(cells.cells)
  })
  expect(chains).toBeGreaterThan(50)
})

test('all ids of a cell share the ancestors that it says', () => {
  forCells(({ tree, cells }, idsOf) => {
    idsOf.forEach((ids, c) => {
      const common = cells.common[c]!
      const paths = ids.map(id => {
        const path: number[] = []
        for (let up = id; up >= 0; up = tree.parent[up]!) path.unshift(up)
        return path.slice(0, common)
      })
      expect(paths[0]!.length).toBe(common)
      for (const path of paths) expect(path).toEqual(paths[0])
      expect(paths[0]!.some(ancestor => ids.includes(ancestor))).toBe(false)
    })
  })
})
