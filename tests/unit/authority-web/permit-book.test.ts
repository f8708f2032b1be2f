/** The officer's desk against a real office on a real chain. */

import { createPermitBook, endsByMonth } from '@hexhail/authority-web/permit-book.ts'
import { readAllActs } from '@hexhail/chain/authority-acts.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FORM, officeWorld } from '../node/office-world.ts'

let world: Awaited<ReturnType<typeof officeWorld>>
beforeAll(async () => {
  world = await officeWorld(41)
})
afterAll(() => world.stop())

let chainIsAway = false
const bookOf = (keys: readonly CryptoKeyPair[] | null) =>
  createPermitBook({
    url: world.url,
    shelf: { load: async () => keys },
    fetch,
    now: () => world.nowMs,
    report: () => {},
    acts: async () => {
      if (chainIsAway) throw new Error('the chain is away')
      const { rpc, config, authority } = world.chain
      const head = Number(await rpc('eth_blockNumber', []))
      return readAllActs(rpc, config.contracts, authority.address, 0, head)
    },
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
    expect(await book.prove(row)).toBe('proved')
    const { entry } = row
    const mark = entry.driverMark!
    const said = (driverMark: typeof mark | null) => book.prove({ ...row, entry: { ...entry, driverMark } })
    expect(await said({ ...mark, untilS: mark.untilS + 1 })).toBe('gone')
    expect(await said({ ...mark, hash: `0x${'5a'.repeat(32)}` })).toBe('gone')
    expect(await said(null)).toBe('gone')
    chainIsAway = true
    expect(await bookOf([world.officer.keyPair]).prove(row)).toBe('away')
    chainIsAway = false
    await book.stop(row, 'suspend', 'conduct')
    const stopped = book.rows.value!.find(each => each.entry.id === filed.id)!
    expect(stopped.entry).toMatchObject({ state: 'suspended', reason: 'conduct' })
    expect(endsByMonth([stopped])).toEqual([])
    // The register may say what it likes: the chain took the permit back.
    expect(await bookOf([world.officer.keyPair]).prove(row)).toBe('gone')
    await book.reinstate(stopped)
    expect(book.rows.value!.find(each => each.entry.id === filed.id)!.entry.state).toBe('issued')
  })

  it('without the authority’s key sees and does nothing', async () => {
    const book = bookOf(null)
    await book.refresh()
    expect(book.rows.value).toEqual([])
  })
})
