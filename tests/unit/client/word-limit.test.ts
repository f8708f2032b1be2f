import { limitWords } from '@hexhail/client/word-limit.ts'
import { GOSSIP_RATES } from '@hexhail/protocol/limits.ts'
import { expect, it } from 'vitest'

it('leaves no more words at rendezvous than relays take of one author, however many conversations seek', async () => {
  let nowMs = 0
  let sent = 0
  const publish = limitWords(
    async () => ++sent,
    () => nowMs,
  )
  for (let i = 0; i < 40; i++) await publish(`/meet/${i}`, new Uint8Array(1))
  expect(sent).toBeLessThanOrEqual(GOSSIP_RATES.author.burst / 2)
  expect(sent).toBeGreaterThan(0)
  const before = sent
  for (let s = 0; s < 60; s++) {
    nowMs += 1000
    for (let i = 0; i < 40; i++) await publish(`/meet/${i}`, new Uint8Array(1))
  }
  expect(sent - before).toBe(30)
})
