import { importAuditKey, makeAuditKey } from '@hexhail/audit/audit-key.ts'
import { paidOf } from '@hexhail/audit/settled.ts'
import { type AuthorityModel, createAuthorityModel } from '@hexhail/authority-web/model.ts'
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { TARIFF } from '../protocol/demo-tariff.ts'
import { sealAll, seededTrips } from './seeded-city.ts'
import { memoryShelf, type TableChain, tableChain } from './table-chain.ts'

const END_S = 1_795_390_412
const FOREIGN: Tariff = { ...TARIFF, authority: `0x${'b2'.repeat(20)}` }
const trips = seededTrips(TARIFF, 60, END_S)
const { privateKey, publicKey } = await makeAuditKey()
const sealed = await sealAll(trips, publicKey)

let table: TableChain
let model: AuthorityModel

function open(shelf = memoryShelf(), deskIsDown = false) {
  table = tableChain(
    publicKey,
    new Map([
      [1, TARIFF],
      [2, FOREIGN],
    ]),
    shelf,
  )
  table.nowMs = END_S * 1_000
  table.deskIsDown = deskIsDown
  const opened = createAuthorityModel(table.ports)
  model = opened
  onTestFinished(() => opened[Symbol.asyncDispose]())
}

beforeEach(() => open())

const until = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 5 })
const settleAll = () => {
  for (const { fact } of trips) table.tell('fact', fact)
}
const fileAll = () => {
  table.filed.push(...sealed)
  table.tick()
}

test('settlements show at once, newest first, with totals to the unit, before any key or record is here', async () => {
  settleAll()
  await until(() => expect(model.rows.value).toHaveLength(60))
  expect(model.rows.value[0]?.fact).toBe(trips.at(-1)?.fact)
  expect(model.sums.value).toMatchObject({
    trips: 60,
    fares: trips.reduce((sum, trip) => sum + trip.fact.fare, 0n),
    levy: trips.reduce((sum, trip) => sum + trip.fact.levy, 0n),
    opened: 0,
    missing: 60,
  })
  expect(model.key.value).toBe('none')
})

test('with the key, every filed record is opened and checked, and the wrong ones are found', async () => {
  settleAll()
  fileAll()
  await until(() =>
    expect(model.rows.value.filter(row => row.filing === 'sealed')).toHaveLength(sealed.length),
  )
  expect(await model.importKey(privateKey)).toBeNull()
  const dear = trips.filter(
    trip => trip.record && trip.record.fare > 0n && trip.record.quote - trip.fact.fare === 0n,
  )
  await until(() => expect(model.sums.value.opened).toBe(sealed.length))
  const wrong = model.rows.value.filter(row => row.audit?.verdict === 'wrong')
  expect(wrong.length).toBeGreaterThan(1)
  expect(dear.length).toBeGreaterThan(wrong.length)
  for (const row of wrong) expect(row.audit?.findings.map(each => each.code)).toContain('QUOTE')
  expect(model.sums.value.missing).toBe(60 - sealed.length)
})

test('a record that arrives later is opened when it arrives', async () => {
  await model.importKey(privateKey)
  settleAll()
  await until(() => expect(model.sums.value.missing).toBe(60))
  fileAll()
  await until(() => expect(model.sums.value.opened).toBe(sealed.length))
})

test('a record of a stranger accuses nobody', async () => {
  await model.importKey(privateKey)
  const victim = trips[0]!
  const forged = { fact: victim.fact, record: { ...victim.record!, fare: 1n } }
  table.filed.push(...(await sealAll([forged], publicKey)))
  table.tell('fact', victim.fact)
  table.tick()
  await until(() => expect(model.row(victim.fact.terms)).toMatchObject({ filing: 'other', audit: null }))
  table.filed.push({ ...(await sealAll([victim], publicKey))[0]!, seq: 2 })
  table.tick()
  await until(() =>
    expect(model.row(victim.fact.terms)).toMatchObject({ filing: 'opened', audit: { verdict: 'right' } }),
  )
})

test('a settlement of a reorganised block goes away again', async () => {
  settleAll()
  await until(() => expect(model.rows.value).toHaveLength(60))
  table.tell('undone', trips.at(-1)!.fact)
  await until(() => expect(model.rows.value).toHaveLength(59))
  table.tell('fact', { ...trips.at(-1)!.fact, blockNumber: 99_999 })
  await until(() => expect(model.rows.value[0]?.fact.blockNumber).toBe(99_999))
})

test('settlements under another authority’s tariff are not ours', async () => {
  settleAll()
  table.tell('fact', {
    ...trips[0]!.fact,
    terms: `0x${'99'.repeat(32)}`,
    tariff: 2,
    txHash: `0x${'98'.repeat(32)}`,
  })
  await until(() => expect(model.tariffs.value.size).toBe(2))
  await until(() => expect(model.rows.value).toHaveLength(60))
})

test('held trips are counted while they run, and claims bring levy too', async () => {
  const { fact } = trips[0]!
  const place = { blockNumber: 1, blockHash: fact.blockHash, timestampS: fact.timestampS, terms: fact.terms }
  const held = {
    ...place,
    txHash: `0x${'a1'.repeat(32)}`,
    logIndex: 0,
    fact: 'held',
    rider: fact.rider,
    driver: fact.driver,
    hold: 9n,
    tariff: 1,
    lane: 0,
  } as const
  table.tell('fact', held)
  table.tell('fact', { ...held, terms: `0x${'97'.repeat(32)}`, txHash: `0x${'a4'.repeat(32)}`, tariff: 2 })
  await until(() => expect(model.running.value).toEqual([{ fact: held }]))
  const ask = () => model.proveRunning(model.running.value[0]!)
  table.lanes.set(`${fact.rider} 0`, { held: 9n, seq: 1n, terms: fact.terms })
  expect(await ask()).toBe('proved')
  table.lanes.set(`${fact.rider} 0`, { held: 0n, seq: 1n, terms: fact.terms })
  expect(await ask()).toBe('gone')
  table.cases.set(fact.terms, 1_900_000_000)
  expect(await ask()).toBe('proved')
  table.tell('fact', {
    ...place,
    txHash: `0x${'a2'.repeat(32)}`,
    logIndex: 0,
    fact: 'claimed',
    amount: 5_000_000n,
    boarded: true,
    deadlineS: 0,
  })
  table.tell('fact', {
    ...place,
    txHash: `0x${'a3'.repeat(32)}`,
    logIndex: 0,
    fact: 'closed',
    toDriver: 5_000_000n,
    toRider: 0n,
  })
  await until(() => expect(model.otherPay.value).toEqual({ count: 1, levy: 150_000n }))
  expect(model.running.value).toEqual([])
})

describe('the filter', () => {
  beforeEach(async () => {
    settleAll()
    fileAll()
    await model.importKey(privateKey)
    await until(() => expect(model.sums.value.opened).toBe(sealed.length))
  })

  test('looks back an hour', () => {
    model.filter.value = { ...model.filter.value, period: 'hour' }
    const shown = model.shown.value
    expect(shown.length).toBeGreaterThan(5)
    expect(shown.length).toBeLessThan(60)
    expect(shown.every(row => row.fact.timestampS >= END_S - 3_600)).toBe(true)
    expect(model.sums.value.trips).toBe(shown.length)
  })

  test('finds what is wrong and what is not filed', () => {
    model.filter.value = { ...model.filter.value, only: 'wrong' }
    expect(model.shown.value.every(row => row.audit?.verdict === 'wrong')).toBe(true)
    model.filter.value = { ...model.filter.value, only: 'missing' }
    expect(model.shown.value).toHaveLength(60 - sealed.length)
  })

  test('looks at one cell, and at one driver', () => {
    const cell = model.cells.value[0]!
    const { driver } = trips[0]!.fact
    model.filter.value = { ...model.filter.value, cell: cell.cell }
    expect(model.shown.value.filter(row => row.record?.pickupCell === cell.cell)).toHaveLength(cell.pickups)
    model.filter.value = { ...model.filter.value, cell: null, driver }
    expect(model.shown.value.every(row => row.fact.driver === driver)).toBe(true)
  })

  test('cells add up to the opened trips', () => {
    const { cells, sums } = model
    expect(cells.value.reduce((sum, cell) => sum + cell.pickups, 0)).toBe(sums.value.opened)
    const paid = model.shown.value
      .filter(row => row.record)
      .reduce((sum, row) => sum + paidOf(row.fact) - row.fact.tip, 0n)
    expect(cells.value.reduce((sum, cell) => sum + cell.fares, 0n)).toBe(paid)
  })
})

describe('what can be away', () => {
  test('the chain comes and goes, and the rows stay', async () => {
    settleAll()
    await until(() => expect(model.chain.value).toBe('up'))
    table.setUp(false)
    expect(model.chain.value).toBe('down')
    await until(() => expect(model.rows.value).toHaveLength(60))
    table.setUp(true)
    expect(model.chain.value).toBe('up')
  })

  test('while the desk has not answered, nobody is said to have filed nothing', async () => {
    open(memoryShelf(), true)
    settleAll()
    await until(() => expect(model.rows.value).toHaveLength(60))
    expect(new Set(model.rows.value.map(row => row.filing))).toEqual(new Set(['unasked']))
    table.deskIsDown = false
    table.tick()
    await until(() => expect(model.sums.value.missing).toBe(60))
  })

  test('the desk comes and goes, and nothing is read twice', async () => {
    await until(() => expect(model.desk.value).toBe('up'))
    table.deskIsDown = true
    table.tick()
    await until(() => expect(model.desk.value).toBe('down'))
    table.deskIsDown = false
    fileAll()
    await until(() => expect(model.desk.value).toBe('up'))
  })
})

describe('the key', () => {
  test('of another authority, or a text that is none, is not taken', async () => {
    expect(await model.importKey((await makeAuditKey()).privateKey)).toBe('other')
    expect(await model.importKey('swordfish')).toBe('key')
    expect(model.key.value).toBe('none')
  })

  test('is there again after a reload, until it is removed', async () => {
    const shelf = memoryShelf()
    open(shelf)
    await model.importKey(privateKey)
    open(shelf)
    await until(() => expect(model.key.value).toBe('ready'))
    await model.forgetKey()
    open(shelf)
    await until(() => expect(model.key.value).toBe('none'))
  })

  test('that was kept from before the authority changed its own is not used', async () => {
    const shelf = memoryShelf()
    const old = await importAuditKey((await makeAuditKey()).privateKey, null)
    if (old.verdict === 'accept') await shelf.save([old.value])
    open(shelf)
    await until(() => expect(model.key.value).toBe('none'))
  })

  test('that comes with the address is not pushed aside by an empty shelf', async () => {
    expect(await model.importKey(privateKey)).toBeNull()
    table.tick()
    await until(() => expect(model.desk.value).toBe('up'))
    expect(model.key.value).toBe('ready')
  })

  test('works although the browser keeps nothing, and says so', async () => {
    open({ ...memoryShelf(), save: async () => Promise.reject(new Error('private window')) })
    expect(await model.importKey(privateKey)).toBe('storage')
    expect(model.key.value).toBe('ready')
  })
})

test('the chain is asked again whether a settlement stands', async () => {
  const { fact } = trips[0]!
  expect(await model.prove(fact)).toBe('gone')
  table.proven.add(fact.txHash)
  expect(await model.prove(fact)).toBe('proved')
})
