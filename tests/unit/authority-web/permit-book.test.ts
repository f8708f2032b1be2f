/** The officer's desk against a real office on a real chain. */

import { createPermitBook, endsByMonth } from '@hexhail/authority-web/permit-book.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FORM, officeWorld } from '../node/office-world.ts'

let world: Awaited<ReturnType<typeof officeWorld>>
beforeAll(async () => {
  world = await officeWorld(41)
})
afterAll(() => world.stop())

const bookOf = (keys: readonly CryptoKeyPair[] | null) =>
  createPermitBook({
    url: world.url,
    shelf: { load: async () => keys },
    fetch,
    now: () => world.nowMs,
    report: () => {},
  })

describe('the officer’s desk', () => {
  it('opens applications, finds them by what they say, and decides', async () => {
    const book = bookOf([world.officer.keyPair])
    const client = world.clientOf()
    const [one, two] = [await world.chain.party(), await world.chain.party()]
    const first = await client.apply(one, FORM)
    const second = await client.apply(two, { ...FORM, name: 'Bruno', car: { ...FORM.car, plate: 'XYZ 9' } })
    await book.refresh()
    expect(book.shown.value.map(row => row.opened?.name).sort()).toEqual(['Bruno', 'Elena'])
    book.filter.value = { text: 'xyz', state: 'waiting' }
    expect(book.shown.value.map(row => row.entry.id)).toEqual([second.id])
    await book.stop(book.shown.value[0]!, 'refuse', 'car')
    expect(book.shown.value).toEqual([])
    expect(await client.ask(second)).toMatchObject({ state: 'refused', reason: 'car' })
    book.filter.value = { text: '', state: 'waiting' }
    await book.issue(book.shown.value[0]!, world.nowMs / 1_000 + 86_400)
    expect(await client.ask(first)).toMatchObject({ state: 'granted' })
    expect(book.problem.value).toBeNull()
  })

  it('says when permits end, and stops one', async () => {
    const book = bookOf([world.officer.keyPair])
    const { filed } = await world.collected(await world.chain.party())
    await book.refresh()
    const row = book.rows.value!.find(each => each.entry.id === filed.id)!
    const month = new Date(row.entry.driverMark!.untilS * 1_000).toISOString().slice(0, 7)
    expect(endsByMonth([row])).toEqual([{ month, n: 1 }])
    await book.stop(row, 'suspend', 'conduct')
    const stopped = book.rows.value!.find(each => each.entry.id === filed.id)!
    expect(stopped.entry).toMatchObject({ state: 'suspended', reason: 'conduct' })
    expect(endsByMonth([stopped])).toEqual([])
    await book.reinstate(stopped)
    expect(book.rows.value!.find(each => each.entry.id === filed.id)!.entry.state).toBe('issued')
  })

  it('without the authority’s key sees and does nothing', async () => {
    const book = bookOf(null)
    await book.refresh()
    expect(book.rows.value).toEqual([])
  })
})
