import { solve } from '@hexhail/matcher/assign/solve.ts'
import { epochAt, epochLengthMs, guardMs } from '@hexhail/matcher/epoch/clock.ts'
import { collectEpoch, type EpochBid, type EpochRequest, type Heard } from '@hexhail/matcher/epoch/collect.ts'
import { describe, expect, it } from 'vitest'

const NOW = 1_795_390_400_500
const EPOCH = epochAt(NOW, 4_000)
const CREDIT = { perMille: 100, mostDs: 1_200 }

describe('the clock of epochs', () => {
  it('has every moment in one epoch, with the number of its end', () => {
    for (const lengthMs of [2_000, 4_000, 8_000])
      for (let t = NOW; t < NOW + 16_000; t += 250) {
        const { number, startMs, endMs } = epochAt(t, lengthMs)
        expect(startMs <= t && t < endMs && endMs - startMs === lengthMs).toBe(true)
        expect(number).toBe(endMs / 2_000)
        expect(epochAt(endMs - 1, 2_000).number).toBe(number)
        expect(epochAt(endMs, lengthMs).startMs).toBe(endMs)
      }
  })

  it('is short where cars abound and long where they are far', () => {
    expect([0, 600, 601, 900, 901, 9_000].map(pickupDs => epochLengthMs(pickupDs))).toEqual([
      2_000, 2_000, 4_000, 4_000, 8_000, 8_000,
    ])
  })

  it('waits four medians of the latency, and a second at least', () => {
    expect(guardMs([])).toBe(1_000)
    expect(guardMs([200, 90, 9_000])).toBe(1_000)
    expect(guardMs([2_000, 500.1, 300])).toBe(2_001)
  })
})

const request = (id: string, more: Partial<EpochRequest> = {}): EpochRequest => {
  return { id, patienceDs: 900, issuedAtMs: EPOCH.startMs, expiresAtMs: EPOCH.endMs + 60_000, ...more }
}
const bid = (driver: string, to: string, etaDs: number, more: Partial<EpochBid> = {}): EpochBid => {
  const times = { issuedAtMs: EPOCH.startMs + 100, expiresAtMs: EPOCH.endMs + 8_000 }
  return { driver, request: to, etaDs, idleS: 0, ...times, ...more }
}
const HEARD: Heard = {
  requests: [request('ann'), request('bob')],
  bids: [bid('x', 'ann', 100), bid('x', 'bob', 120), bid('y', 'ann', 300), bid('y', 'bob', 400)],
  refused: [],
}
/** Who takes whom, rider and driver. */
function takenIn(heard: Heard, credit = CREDIT): string[] {
  const problem = collectEpoch(EPOCH, heard, credit)
  if (problem.verdict !== 'accept') throw new Error(problem.code)
  const { riders, drivers } = problem.value
  return [...solve(problem.value).driverOf].map((d, r) => `${riders[r]} ${drivers[d] ?? 'nobody'}`)
}

describe('collectEpoch', () => {
  it('makes one problem of what was heard, in whatever order and however often', () => {
    const again = {
      ...HEARD,
      requests: [...HEARD.requests, ...HEARD.requests].reverse(),
      bids: [...HEARD.bids, ...HEARD.bids].reverse(),
    }
    expect(collectEpoch(EPOCH, again, CREDIT)).toEqual(collectEpoch(EPOCH, HEARD, CREDIT))
    expect(takenIn(HEARD)).toEqual(['ann y', 'bob x'])
  })

  it('takes what was signed before the end and holds beyond it', () => {
    const { startMs, endMs } = EPOCH
    const heard = (times: object): Heard => ({ ...HEARD, requests: [request('ann'), request('bob', times)] })
    expect(takenIn(heard({ issuedAtMs: endMs - 1 }))).toHaveLength(2)
    expect(takenIn(heard({ issuedAtMs: endMs }))).toEqual(['ann x'])
    expect(takenIn(heard({ expiresAtMs: endMs }))).toEqual(['ann x'])
    expect(takenIn(heard({ opensAtMs: endMs }))).toEqual(['ann x'])
    const late = { ...HEARD, bids: HEARD.bids.map(b => ({ ...b, issuedAtMs: endMs })) }
    expect(takenIn(late)).toEqual(['ann nobody', 'bob nobody'])
    expect(startMs).toBeLessThan(endMs)
  })

  it('leaves out a pair that was refused, and finds the next best', () => {
    const refused = [{ driver: 'x', request: 'bob' }]
    expect(takenIn({ ...HEARD, refused })).toEqual(['ann x', 'bob y'])
  })

  it('believes the last word of a driver on a rider, and of two at once the slower', () => {
    const word = (etaDs: number, issuedAtMs: number): EpochBid => bid('x', 'bob', etaDs, { issuedAtMs })
    const base = { ...HEARD, bids: HEARD.bids.filter(b => b.driver === 'x' && b.request === 'ann') }
    const costOf = (...words: EpochBid[]): number[] => {
      const problem = collectEpoch(EPOCH, { ...base, bids: words }, { perMille: 0, mostDs: 0 })
      return problem.verdict === 'accept' ? [...problem.value.weight].map(w => Math.floor(w / 2 ** 34)) : []
    }
    const t = EPOCH.startMs
    expect(costOf(word(50, t), word(70, t + 1))).toEqual([70])
    expect(costOf(word(70, t + 1), word(50, t))).toEqual([70])
    expect(costOf(word(50, t), word(70, t))).toEqual([70])
    expect(costOf(word(70, t), word(50, t))).toEqual([70])
  })

  it('leaves out alone what is no figure, so that nobody spoils the epoch of others', () => {
    const odd = [Number.NaN, -1, 0.5, 2 ** 60, Number.POSITIVE_INFINITY]
    const bids = [
      ...HEARD.bids,
      ...odd.flatMap((n, i) => [bid(`o${i}`, 'ann', n), bid(`p${i}`, 'bob', 9, { idleS: n })]),
    ]
    const requests = [...HEARD.requests, ...odd.map((patienceDs, i) => request(`q${i}`, { patienceDs }))]
    expect(takenIn({ ...HEARD, bids, requests })).toEqual(takenIn(HEARD))
    expect(takenIn({ ...HEARD, bids: [...HEARD.bids, bid('z', 'nobody', 1)] })).toEqual(takenIn(HEARD))
  })
})
