import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { turnOrderBeside } from '@hexhail/node/turn-order.ts'
import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import { turnGraph } from '@hexhail/streets/graph/turn-graph.ts'
import { rankStates } from '@hexhail/streets/labels/dissect.ts'
import { orderByRank } from '@hexhail/streets/labels/order-by-rank.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { gridTown, seeded } from '../streets/grid-town.ts'

const graph = turnGraph(openCity(buildCity(gridTown(5, seeded(9)), { name: 'Town' }).bytes).streets)
const rank = rankStates(graph)
const order = orderByRank(rank)
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hexhail-order-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('an order is made once, written beside the bundle and found again', async () => {
  const find = turnOrderBeside(join(folder, 'town.city'), 'abc')
  expect(find(graph)).toEqual(order)
  expect(await readdir(folder)).toEqual(['abc.turns.order'])
  const other = rank.toReversed()
  await writeFile(join(folder, 'abc.turns.order'), other)
  expect(find(graph)).toEqual(orderByRank(other))
})

test.each([
  ['nothing', new Uint8Array()],
  ['noise', Uint8Array.from({ length: 99 }, (_, i) => i * 7)],
  ['the order of another graph', rank.slice(1)],
])('%s in its file is written anew', async (_, bytes) => {
  const path = join(folder, 'abc.turns.order')
  await writeFile(path, bytes)
  expect(turnOrderBeside(join(folder, 'town.city'), 'abc')(graph)).toEqual(order)
  expect(new Uint8Array(await readFile(path))).toEqual(rank)
})

test('a folder that is not there costs the file, not the order', () => {
  expect(turnOrderBeside(join(folder, 'none', 'town.city'), 'abc')(graph)).toEqual(order)
})
