import type { Settled } from '@hexhail/audit/settled.ts'
import type { Proof } from '@hexhail/authority-web/model.ts'
import { type ProofCount, proveAll } from '@hexhail/authority-web/prove-all.ts'
import { expect, test } from 'vitest'

const facts = Array.from({ length: 100 }, (_, logIndex) => ({ logIndex }) as Settled)
const answerOf = ({ logIndex }: Settled): Proof =>
  logIndex % 10 === 3 ? 'gone' : logIndex % 25 === 7 ? 'away' : 'proved'

test('every settlement is asked for once, and counted by what the chain says', async () => {
  const asked: number[] = []
  const heard: ProofCount<Settled>[] = []
  const ask = async (fact: Settled): Promise<Proof> => {
    asked.push(fact.logIndex)
    return answerOf(fact)
  }
  const all = await proveAll(facts, ask, count => heard.push(count), new AbortController().signal)
  expect(asked.toSorted((a, b) => a - b)).toEqual(facts.map(fact => fact.logIndex))
  expect(all.proved).toEqual(facts.filter(fact => answerOf(fact) === 'proved'))
  expect([all.gone, all.away, all.done, all.of]).toEqual([10, 4, 100, 100])
  expect(heard.at(-1)).toEqual(all)
  expect(heard.map(count => count.done)).toEqual(heard.map(count => count.done).toSorted((a, b) => a - b))
})

test('it stops asking when it is told to, and says nothing more', async () => {
  const stop = new AbortController()
  const heard: ProofCount<Settled>[] = []
  let asked = 0
  await proveAll(
    facts,
    async () => {
      if (++asked === 12) stop.abort()
      return 'proved'
    },
    count => heard.push(count),
    stop.signal,
  )
  expect(asked).toBeLessThan(20)
  expect(heard.every(count => count.done < 12)).toBe(true)
})
