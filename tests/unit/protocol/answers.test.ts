import { cellAt } from '@hexhail/protocol/cells.ts'
import { driver, driverStart } from '@hexhail/protocol/driver.ts'
import type { DriverEvent, DriverState } from '@hexhail/protocol/driver-state.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { describe, expect, it } from 'vitest'
import { DRIVER, PLAN, RULES, START_MS, tableTop } from './table-top.ts'

const CAR = { name: 'Bruno', text: 'BYD Dolphin, white', plate: 'STX 1234', seats: 4, needs: 0 }

describe('a driver asked by somebody who looks for drivers', () => {
  it('answers six requests of a cell in ten minutes and hears the next after that', () => {
    let nowMs = START_MS
    let state: DriverState = driverStart(DRIVER, CAR)
    const tell = (event: DriverEvent) => {
      state = driver(state, event, nowMs, RULES).state
    }
    tell({ type: 'online', online: true })
    const ask = (i: number, place = PLAN.pickup) => {
      const requestId = new Uint8Array(16).fill(i)
      const request = {
        requestId,
        cell: cellAt(place, 7),
        tariff: 1,
        distanceKm: 4,
        minutes: 9,
        heading: 1,
        seats: 1,
        needs: 0,
        pickupAtMs: 0,
        sealKey: new Uint8Array(32),
        replyTo: [],
      }
      const times = { etaS: 240, issuedAtMs: nowMs, expiresAtMs: nowMs + 60_000 }
      tell({ type: 'request', request, key: `0x${'07'.repeat(64)}`, ...times })
      const isHeard = state.cards.some(card => toHex(card.request.requestId) === toHex(requestId))
      tell({ type: 'offer', requestId: toHex(requestId), tag: `${i}`.padStart(32, '0'), bp: 10_000 })
      nowMs += 60_000
      tell({ type: 'tick' })
      return isHeard
    }
    expect([1, 2, 3, 4, 5, 6, 7].map(i => ask(i))).toEqual([true, true, true, true, true, true, false])
    expect(ask(8, [-56.05, -34.8])).toBe(true)
    nowMs = START_MS + 600_000
    expect(ask(9)).toBe(true)
  })

  it('names a firm time once an offer, and only for a place inside the cell of the request', () => {
    const table = tableTop()
    table.mute.driver = true
    table.hear()
    table.offer()
    const refine = (place: readonly [number, number]) =>
      table.toDriver({
        type: 'message',
        tag: table.driver.offers[0]!.tag,
        key: table.driver.offers[0]!.card.key,
        message: { name: 'refine', body: { cell: cellAt(place, 9), metres: 3_400, secs: 540 } },
      })
    const firm = () => table.driverDid.filter(effect => effect.type === 'firmEta').length
    refine([-56.05, -34.8])
    expect(firm()).toBe(0)
    refine(PLAN.pickup)
    refine(PLAN.pickup)
    expect(firm()).toBe(1)
  })
})

describe('a rider', () => {
  it('asks the first two who offer for a firm time, then the nearest of the others, five in all', () => {
    const table = tableTop()
    for (let i = 0; i < 9; i++)
      table.toRider({
        type: 'message',
        tag: `${i}`.padStart(32, '0'),
        key: `0x${'08'.repeat(64)}`,
        message: {
          name: 'offer',
          body: {
            requestId: new Uint8Array(16).fill(0x11),
            account: `0x${`${i}`.padStart(40, '0')}`,
            sessionUntilMs: START_MS + 1e7,
            delegation: new Uint8Array(65),
            etaS: (10 - i) * 120,
            bp: 10_000,
            seats: 4,
            needs: 0,
            car: CAR.text,
            permit: new Uint8Array(32),
            vehicle: new Uint8Array(32),
            vehicleClass: 0,
            propulsion: 0,
            document: new Uint8Array(32),
            expiresAtMs: START_MS + 45_000,
            replyTo: [],
          },
        },
      })
    const asked = () => table.riderDid.flatMap(e => (e.type === 'refine' ? [Number(e.tag)] : []))
    expect(asked()).toEqual([0, 1])
    table.wait(1)
    expect(asked()).toEqual([0, 1, 8, 7, 6])
    table.wait(1)
    expect(asked()).toHaveLength(5)
  })
})
