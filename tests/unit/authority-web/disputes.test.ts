import { createAuthorityModel } from '@hexhail/authority-web/model.ts'
import type { ChainFact, ChainPlace } from '@hexhail/protocol/chain-fact.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { expect, onTestFinished, test, vi } from 'vitest'
import { TARIFF } from '../protocol/demo-tariff.ts'
import { tableChain } from './table-chain.ts'

const END_S = 1_795_390_412
const word = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`

/** The facts of a trip that is held, claimed and contested. */
function contested(n: number, tariff: number, deadlineS: number): ChainFact[] {
  const at = (logIndex: number): ChainPlace & { terms: Hex } => ({
    ...{ txHash: word(10 * n + logIndex), blockHash: word(n), blockNumber: n, logIndex },
    ...{ timestampS: END_S, terms: word(n) },
  })
  const parties = { rider: TARIFF.authority, driver: TARIFF.authority }
  return [
    { ...at(0), fact: 'held', ...parties, hold: 9n, tariff, lane: 0 },
    { ...at(1), fact: 'claimed', amount: 5n, boarded: true, deadlineS },
    { ...at(2), fact: 'contested', admitted: 1n, disputed: 4n, deadlineS },
  ]
}

test('contested trips of this authority wait for a ruling, the nearest deadline first, until they are closed', async () => {
  const foreign = { ...TARIFF, authority: `0x${'b2'.repeat(20)}` } as const
  const table = tableChain(
    word(1),
    new Map([
      [1, TARIFF],
      [2, foreign],
    ]),
  )
  table.nowMs = END_S * 1_000
  const model = createAuthorityModel(table.ports)
  onTestFinished(() => model[Symbol.asyncDispose]())
  const facts = [
    ...contested(1, 1, END_S + 900),
    ...contested(2, 1, END_S + 90),
    ...contested(3, 2, END_S + 9),
  ]
  for (const fact of facts) table.tell('fact', fact)
  const waiting = () => model.disputes.value.map(({ fact }) => fact.terms)
  await vi.waitFor(() => expect(waiting()).toEqual([word(2), word(1)]), { timeout: 5_000, interval: 5 })
  const last = facts[5]!
  table.tell('fact', { ...last, logIndex: 9, fact: 'closed', toDriver: 2n, toRider: 2n } as ChainFact)
  await vi.waitFor(() => expect(waiting()).toEqual([word(1)]), { timeout: 5_000, interval: 5 })
})
