import type { Tags } from '@hexhail/streets/osm/feature.ts'
import type { Member } from '@hexhail/streets/osm/osm-block.ts'
import { turnsOf } from '@hexhail/streets/osm/osm-turn.ts'
import { expect, test } from 'vitest'

const NODE = { type: 0, ref: 5, role: 'via' }
const MEMBERS: Member[] = [{ type: 1, ref: 10, role: 'from' }, NODE, { type: 1, ref: 20, role: 'to' }]
const read = (tags: Tags, members = MEMBERS) =>
  turnsOf(1, members, { type: 'restriction', ...tags }, node => (node === 5 ? [7, 43] : undefined))

test.each<[Tags, ('no' | 'only' | 'at times')[]]>([
  [{ restriction: 'no_left_turn' }, ['no']],
  [{ restriction: 'no_u_turn' }, ['no']],
  [{ restriction: 'no_entry' }, ['no']],
  [{ restriction: 'only_straight_on' }, ['only']],
  [{ restriction: 'none' }, []],
  [{}, []],
  [{ type: 'multipolygon', restriction: 'no_left_turn' }, []],
  [{ restriction: 'no_left_turn', except: 'bus;bicycle' }, ['no']],
  [{ restriction: 'no_left_turn', except: 'psv' }, ['no']],
  [{ restriction: 'no_left_turn', except: 'bus;taxi' }, []],
  [{ restriction: 'no_left_turn', except: 'motorcar' }, []],
  [{ restriction: 'no_left_turn', except: 'bicycle; motor_vehicle' }, []],
  [{ restriction: 'no_left_turn', except: 'motorcycle' }, ['no']],
  [{ 'restriction:hgv': 'no_left_turn' }, []],
  [{ 'restriction:motorcar': 'only_left_turn' }, ['only']],
  [{ restriction: 'no_left_turn', 'restriction:motor_vehicle': 'only_left_turn' }, ['only']],
  [{ restriction: 'no_left_turn', 'restriction:taxi': 'none' }, []],
  [{ 'restriction:conditional': 'no_left_turn @ (07:00-09:00)' }, ['at times']],
  [{ 'restriction:motorcar:conditional': 'no_left_turn @ (Mo-Fr)' }, ['at times']],
  [{ 'restriction:hgv:conditional': 'no_left_turn @ (Mo-Fr)' }, []],
  [{ restriction: 'no_left_turn', hour_on: '07:00', hour_off: '09:00' }, ['at times']],
  [{ restriction: 'no_u_turn', 'restriction:conditional': 'no_left_turn @ wet' }, ['no', 'at times']],
])('%o holds for hired cars as %j', (tags, wanted) => {
  const found = read(tags).map(turn => (turn.conditional ? 'at times' : turn.only ? 'only' : 'no'))
  expect(found).toEqual(wanted)
})

test('a rule goes over its node, over its ways, and once for each way in or out', () => {
  const way = (ref: number, role: string): Member => ({ type: 1, ref, role })
  const tags = { restriction: 'no_entry' }
  expect(read(tags)).toEqual([{ kind: 'turn', id: 1, only: false, fromWay: 10, via: [7, 43], toWay: 20 }])
  expect(read(tags, [...MEMBERS, way(11, 'from')]).map(t => [t.fromWay, t.toWay])).toEqual([
    [10, 20],
    [11, 20],
  ])
  const over = read(tags, [way(10, 'from'), way(30, 'via'), way(31, 'via'), way(20, 'to')])
  expect(over.map(t => t.via)).toEqual([{ ways: [30, 31] }])
  expect(read(tags, [way(10, 'from'), way(20, 'to')])).toEqual([])
  expect(read(tags, [way(10, 'from'), { ...NODE, ref: 6 }, way(20, 'to')])).toEqual([])
  expect(read(tags, [NODE, way(20, 'to')])).toEqual([])
})
