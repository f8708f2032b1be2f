import { createBuckets, createGossipLimits, GOSSIP_RATES } from '@hexhail/protocol/limits.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('a token bucket', () => {
  it('gives its burst at once and its rate after that', () => {
    const buckets = createBuckets({ perS: 2, burst: 5 })
    const taken = (nowMs: number, tries: number) =>
      Array.from({ length: tries }, () => buckets.take('a', nowMs)).filter(Boolean).length
    expect(taken(0, 20)).toBe(5)
    expect(taken(499, 5)).toBe(0)
    expect(taken(500, 5)).toBe(1)
    expect(taken(2500, 9)).toBe(4)
    expect(taken(1_000_000, 9)).toBe(5)
  })

  it('never lets more through than burst plus rate times time, however the calls come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(700), { maxLength: 200 }), waits => {
        const buckets = createBuckets({ perS: 3, burst: 4 })
        let now = 0
        let passed = 0
        for (const wait of waits) {
          now += wait
          const has = buckets.has('k', now)
          expect(buckets.take('k', now)).toBe(has)
          if (has) passed++
        }
        expect(passed).toBeLessThanOrEqual(4 + (3 * now) / 1000 + 1e-6)
      }),
    )
  })

  it('keeps a bounded number of keys and drops the longest untouched', () => {
    const buckets = createBuckets({ perS: 1, burst: 1 }, 3)
    for (const key of ['a', 'b', 'c']) buckets.take(key, 0)
    buckets.take('a', 0)
    buckets.take('d', 0)
    expect(buckets.size).toBe(3)
    expect(['a', 'b', 'c', 'd'].map(key => buckets.has(key, 0))).toEqual([false, true, false, false])
  })

  it('takes several tokens at once, or none', () => {
    const buckets = createBuckets({ perS: 1, burst: 5 })
    expect([buckets.take('a', 0, 3), buckets.take('a', 0, 3), buckets.take('a', 0, 2)]).toEqual([
      true,
      false,
      true,
    ])
  })

  it('forgets who has been away until it was full again', () => {
    const buckets = createBuckets({ perS: 1, burst: 10 })
    for (let i = 0; i < 1000; i++) buckets.take(`once ${i}`, i)
    expect(buckets.size).toBe(1000)
    for (let i = 0; i < 1000; i++) buckets.take('often', 20_000 + i)
    expect(buckets.size).toBe(1)
  })

  it('is not fooled by a clock that steps back', () => {
    const buckets = createBuckets({ perS: 1, burst: 1 })
    expect(buckets.take('a', 10_000)).toBe(true)
    expect(buckets.take('a', 5_000)).toBe(false)
    expect(buckets.take('a', 6_000)).toBe(true)
  })
})

describe('the gossip limits', () => {
  it('let one request walk through all its topics', () => {
    const limits = createGossipLimits()
    for (let i = 0; i < 12; i++) {
      const source = { topic: `t${i}`, author: 'rider' }
      expect([limits.over(source, 0), limits.charge(source, 0)]).toEqual([null, null])
    }
  })

  it('do not let a forger spend the tokens of an author or of a topic', () => {
    const limits = createGossipLimits()
    for (let i = 0; i < 5000; i++) {
      limits.over({ topic: 't', author: 'rider' }, 0)
      limits.over({ topic: 't', author: `nobody ${i}` }, 0)
    }
    const honest = { topic: 't', author: 'rider' }
    expect([limits.over(honest, 0), limits.charge(honest, 0)]).toEqual([null, null])
  })

  it('give the topic of an epoch its own room', () => {
    const limits = createGossipLimits()
    const say = (author: string) => limits.charge({ topic: 'e', author, isEpoch: true }, 0)
    for (let i = 0; i < GOSSIP_RATES.epochTopic.burst; i++) expect(say(`${i}`)).toBe(null)
    expect(say('late')).toBe('epochTopic')
    expect(limits.over({ topic: 't', author: 'late' }, 0)).toBe(null)
  })

  it('stop one author in one topic, then in all, and a topic as a whole', () => {
    const limits = createGossipLimits()
    const say = (topic: string, author: string) => {
      const source = { topic, author }
      return limits.over(source, 0) ?? limits.charge(source, 0)
    }
    for (let i = 0; i < GOSSIP_RATES.authorInTopic.burst; i++) expect(say('t', 'a')).toBe(null)
    expect(say('t', 'a')).toBe('authorInTopic')
    for (let i = GOSSIP_RATES.authorInTopic.burst; i < GOSSIP_RATES.author.burst; i++)
      expect(say(`${i}`, 'a')).toBe(null)
    expect(say('u', 'a')).toBe('author')
    for (let i = GOSSIP_RATES.authorInTopic.burst; i < GOSSIP_RATES.topic.burst; i++)
      expect(say('t', `${i}`)).toBe(null)
    expect(say('t', 'late')).toBe('topic')
  })
})
