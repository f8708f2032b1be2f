import { type DriverWorld, runDriverEffect } from '@hexhail/client/driver-effects.ts'
import type { SentOffer } from '@hexhail/protocol/driver-state.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { expect, test } from 'vitest'
import { DRIVER, RULES, tableTop } from '../protocol/table-top.ts'

/** How long an offer waits before its conversation is begun, ms, when chance says `share`. */
async function waitedMs(offer: SentOffer, share: number): Promise<number> {
  let ms = -1
  const said: string[] = []
  const random = (size: number) => {
    const bytes = new Uint8Array(size)
    new DataView(bytes.buffer).setUint32(0, Math.floor(share * 2 ** 32))
    return bytes
  }
  const world = {
    ports: {
      random,
      rules: RULES,
      signer: { address: DRIVER },
      leaf: { addrs: () => [] },
      report: (error: unknown) => {
        throw error
      },
      every: (after: number, run: () => void) => {
        expect(said).toEqual([])
        ms = after
        queueMicrotask(run)
        return () => {}
      },
    },
    delegation: { ready: async () => ({ untilMs: 1, signature: new Uint8Array(65) }) },
    talk: { open: async () => void said.push('open'), send: async () => void said.push('offer') },
    state: () => tableTop().driver,
  } as unknown as DriverWorld
  await runDriverEffect(world, { type: 'openOffer', offer }, async () => {})
  expect(said).toEqual(['open', 'offer'])
  return ms
}

test('an offer is sent after a random part of 0.4 s: how fast it comes says nothing of who sends it', async () => {
  const table = tableTop()
  table.mute.driver = true
  table.hear()
  table.offer()
  const [offer] = table.driver.offers
  expect(await waitedMs(offer!, 0)).toBe(1)
  expect(await waitedMs(offer!, 0.5)).toBe(200)
  const { next } = createSeeded(1)
  for (let i = 0; i < 20; i++) expect(await waitedMs(offer!, next())).toBeLessThan(400)
})
