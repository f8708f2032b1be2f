import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { DriverEffect } from '@hexhail/protocol/driver-state.ts'
import { NONE_AWAY, type RiderAway, riderAway } from '@hexhail/protocol/rider-away.ts'
import type { RiderState } from '@hexhail/protocol/rider-state.ts'
import { describe, expect, it } from 'vitest'
import { PLAN, RULES, tableTop } from './table-top.ts'

type Table = ReturnType<typeof tableTop>

const DAY_S = 86_400
const last = (table: Table): ChainFact => table.facts.at(-1)!
const sent = (table: Table, type: DriverEffect['type']) =>
  table.driverDid.filter(effect => effect.type === type).length
/** Chosen, with the terms signed and at the driver's, and nothing on the chain yet. */
function chosen(): Table {
  const table = tableTop()
  table.mute.chain = true
  table.hear()
  table.offer()
  table.choose()
  return table
}
/** A ride to its settlement. */
function ridden(): Table {
  const table = tableTop()
  table.toTheDoor()
  table.toDriver({ type: 'pin', digits: '4711' })
  table.wait(540)
  table.toDriver({ type: 'meter', metres: PLAN.metres, secs: 540, moving: true })
  table.toDriver({ type: 'finish', early: false })
  table.wait(21)
  return table
}
const heldFact = ({ driver, nowMs }: Table): ChainFact => {
  const { terms, digest } = [driver.trip, ...driver.away].find(trip => trip)!
  const { rider, driver: by, hold, tariff, lane } = terms
  const place = { blockNumber: 9, blockHash: digest, logIndex: 0, timestampS: Math.floor(nowMs() / 1000) }
  return { fact: 'held', terms: digest, rider, driver: by, hold, tariff, lane, txHash: digest, ...place }
}

describe('a driver who is done with a trip', () => {
  it('settles again when a reorganisation takes the settlement back', () => {
    const table = ridden()
    expect(table.driver.trip?.phase).toBe('settled')
    table.toDriver({ type: 'clear' })
    expect(table.driver.trip).toBeNull()
    table.mute.chain = true
    table.toDriver({ type: 'undone', fact: last(table) })
    table.wait(1)
    expect(sent(table, 'settleTx')).toBe(2)
    table.wait(61)
    expect(sent(table, 'settleTx')).toBe(3)
    table.mute.chain = false
    table.wait(61)
    expect(table.driver.away.map(({ phase }) => phase)).toEqual(['settled'])
    table.wait(DAY_S + 1)
    expect(table.driver.away).toEqual([])
  })

  it('closes a case that he claimed on its day', () => {
    const table = tableTop()
    table.toTheDoor()
    table.wait(700)
    table.mute.chain = true
    table.toDriver({ type: 'claim' })
    const { terms } = table.driver.trip!
    const deadlineS = table.nowMs() / 1000 + DAY_S
    table.fact({ fact: 'claimed', amount: terms.details.noShowFee, boarded: false, deadlineS }, terms)
    table.toDriver({ type: 'clear' })
    table.wait(DAY_S)
    expect(sent(table, 'finalizeTx')).toBe(0)
    table.wait(16)
    expect(sent(table, 'finalizeTx')).toBe(1)
    table.fact({ fact: 'closed', toDriver: terms.details.noShowFee, toRider: 0n }, terms)
    table.wait(DAY_S + 1)
    expect(table.driver.away).toEqual([])
  })

  it('takes up a trip whose hold was mined although it was said to have failed', () => {
    const table = chosen()
    table.toDriver({ type: 'failed', effect: 'holdTx', tag: '', code: 'too-late' })
    expect([table.driver.trip, table.rider.phase]).toEqual([null, 'offered'])
    const fact = heldFact(table)
    table.toRider({ type: 'chain', fact })
    table.toDriver({ type: 'chain', fact })
    expect([table.rider.phase, table.driver.trip?.phase]).toEqual(['held', 'held'])
    expect(table.driver.trip?.pickup?.pickupName ?? table.rider.told).toBeTruthy()
  })

  it('gives the hold back when he cannot come any more', () => {
    const table = chosen()
    table.toDriver({ type: 'failed', effect: 'holdTx', tag: '', code: 'too-late' })
    table.toDriver({ type: 'online', online: false })
    table.toDriver({ type: 'chain', fact: heldFact(table) })
    expect(table.driver.trip).toBeNull()
    expect(sent(table, 'releaseTx')).toBe(1)
  })

  it('sends a hold again that got lost on the way to the chain, as long as it can be mined', () => {
    const table = chosen()
    table.toDriver({ type: 'failed', effect: 'holdTx', tag: '', code: 'rpc-down' })
    table.wait(16)
    expect(sent(table, 'holdTx')).toBe(2)
    table.wait(16)
    expect(sent(table, 'holdTx')).toBe(3)
    table.wait(40)
    expect([sent(table, 'holdTx'), table.driver.trip, table.driver.notice]).toEqual([3, null, 'holdFailed'])
  })
})

describe('a ride whose hold a reorganisation took', () => {
  it('is paid as any other when the hold is mined anew, later than the start', () => {
    const table = tableTop()
    table.toTheDoor()
    const held = table.facts[0]!
    table.toDriver({ type: 'pin', digits: '4711' })
    table.wait(1)
    for (const type of ['undone', 'chain'] as const) {
      table.toRider({ type, fact: held })
      table.toDriver({ type, fact: held })
    }
    table.wait(60)
    table.toDriver({ type: 'meter', metres: 600, secs: 61, moving: true })
    expect(table.driver.trip?.receipt?.receipt.metres).toBe(600)
  })

  it('ends for both when the hold does not come again, and goes on should it come after all', () => {
    const table = tableTop()
    table.hear()
    table.offer()
    table.choose()
    table.toDriver({ type: 'arrive' })
    table.toDriver({ type: 'pin', digits: '4711' })
    expect(table.rider.phase).toBe('riding')
    const held = last(table)
    table.mute.chain = true
    table.toRider({ type: 'undone', fact: held })
    table.toDriver({ type: 'undone', fact: held })
    expect([table.rider.phase, table.driver.trip?.phase]).toEqual(['selected', 'selected'])
    table.wait(200)
    expect([table.rider.phase, table.driver.trip?.phase]).toEqual(['selected', 'selected'])
    table.wait(200)
    expect([table.rider.phase, table.rider.notice, table.driver.trip]).toEqual([
      'withdrawn',
      'holdLost',
      null,
    ])
    table.toRider({ type: 'chain', fact: held })
    table.toDriver({ type: 'chain', fact: held })
    expect([table.rider.phase, table.driver.trip?.phase]).toEqual(['riding', 'riding'])
  })
})

describe('a trip that the rider put away', () => {
  const away = (trip: RiderState, table: Table): RiderAway =>
    riderAway(NONE_AWAY, { type: 'putAway', trip }, table.nowMs(), RULES).state

  it('is cancelled when the hold of its promised terms comes', () => {
    const table = chosen()
    table.toRider({ type: 'withdraw' })
    const kept = away(table.rider, table)
    expect(kept.trips).toHaveLength(1)
    expect(kept.trips[0]?.plan).toMatchObject({ pickupName: '', destName: '', pickup: [0, 0] })
    const held = riderAway(kept, { type: 'chain', fact: heldFact(table) }, table.nowMs(), RULES)
    const after = riderAway(held.state, { type: 'tick' }, table.nowMs() + 1_000, RULES)
    expect(after.effects.map(({ type }) => type)).toEqual(['cancelTx'])
    const { terms } = after.effects[0]!
    const code = 'rpc-down'
    const failed = riderAway(
      after.state,
      { type: 'failed', effect: 'cancelTx', terms: table.rider.digest!, code },
      table.nowMs() + 2_000,
      RULES,
    )
    const again = riderAway(failed.state, { type: 'tick' }, table.nowMs() + 60_000, RULES)
    expect(again.effects).toEqual([{ type: 'cancelTx', terms }])
  })

  it('leaves when nothing can come of it any more, and is not kept where nothing was signed', () => {
    const table = tableTop()
    table.toRider({ type: 'withdraw' })
    expect(away(table.rider, table).trips).toEqual([])
    const signed = chosen()
    signed.toRider({ type: 'withdraw' })
    signed.wait(70)
    const kept = away(signed.rider, signed)
    const tick = (s: number) =>
      riderAway(kept, { type: 'tick' }, signed.nowMs() + s * 1_000, RULES).state.trips
    expect([tick(60).length, tick(3_700).length]).toEqual([1, 0])
  })

  it('is closed on its day, and asks for its money after its time when an end was undone', () => {
    const table = tableTop()
    table.toTheDoor()
    table.mute.chain = true
    const { terms } = table.rider
    const deadlineS = table.nowMs() / 1000 + DAY_S
    table.fact({ fact: 'cancelled', fee: 0n, deadlineS }, terms!)
    const kept = away(table.rider, table)
    const due = riderAway(kept, { type: 'tick' }, (deadlineS + 16) * 1_000, RULES)
    expect(due.effects.map(({ type }) => type)).toEqual(['finalizeTx'])
    const undone = riderAway(kept, { type: 'undone', fact: last(table) }, table.nowMs(), RULES)
    expect(undone.effects.map(({ type }) => type)).toEqual(['cancelTx'])
    const past = riderAway(undone.state, { type: 'tick' }, (terms!.details.expiry + 16) * 1_000, RULES)
    expect(past.effects.map(({ type }) => type)).toEqual(['releaseTx'])
  })
})
