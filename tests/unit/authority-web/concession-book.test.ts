/** The officer's desk for reduced fares against a real office over HTTP. */

import { createConcessionBook } from '@hexhail/authority-web/concession-book.ts'
import { createConcessionClient } from '@hexhail/permits/concession-client.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { officeWorld } from '../node/office-world.ts'

let world: Awaited<ReturnType<typeof officeWorld>>
beforeAll(async () => {
  world = await officeWorld(43)
})
afterAll(() => world.stop())

const bookOf = (keys: readonly CryptoKeyPair[] | null) =>
  createConcessionBook({
    url: world.url,
    shelf: { load: async () => keys },
    fetch,
    now: () => world.nowMs,
    report: () => {},
  })

it('opens claims, grants, refuses and takes back, and without the key does nothing', async () => {
  const { url, chain, nowMs, random } = world
  const client = createConcessionClient({
    ...{ url, chainId: 31_337, permits: chain.config.contracts.permits, fetch, random },
    ...{ authority: chain.authority.address, now: () => nowMs },
  })
  const claim = { category: 'senior', name: 'Ana', evidence: 'born 1950', picture: '' } as const
  const first = await client.apply(claim)
  const second = await client.apply({ ...claim, category: 'student', name: 'Bruno' })
  const book = bookOf([world.officer.keyPair])
  await book.refresh()
  const rowOf = (id: string) => book.rows.value!.find(each => each.entry.id === id)!
  expect(rowOf(first.id).opened).toEqual(claim)
  const untilS = Math.floor(nowMs / 1_000) + 86_400
  await book.grant(rowOf(first.id), untilS)
  expect(rowOf(first.id).entry).toMatchObject({ state: 'granted', category: 'senior', untilS })
  await book.stop(rowOf(second.id), 'refuse', 'papers')
  expect(await client.ask(second)).toEqual({ state: 'refused', reason: 'papers', category: null, untilS: 0 })
  await book.stop(rowOf(first.id), 'revoke', 'conduct')
  expect(await client.ask(first)).toMatchObject({ state: 'revoked', reason: 'conduct' })
  expect(book.problem.value).toBeNull()
  await book.stop(rowOf(first.id), 'revoke', 'conduct')
  expect(book.problem.value).toBe('OFFICE_REFUSED')
  const blind = bookOf(null)
  await blind.refresh()
  expect(blind.rows.value).toEqual([])
})
