import { dissect } from '@hexhail/streets/labels/dissect.ts'
import { buildHierarchy, type Hierarchy } from '@hexhail/streets/labels/hierarchy.ts'
import {
  CHAIN_CELL,
  GROUP_CELL,
  INNER_CELL,
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
      fc.integer({ min: 1, max: 20 }),
      (seed, states, leafSize) => {
        const graph = randomGraph(states, Math.floor(states * 1.3), seeded(seed))
        const tree = buildHierarchy(graph, dissect(graph))
        const cells = separatorTree(tree, leafSize)
        const idsOf: number[][] = Array.from({ length: cells.cells }, () => [])
        for (let id = 0; id < states; id++) {
          for (let c = cells.cellOf[id]!; c !== NO_CELL; c = cells.parent[c]!) idsOf[c]!.push(id)
        }
        check({ tree, cells, leafSize }, idsOf)
      },
    ),
    { numRuns: 60, seed: 71 },
  )

test('every id lies in one leaf, a cell is its range of ids, and groups are small', () => {
  forCells(({ tree, cells, leafSize }, idsOf) => {
    expect(idsOf[0]!.length).toBe(tree.states)
    idsOf.forEach((ids, c) => {
      expect(ids.length).toBeGreaterThan(0)
      const [low, high, kind] = [cells.low[c]!, cells.high[c]!, cells.kind[c]!]
      expect(cells.firstChild[c] === NO_CELL).toBe(kind !== INNER_CELL)
      if (kind === CHAIN_CELL) {
        const parent = cells.parent[c]!
        expect([low, high]).toEqual([cells.low[parent], cells.high[parent]])
        ids.forEach((id, i) => {
          expect(tree.parent[id]).toBe(i === 0 ? tree.parent[low] : ids[i - 1])
        })
        return
      }
      expect([ids[0], ids.at(-1), ids.length]).toEqual([low, high, high - low + 1])
      if (kind === GROUP_CELL) expect(ids.length).toBeLessThanOrEqual(leafSize)
    })
  })
})

test('children are linked, come after their parents, and begin with the separator', () => {
  forCells(({ cells }) => {
    const linked = new Set<number>([0])
    for (let c = 0; c < cells.cells; c++) {
      const first = cells.firstChild[c]!
      if (first !== NO_CELL) expect(cells.kind[first]).toBe(CHAIN_CELL)
      for (let x = first; x !== NO_CELL; x = cells.nextSibling[x]!) {
        expect(cells.parent[x]).toBe(c)
        expect(x).toBeGreaterThan(c)
        linked.add(x)
      }
    }
    expect(linked.size).toBe(cells.cells)
  })
})

test('all ids of a cell share the ancestors that it says, and there is room for their minima', () => {
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
      const room = cells.minOffset[c + 1]! - cells.minOffset[c]!
      expect(room % 8).toBe(0)
      expect(room - common).toBeGreaterThanOrEqual(0)
      expect(room - common).toBeLessThan(8)
    })
  })
})
