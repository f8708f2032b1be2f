import { driver } from '@hexhail/protocol/driver.ts'
import type { RiderEffect } from '@hexhail/protocol/rider-state.ts'
import { describe, expect, it } from 'vitest'
import { RULES, tableTop } from './table-top.ts'

const published = (effects: readonly RiderEffect[]) =>
  effects.flatMap(effect => (effect.type === 'publish' ? [effect.step] : []))

/** The step reached nobody. */
const unheard = (step: number) => ({
  type: 'published' as const,
  step,
  reached: 0,
  drivers: 0,
  radiusM: 600,
})

/** A rider's request that no driver hears. */
function alone() {
  const table = tableTop()
  table.mute.rider = true
  return table
}

describe('a request', () => {
  it('begins with the nearest cells and widens every two seconds while offers are few', () => {
    const table = alone()
    table.wait(1)
    expect(published(table.riderDid)).toEqual([0])
    table.wait(1)
    expect(published(table.riderDid)).toEqual([0, 1])
    table.wait(2)
    expect(published(table.riderDid)).toEqual([0, 1, 2])
  })

  it('widens at once when a step reached nobody, once for each step', () => {
    const table = alone()
    table.toRider(unheard(0))
    table.toRider(unheard(0))
    expect(published(table.riderDid)).toEqual([0, 1])
    table.wait(1)
    expect(published(table.riderDid)).toEqual([0, 1])
    table.toRider(unheard(1))
    expect(published(table.riderDid)).toEqual([0, 1, 2])
  })

  it('says its last step again every ten seconds until somebody offers, and ends after two minutes', () => {
    const table = alone()
    for (const step of [0, 1, 2]) table.toRider(unheard(step))
    expect(published(table.riderDid)).toEqual([0, 1, 2])
    for (let s = 0; s < 30; s++) table.wait(1)
    expect(published(table.riderDid)).toEqual([0, 1, 2, 2, 2, 2])
    for (let s = 0; s < 91; s++) table.wait(1)
    expect(table.rider.phase).toBe('expired')
    const said = published(table.riderDid).length
    table.toRider(unheard(2))
    table.wait(20)
    expect(published(table.riderDid)).toHaveLength(said)
  })

  it('is not shown again to a driver who has put it away', () => {
    const heard = {
      type: 'request' as const,
      request: {
        requestId: new Uint8Array(16).fill(17),
        cell: '87c2ae9a0ffffff',
        tariff: 1,
        distanceKm: 4,
        minutes: 9,
        heading: 1,
        seats: 1,
        needs: 0,
        pickupAtMs: 0,
        sealKey: new Uint8Array(32),
        replyTo: [],
      },
      key: `0x${'07'.repeat(64)}` as const,
      etaS: 120,
      issuedAtMs: 0,
      expiresAtMs: 60_000,
    }
    const online = { ...tableTop().driver, cards: [] }
    const once = driver(online, heard, 0, RULES).state
    expect(driver(once, heard, 1, RULES).state.cards).toHaveLength(1)
    const passed = driver(once, { type: 'ignore', requestId: `0x${'11'.repeat(16)}` }, 2, RULES).state
    expect(passed.cards).toEqual([])
    expect(driver(passed, heard, 3, RULES).state.cards).toEqual([])
  })
})
