import { NO_IDLE_CREDIT } from '@hexhail/matcher/assign/idle-credit.ts'
import { solve } from '@hexhail/matcher/assign/solve.ts'
import type { OpenRide } from '@hexhail/matcher/epoch/book.ts'
import { epochAt } from '@hexhail/matcher/epoch/clock.ts'
import { collectEpoch, type EpochBid, type Heard } from '@hexhail/matcher/epoch/collect.ts'
import { moveGroups } from '@hexhail/matcher/handover/move-groups.ts'
import { wholeMoves } from '@hexhail/matcher/handover/whole-moves.ts'
import { HANDOVER_RULE, withRides } from '@hexhail/matcher/handover/with-rides.ts'
import type { Move } from '@hexhail/protocol/commit.ts'
import { expect, it } from 'vitest'

const EPOCH = epochAt(1_795_390_400_000, 8_000)
const TIMES = { issuedAtMs: EPOCH.startMs, expiresAtMs: EPOCH.endMs + 60_000 }
const request = (id: string) => ({ id, patienceDs: 6_000, ...TIMES })
const bid = (driver: string, to: string, etaDs: number): EpochBid => ({
  driver,
  request: to,
  etaDs,
  idleS: 0,
  ...TIMES,
})
const ride = (rider: string, driver: string, restS: number, swaps = 0): OpenRide => ({
  request: rider,
  driver,
  promiseMs: EPOCH.endMs + 1000 * restS,
  swaps,
})

/** The groups of moves that a peer's solution asks for. */
function groupsOf(heard: Heard, rides: OpenRide[], rule = HANDOVER_RULE): string[] {
  const problem = collectEpoch(EPOCH, withRides(EPOCH, heard, rides, rule, NO_IDLE_CREDIT), NO_IDLE_CREDIT)
  if (problem.verdict !== 'accept') throw new Error(problem.code)
  const { driverOf } = solve(problem.value)
  const told = ({ request, from, to }: Move): string => `${request}: ${from ?? '-'} > ${to}`
  return moveGroups(problem.value, driverOf, rides).map(group => group.map(told).join(', '))
}
const heardOf = (riders: string[], bids: EpochBid[]): Heard => ({
  requests: riders.map(request),
  bids,
  refused: [],
})

it('gives a rider another driver only if that one needs less than two fifths of the time', () => {
  const nearer = (etaDs: number) =>
    groupsOf(heardOf(['ann'], [bid('y', 'ann', etaDs)]), [ride('ann', 'x', 200)])
  expect(nearer(790)).toEqual(['ann: x > y'])
  expect(nearer(810)).toEqual([])
})

it('leaves alone who is nearly there, and whose driver changed already', () => {
  const heard = heardOf(['ann'], [bid('y', 'ann', 10)])
  expect(groupsOf(heard, [ride('ann', 'x', 60)], { ...HANDOVER_RULE, stickPerMille: 0 })).toEqual([
    'ann: x > y',
  ])
  expect(groupsOf(heard, [ride('ann', 'x', 59.9)], { ...HANDOVER_RULE, stickPerMille: 0 })).toEqual([])
  expect(groupsOf(heard, [ride('ann', 'x', 300, 1)])).toEqual([])
})

it('finds rotations, and chains from a free driver to a rider who waits', () => {
  const rides = [ride('ann', 'x', 300), ride('bob', 'y', 300)]
  expect(groupsOf(heardOf(['ann', 'bob'], [bid('x', 'bob', 50), bid('y', 'ann', 50)]), rides)).toEqual([
    'ann: x > y, bob: y > x',
  ])
  const chain = [bid('z', 'ann', 100), bid('x', 'bob', 50), bid('y', 'cid', 30)]
  expect(groupsOf(heardOf(['ann', 'bob', 'cid'], chain), rides)).toEqual([
    'ann: x > z, bob: y > x, cid: - > y',
  ])
})

it('never takes a driver away from one who has nobody else', () => {
  const heard = heardOf(['ann', 'bob'], [bid('x', 'bob', 5)])
  expect(groupsOf(heard, [ride('ann', 'x', 500)])).toEqual([])
  expect(groupsOf({ ...heard, refused: [{ driver: 'x', request: 'ann' }] }, [ride('ann', 'x', 500)])).toEqual(
    [],
  )
})

it('makes a rotation whole or not at all, and a chain up to its first gap', () => {
  const rotation: Move[] = [
    { request: 'a', from: 'x', to: 'y' },
    { request: 'b', from: 'y', to: 'z' },
    { request: 'c', from: 'z', to: 'x' },
  ]
  const chain: Move[] = [
    { request: 'a', from: 'x', to: 'w' },
    { request: 'b', from: 'y', to: 'x' },
    { request: 'c', from: null, to: 'y' },
  ]
  const without = (group: Move[], missing: string): string =>
    wholeMoves(group, ({ request }) => request !== missing)
      .map(({ request }) => request)
      .join('')
  expect(['-', 'a', 'b', 'c'].map(missing => without(rotation, missing))).toEqual(['abc', '', '', ''])
  expect(['-', 'a', 'b', 'c'].map(missing => without(chain, missing))).toEqual(['abc', '', 'a', 'ab'])
})
