import { createEpochBook } from '@hexhail/matcher/epoch/book.ts'
import { epochAt, epochLengthMs } from '@hexhail/matcher/epoch/clock.ts'
import { LATE_RULE, lateDeduction } from '@hexhail/matcher/epoch/late-deduction.ts'
import { marketOf } from '@hexhail/matcher/epoch/market.ts'
import type { Commit } from '@hexhail/protocol/commit.ts'
import { type DriverEvent, type DriverPart, driverStep, idleDriver } from '@hexhail/protocol/driver-part.ts'
import { riderAccepts, riderHeld, riderRefuses, waitingRider } from '@hexhail/protocol/rider-part.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const T = 1_795_390_400_000
const TIMES = { holdMs: 6_000, slackMs: 10_000 }
const RULE = { patienceDs: 6_000, mostSwaps: 1, laterMs: 0, freezeMs: 60_000 }
const take = (epoch: number, request: string, from: string | null = null): DriverEvent => ({
  type: 'take',
  epoch,
  request,
  etaDs: 900,
  moves: [{ request, from, to: 'x' }],
})
const commitTo = (request: string, more: Partial<Commit> = {}): Commit => ({
  epoch: 7,
  driver: 'x',
  request,
  promiseMs: T + 100_000,
  expiresAtMs: T + 6_000,
  moves: [{ request, from: null, to: 'x' }],
  ...more,
})

describe('a driver’s part', () => {
  it('signs one commit an epoch, and none while one may still count', () => {
    const first = driverStep(idleDriver('x'), take(7, 'ann'), T, TIMES)
    expect(first.commit).toEqual(commitTo('ann'))
    expect(driverStep(first.part, take(8, 'bob'), T + 6_000, TIMES).commit).toBeNull()
    expect(driverStep(first.part, take(8, 'bob'), T + 6_001, TIMES).commit?.request).toBe('bob')
    const refused = driverStep(first.part, { type: 'refused', commit: commitTo('ann') }, T, TIMES).part
    expect(driverStep(refused, take(7, 'bob'), T, TIMES).commit).toBeNull()
    expect(driverStep(refused, take(8, 'bob'), T, TIMES).commit?.request).toBe('bob')
  })

  it('leaves a rider only where another driver takes him over', () => {
    const { part } = driverStep(idleDriver('x'), { type: 'held', commit: commitTo('ann') }, T, TIMES)
    expect(driverStep(part, take(8, 'bob'), T, TIMES).commit).toBeNull()
    const moves = [
      { request: 'ann', from: 'x', to: 'y' },
      { request: 'bob', from: null, to: 'x' },
    ]
    const both: DriverEvent = { type: 'take', epoch: 8, request: 'bob', etaDs: 10, moves }
    expect(driverStep(part, both, T, TIMES).commit?.request).toBe('bob')
  })

  it('never signs two commits for one epoch, whatever happens', () => {
    const event = fc.oneof(
      fc.record({ epoch: fc.nat(5), rider: fc.constantFrom('ann', 'bob') }).map(e => take(e.epoch, e.rider)),
      fc.constantFrom<DriverEvent>(
        { type: 'tick' },
        { type: 'held', commit: commitTo('ann') },
        { type: 'refused', commit: commitTo('bob', { epoch: 2 }) },
        { type: 'freed', request: 'ann' },
      ),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.nat(9_000))), steps => {
        let part: DriverPart = idleDriver('x', -1)
        let now = T
        const signed: number[] = []
        for (const [e, ms] of steps) {
          const next = driverStep(part, e, (now += ms), TIMES)
          part = next.part
          if (next.commit) signed.push(next.commit.epoch)
        }
        return signed.every((epoch, i) => i === 0 || epoch > signed[i - 1]!)
      }),
    )
  })
})

describe('a rider’s part', () => {
  const code = (verdict: ReturnType<typeof riderAccepts>): string =>
    verdict.verdict === 'accept' ? 'accept' : verdict.code

  it('countersigns one driver at a time', () => {
    const first = riderAccepts(waitingRider('ann'), commitTo('ann'), T, RULE)
    if (first.verdict !== 'accept') throw new Error(first.code)
    const other = commitTo('ann', { driver: 'y', moves: [{ request: 'ann', from: null, to: 'y' }] })
    expect(code(riderAccepts(first.value, other, T + 6_000, RULE))).toBe('bound')
    const lapsed = riderRefuses(first.value, 'x')
    expect(code(riderAccepts(lapsed, other, T, RULE))).toBe('accept')
    expect(code(riderAccepts(lapsed, commitTo('ann'), T, RULE))).toBe('refused-driver')
  })

  it('refuses what does not fit him, each with its code', () => {
    const part = waitingRider('ann')
    const of = (more: Partial<Commit>, now = T) => code(riderAccepts(part, commitTo('ann', more), now, RULE))
    expect(of({}, T + 6_001)).toBe('expired')
    expect(of({ request: 'bob' })).toBe('other-request')
    expect(of({ moves: [] })).toBe('no-move')
    expect(of({ moves: [{ request: 'ann', from: 'y', to: 'x' }] })).toBe('not-my-driver')
    expect(of({ promiseMs: T + 600_001 })).toBe('too-late')
  })

  it('lets one nearer driver take over, in time', () => {
    const held = riderHeld(waitingRider('ann'), commitTo('ann'))
    const over = commitTo('ann', {
      driver: 'y',
      promiseMs: T + 80_000,
      moves: [{ request: 'ann', from: 'x', to: 'y' }],
    })
    const at = (ms: number, commit = over, part = held) => code(riderAccepts(part, commit, T + ms, RULE))
    expect(at(0)).toBe('accept')
    expect(at(0, { ...over, promiseMs: T + 100_001 })).toBe('too-late')
    expect(at(40_001, { ...over, expiresAtMs: T + 90_000 })).toBe('frozen')
    expect(at(0, { ...over, moves: [{ request: 'ann', from: 'x', to: 'y' }] }, riderHeld(held, over))).toBe(
      'not-my-driver',
    )
    const again = { ...over, driver: 'z', moves: [{ request: 'ann', from: 'y', to: 'z' }] }
    expect(at(0, again, riderHeld(held, over))).toBe('swapped')
  })
})

describe('the book of what was heard', () => {
  const epoch = epochAt(T, 4_000)
  const at = epoch.startMs
  const call = (id: string, issuedAtMs = at, refused: string[] = []) => {
    const bids = ['x', 'y'].map(driver => bid(driver, id, issuedAtMs))
    return { request: { id, patienceDs: 6_000, issuedAtMs, expiresAtMs: at + 60_000 }, bids, refused }
  }
  const bid = (driver: string, request: string, issuedAtMs: number, idleS = 0) => {
    return { driver, request, etaDs: 100, idleS, issuedAtMs, expiresAtMs: at + 60_000 }
  }
  const accept = { commit: commitTo('ann'), issuedAtMs: at + 100 }
  const pairs = (book: ReturnType<typeof createEpochBook>) =>
    book.heard(epoch).bids.map(b => `${b.driver} ${b.request}`)

  it('takes a pair that agreed out of the market, and back when both say they are free again', () => {
    const book = createEpochBook()
    book.accept(accept)
    book.call(call('ann'))
    book.call(call('bob'))
    expect(pairs(book)).toEqual(['y bob'])
    expect(book.rides()).toMatchObject([{ request: 'ann', driver: 'x', swaps: 0 }])
    book.call(call('ann', at + 200, ['x']))
    expect(pairs(book).sort()).toEqual(['x ann', 'y ann', 'y bob'])
    // Also where the word that he had agreed comes late: nobody takes over a ride that is none.
    book.accept(accept)
    expect(book.rides()).toEqual([])
    expect(pairs(book)).toContain('y ann')
    expect(book.heard(epoch).refused).toEqual([{ driver: 'x', request: 'ann' }])
    const list = {
      driver: 'x',
      shiftSinceMs: 0,
      bids: [bid('x', 'bob', at + 300)],
      refused: [],
      issuedAtMs: at + 300,
    }
    book.list(list)
    expect(pairs(book)).toContain('x bob')
    book.over('bob')
    book.call(call('bob', at + 400))
    expect(pairs(book).filter(pair => pair.endsWith('bob'))).toEqual([])
  })

  it('means the pickups that drivers promised within five minutes', () => {
    const book = createEpochBook()
    const promise = (request: string, saidMs: number, promiseMs: number) =>
      book.accept({ commit: commitTo(request, { promiseMs }), issuedAtMs: saidMs })
    expect(book.pickupDs()).toBe(0)
    promise('ann', at - 295_000, at + 1_000)
    promise('bob', at, at + 60_000)
    book.heard(epoch)
    expect(book.pickupDs()).toBe((2_960 + 600) / 2)
    book.heard({ ...epoch, endMs: at + 8_000 })
    expect(book.pickupDs()).toBe(600)
  })

  it('bounds how long a driver says he has waited by his shift and his last ride', () => {
    const book = createEpochBook()
    book.call({ ...call('bob'), bids: [] })
    const word = (idleS: number) => {
      const bids = [bid('x', 'bob', at + 2_000, idleS)]
      book.list({ driver: 'x', shiftSinceMs: at - 28_000, bids, refused: [], issuedAtMs: at + 2_000 })
      return book.heard(epoch).bids.map(b => b.idleS)
    }
    expect([word(5), word(9_999)]).toEqual([[5], [30]])
    book.accept(accept)
    expect(word(9_999)).toEqual([1])
  })
})

it('makes epochs no shorter than the guard, where there are such', () => {
  expect([1_000, 2_001, 5_000, 99_000].map(guard => epochLengthMs(0, guard))).toEqual([
    2_000, 4_000, 8_000, 8_000,
  ])
})

it('takes direct offers in a thin market and without a clock', () => {
  const here = { waitingRiders: 1, idleDrivers: 200, clockOffMs: 0, guardMs: 1_000 }
  expect(marketOf(here)).toBe('direct')
  expect(marketOf({ ...here, waitingRiders: 2 })).toBe('epoch')
  expect(marketOf({ ...here, waitingRiders: 2, clockOffMs: -501 })).toBe('direct')
})

it('deducts for coming later than promised, by the millisecond', () => {
  const late = (ms: number) => lateDeduction(10_00n, T, T + ms, LATE_RULE)
  expect([-9_000, 0, 99, 100, 1_000, 10_000, 999_000].map(late)).toEqual([0n, 0n, 5n, 6n, 60n, 600n, 1000n])
})
