import type { DriverEffect } from '@hexhail/protocol/driver-state.ts'
import { type LngLat, shifted } from '@hexhail/protocol/geo.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { decodeRecord, recordRoot } from '@hexhail/protocol/record.ts'
import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import { decodeTrace, metresBorneOut, traceHead, traceMetres } from '@hexhail/protocol/trace.ts'
import { describe, expect, it } from 'vitest'
import { PLAN, tableTop } from './table-top.ts'

type Table = ReturnType<typeof tableTop>

const filedBy = (table: Table) =>
  table.driverDid.filter((e): e is Extract<DriverEffect, { type: 'file' }> => e.type === 'file')

function opened(bytes: Uint8Array | undefined): TripRecord {
  const record = decodeRecord(bytes ?? new Uint8Array(0))
  if (record.verdict !== 'accept') throw new Error(record.code)
  return record.value
}

/** Rides so many seconds north at 10 m/s with a place each five seconds and the meter's word. */
function ride(table: Table, secs: number, from = 0) {
  for (let s = from + 5; s <= from + secs; s += 5) {
    table.wait(5)
    const at: LngLat = shifted(PLAN.pickup, 0, 10 * s)
    table.toDriver({ type: 'position', at, headingDeg: 0, etaS: 60 })
    table.toDriver({ type: 'meter', metres: 10 * s, secs: s, moving: true })
  }
}

function boarded(): Table {
  const table = tableTop()
  table.toTheDoor()
  table.toDriver({ type: 'pin', digits: '4711' })
  return table
}

describe('the record of a ride', () => {
  it('is the same on both sides, has the way driven, and its root is what is settled', () => {
    const table = boarded()
    ride(table, 300)
    table.toDriver({ type: 'finish', early: false })
    table.wait(21)
    const { rider, driver } = table
    expect(driver.trip?.phase).toBe('settled')
    expect(driver.trip?.receipt?.record).toEqual(rider.signed?.record)
    const record = opened(filedBy(table)[0]?.trip.receipt?.record)
    expect(recordRoot(record)).toBe(table.facts.flatMap(f => (f.fact === 'settled' ? [f.record] : []))[0])
    expect(toHex(record.permit)).toBe(`0x${'09'.repeat(32)}`)
    expect(record).toMatchObject({ propulsion: 4, shiftSeq: 0, booked: 0, passengers: 1 })
    expect(toHex(record.shift)).toBe(driver.shift?.id)
    const times = [record.requestedAtMs, record.acceptedAtMs, record.arrivedAtMs, record.startedAtMs]
    expect([...times, record.finishedAtMs]).toEqual([...times, record.finishedAtMs].toSorted((a, b) => a - b))
    expect(record.requestedAtMs).toBeGreaterThan(0)

    const trace = decodeTrace(record.trace)
    if (trace.verdict !== 'accept') throw new Error(trace.code)
    const { samples, segments } = trace.value
    expect(segments).toHaveLength(record.segments)
    expect(traceHead(toHex(record.terms), segments)).toEqual(record.head)
    expect(samples.length).toBeGreaterThanOrEqual(30)
    expect(record.trace.length / samples.length).toBeLessThan(5)
    const lengthM = traceMetres(samples)
    expect(Math.abs(lengthM - 3_000)).toBeLessThan(20)
    expect(metresBorneOut(lengthM)).toBeGreaterThan(record.metres)
  })

  it('has the way as far as the meter counted, though the rider was told a place long before', () => {
    const table = boarded()
    ride(table, 60)
    for (let s = 65; s <= 300; s += 5) {
      table.wait(5)
      const place = { at: shifted(PLAN.pickup, 0, 10 * s), headingDeg: 0 }
      table.toDriver({ type: 'meter', metres: 10 * s, secs: s, moving: true, place })
    }
    table.toDriver({ type: 'finish', early: false })
    table.wait(21)
    const trace = decodeTrace(opened(filedBy(table)[0]?.trip.receipt?.record).trace)
    if (trace.verdict !== 'accept') throw new Error(trace.code)
    expect(Math.abs(traceMetres(trace.value.samples) - 3_000)).toBeLessThan(20)
  })

  it('covers with each receipt the way so far, as the rider was told it', () => {
    const table = boarded()
    ride(table, 120)
    const first = opened(table.rider.signed?.record)
    ride(table, 120, 120)
    const second = opened(table.rider.signed?.record)
    expect(second.segments).toBeGreaterThan(first.segments)
    expect(second.trace.subarray(0, first.trace.length)).toEqual(first.trace)
    // Reports that the rider does not hear: the receipts go on without the way after them.
    table.mute.driver = true
    ride(table, 60, 240)
    table.mute.driver = false
    ride(table, 120, 300)
    expect(table.driver.trip?.notice).not.toBe('badReceipt')
    expect(table.driver.trip?.receipt?.receipt.metres).toBeGreaterThan(3_000)
    expect(opened(table.rider.signed?.record).segments).toBe(second.segments)
  })

  it('is refused when the rider says times that cannot be true, or another shift', () => {
    for (const lie of [
      { requestedAtMs: 0 },
      { finishedAtMs: 1 },
      { startedAtMs: 5 },
      { acceptedAtMs: 4e15 },
      { segments: 900 },
      { placed: 0 },
    ]) {
      const table = boarded()
      const before = table.riderDid.length
      ride(table, 60)
      const said = table.riderDid.slice(before).find(e => e.type === 'send' && e.message.name === 'receipt')
      if (said?.type !== 'send' || said.message.name !== 'receipt') throw new Error('no receipt')
      const { trip } = table.driver
      table.driver = { ...table.driver, trip: trip && { ...trip, receipt: null, notice: null } }
      const body = { ...said.message.body, ...lie }
      const key = trip!.riderKey
      table.toDriver({ type: 'message', tag: said.tag, key, message: { name: 'receipt', body } })
      expect([lie, table.driver.trip?.receipt, table.driver.trip?.notice]).toEqual([lie, null, 'badReceipt'])
    }
  })
})

describe('the numbers of a shift', () => {
  it('leave no gap: a trip that nobody rode files its number as a void', () => {
    const table = tableTop()
    table.hear()
    table.offer()
    table.choose()
    table.toRider({ type: 'cancel', reason: 5, shownFee: 0n })
    expect(table.driver.trip?.phase).toBe('released')
    const [left] = filedBy(table)
    expect(left?.trip).toMatchObject({ phase: 'released', receipt: null, place: { shiftSeq: 0 } })
    expect(table.driver.shift?.next).toBe(1)
  })

  it('count a hold that failed, too', () => {
    const table = tableTop()
    table.mute.chain = true
    table.hear()
    table.offer()
    table.choose()
    expect(table.driver.trip?.place?.shiftSeq).toBe(0)
    table.toDriver({ type: 'failed', effect: 'holdTx', tag: '', code: 'X' })
    expect(table.driver.trip).toBeNull()
    expect(filedBy(table)).toEqual([]) // an earlier try may have been mined all the same
    table.wait(3_700)
    expect(filedBy(table).map(({ trip }) => trip.place?.shiftSeq)).toEqual([0])
  })

  it('stay with a hold that a page sent before it was closed: refused the second time, it is held all the same', () => {
    const table = tableTop()
    table.mute.chain = true
    table.hear()
    table.offer()
    table.choose()
    const { terms } = table.driver.trip!
    table.toDriver({ type: 'failed', effect: 'holdTx', tag: '', code: 'lane-busy' })
    expect(table.driver.trip).toMatchObject({ phase: 'selected', notice: 'txFailed' })
    table.mute.chain = false
    const { rider, driver, hold, tariff, lane } = terms
    table.fact({ fact: 'held', rider, driver, hold, tariff, lane }, terms)
    expect(table.driver.trip?.phase).toBe('held')
  })

  it('are given to a booked trip when it comes near, and the rider is told then', () => {
    const table = tableTop({ laterS: 7_200 })
    table.hear()
    table.offer()
    table.choose()
    expect(table.driver.booked[0]?.place).toBeNull()
    expect(table.driver.shift?.next).toBe(0)
    table.wait(5_400)
    expect(table.driver.trip?.place?.shiftSeq).toBe(0)
    expect(table.rider.car?.shift).toEqual(new Uint8Array(16).fill(0x5f))
  })
})
