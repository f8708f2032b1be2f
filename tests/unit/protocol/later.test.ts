import { isAhead, isBookable, LATER_S, laterGrid } from '@hexhail/protocol/later.ts'
import { checkTerms, termsFor } from '@hexhail/protocol/quote.ts'
import { cancelPreview } from '@hexhail/protocol/rider-choice.ts'
import { describe, expect, it } from 'vitest'
import { TARIFF } from './demo-tariff.ts'
import { DRIVER, RULES, START_MS, tableTop } from './table-top.ts'

const TWO_HOURS = 7_200

/** A ride booked two hours ahead, held, with both waiting for its time. */
function booked() {
  const table = tableTop({ laterS: TWO_HOURS })
  table.hear()
  table.offer()
  table.choose()
  return table
}
const sent = (effects: readonly { type: string }[], name: string) =>
  effects.filter(effect => (effect as { message?: { name: string } }).message?.name === name)

describe('a ride for later', () => {
  it('is held at once and leaves the driver free; place and trip come half an hour before', () => {
    const table = booked()
    expect(table.rider.phase).toBe('held')
    expect(table.rider.car?.plate).toBe('STX 1234')
    expect(sent(table.riderDid, 'pickup')).toEqual([])
    expect(table.driver.trip).toBeNull()
    expect(table.driver.booked).toMatchObject([{ phase: 'held', pickup: null }])
    table.wait(TWO_HOURS - LATER_S.lead - 1)
    expect(sent(table.riderDid, 'pickup')).toEqual([])
    expect(table.driver.trip).toBeNull()
    table.wait(1)
    expect(sent(table.riderDid, 'pickup')).toHaveLength(1)
    table.wait(1)
    expect(sent(table.riderDid, 'pickup')).toHaveLength(1)
    expect(table.driver).toMatchObject({ booked: [], trip: { phase: 'held', pickup: { rider: 'Ana' } } })
  })

  it('is ridden and paid like any other; waiting counts from the wanted time', () => {
    const table = booked()
    table.wait(TWO_HOURS - 600)
    table.toDriver({ type: 'position', at: [-56.19, -34.905], headingDeg: 0, etaS: 0 })
    table.toDriver({ type: 'arrive' })
    expect(table.rider).toMatchObject({ phase: 'arrived', arrivedAtMs: START_MS + TWO_HOURS * 1000 })
    table.wait(600 + 30)
    expect(table.driver.trip?.notice).toBeNull()
    table.toDriver({ type: 'pin', digits: '4711' })
    expect(table.rider.meter.waitSecs).toBe(30)
    for (let s = 60; s <= 540; s += 60) {
      table.wait(60)
      table.toDriver({ type: 'meter', metres: Math.round((3_400 * s) / 540), secs: s, moving: true })
    }
    table.toDriver({ type: 'finish', early: false })
    table.wait(21)
    expect([table.rider.phase, table.driver.trip?.phase]).toEqual(['settled', 'settled'])
  })

  it('tells a driver nothing but the wanted time before he is chosen, and asks nobody for an ETA', () => {
    const table = tableTop({ laterS: TWO_HOURS })
    table.hear()
    table.offer()
    expect(table.rider.offers).toMatchObject([{ firm: true, refined: false }])
    expect(table.riderDid.some(effect => effect.type === 'refine')).toBe(false)
    table.choose()
    expect(table.driverDid.some(effect => effect.type === 'firmEta')).toBe(false)
  })

  it('is said again each minute until somebody offers, and expires at its time', () => {
    const table = tableTop({ laterS: TWO_HOURS })
    const said = () => table.riderDid.filter(effect => effect.type === 'publish').length
    for (let s = 0; s < 10; s++) table.wait(1)
    const first = said()
    for (let s = 0; s < 600; s++) table.wait(1)
    expect(said() - first).toBe(10)
    for (let s = 611; s <= TWO_HOURS; s++) table.wait(1)
    expect(table.rider.phase).toBe('requested')
    table.wait(1)
    expect(table.rider).toMatchObject({ phase: 'expired', notice: 'noOffers' })
  })

  it('is cancelled free until half an hour before, and the driver sees it end', () => {
    const table = booked()
    table.wait(TWO_HOURS - LATER_S.free)
    expect(cancelPreview(table.rider, table.nowMs(), RULES)).toEqual({ fee: 0n, free: 'early' })
    table.toRider({ type: 'cancel', reason: 0, shownFee: 0n })
    expect(table.rider.phase).toBe('released')
    expect(table.driver).toMatchObject({ booked: [], trip: { phase: 'released', notice: 'riderCancelled' } })
  })

  it('costs a fee once the driver is coming', () => {
    const table = booked()
    table.wait(TWO_HOURS - LATER_S.free + 1)
    table.toDriver({ type: 'position', at: [-56.2, -34.9], headingDeg: 0, etaS: 600 })
    table.wait(300)
    table.toDriver({ type: 'position', at: [-56.195, -34.9], headingDeg: 0, etaS: 300 })
    const { fee } = cancelPreview(table.rider, table.nowMs(), RULES)
    expect(fee).toBeGreaterThan(0n)
    table.toRider({ type: 'cancel', reason: 0, shownFee: fee })
    expect(table.facts.at(-1)).toMatchObject({ fact: 'settled', fare: fee })
  })

  it('can be given back by the driver while he is on another trip', () => {
    const table = booked()
    const { tag } = table.driver.booked[0]!
    const other = {
      ...table.driver.booked[0]!,
      tag: 'cd'.repeat(16),
      digest: `0x${'99'.repeat(32)}` as const,
    }
    table.driver = { ...table.driver, trip: { ...other, pickupAtMs: 0 } }
    table.toDriver({ type: 'release', reason: 2, tag })
    expect(table.rider).toMatchObject({ phase: 'released', notice: 'driverReleased', cancel: null })
    expect(table.driver.trip).toMatchObject({ tag: other.tag, phase: 'held' })
    expect(table.driver.booked).toMatchObject([{ tag, phase: 'released' }])
  })

  it('is not promised twice for one hour', () => {
    const table = booked()
    const { pickupAtMs } = table.driver.booked[0]!
    const near = { ...table.driver.booked[0]!, tag: 'cd'.repeat(16), pickupAtMs: pickupAtMs + 1_800_000 }
    const again = tableTop({ laterS: TWO_HOURS })
    again.driver = { ...again.driver, booked: [near] }
    again.hear()
    again.offer()
    again.choose()
    expect(again.driver.booked).toEqual([near])
    expect(again.rider).toMatchObject({ chosen: null, offers: [], notice: 'driverDeclined' })
  })

  it('waits behind the trip under way, and is taken up when that ends', () => {
    const table = booked()
    const other = {
      ...table.driver.booked[0]!,
      tag: 'cd'.repeat(16),
      digest: `0x${'99'.repeat(32)}` as const,
    }
    table.driver = { ...table.driver, trip: { ...other, phase: 'settled', filed: true } }
    table.wait(TWO_HOURS - LATER_S.lead)
    expect(table.driver.booked).toMatchObject([{ phase: 'held', pickup: { rider: 'Ana' } }])
    table.toDriver({ type: 'clear' })
    expect(table.driver).toMatchObject({ booked: [], trip: { phase: 'held' } })
  })
})

describe('times of a booked ride', () => {
  it('lie on a grid of five minutes, 15 minutes to a day ahead', () => {
    expect(laterGrid(0)).toBe(0)
    expect(laterGrid(START_MS + 1)).toBe(START_MS + 300_000)
    const at = (s: number) => isBookable(START_MS + s * 1000, START_MS)
    expect([at(LATER_S.least - 1), at(LATER_S.least), at(LATER_S.most), at(LATER_S.most + 1)]).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(isBookable(0, START_MS)).toBe(true)
    expect(isAhead(0, START_MS)).toBe(false)
  })

  it('are in the terms, and a driver refuses terms that are free for longer or pay him less', () => {
    const nowS = START_MS / 1000
    const input = {
      rider: DRIVER,
      driver: DRIVER,
      session: DRIVER,
      lane: 0,
      seq: 0n,
      tariffId: 1,
      metres: 3_400,
      secs: 540,
      bp: 10_000,
      etaS: 240,
      nowS,
      pickupAtS: nowS + TWO_HOURS,
      arbiter: DRIVER,
      boarding: `0x${'00'.repeat(32)}`,
      record: `0x${'00'.repeat(32)}`,
    } as const
    const terms = termsFor({ tariff: TARIFF, by: null }, input)
    const arriveBy = nowS + TWO_HOURS + LATER_S.window
    expect(terms.acceptBy).toBe(nowS + 60)
    expect(terms.details).toMatchObject({
      freeUntil: nowS + TWO_HOURS - LATER_S.free,
      lateAt: arriveBy + TARIFF.lateS,
      pickupBy: arriveBy + TARIFF.noShowWaitS,
    })
    const code = (details: Partial<typeof terms.details>) => {
      const verdict = checkTerms(
        { tariff: TARIFF, by: null },
        { ...terms, details: { ...terms.details, ...details } },
        input,
      )
      return verdict.verdict === 'accept' ? 'accept' : verdict.code
    }
    expect(code({})).toBe('accept')
    expect(code({ freeUntil: terms.details.freeUntil + 61 })).toBe('TOO_LOOSE')
    expect(code({ lateAt: arriveBy - 1 })).toBe('TOO_TIGHT')
    expect(code({ cancelFee: terms.details.cancelFee - 1n })).toBe('FEE_TOO_SMALL')
    expect(code({ noShowFee: terms.details.noShowFee - 1n })).toBe('FEE_TOO_SMALL')
  })
})
