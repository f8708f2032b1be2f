import { rider } from '@hexhail/protocol/rider.ts'
import { cancelPreview } from '@hexhail/protocol/rider-choice.ts'
import { fareOf } from '@hexhail/protocol/tariff.ts'
import { describe, expect, it } from 'vitest'
import { TARIFF } from './demo-tariff.ts'
import { PLAN, RULES, tableTop } from './table-top.ts'

const settled = (table: ReturnType<typeof tableTop>) => table.facts.find(f => f.fact === 'settled')
const cancels = (table: ReturnType<typeof tableTop>) =>
  table.riderDid.filter(({ type }) => type === 'cancelTx').length
const QUOTE = fareOf(TARIFF, PLAN.metres, PLAN.secs, 10_000)

describe('a ride at the table', () => {
  it('goes from request to settled, and both sides see the quoted fare paid', () => {
    const table = tableTop()
    table.toTheDoor()
    expect(table.rider.phase).toBe('arrived')
    table.toDriver({ type: 'pin', digits: '4711' })
    expect([table.rider.phase, table.driver.trip?.phase]).toEqual(['riding', 'riding'])
    for (let s = 60; s <= 540; s += 60) {
      table.wait(60)
      table.toDriver({ type: 'meter', metres: Math.round((PLAN.metres * s) / 540), secs: s, moving: true })
    }
    table.toDriver({ type: 'finish', early: false })
    expect(table.rider.phase).toBe('finished')
    table.toRider({ type: 'tip', amount: 500_000n })
    table.wait(21)
    expect([table.rider.phase, table.driver.trip?.phase]).toEqual(['settled', 'settled'])
    expect(settled(table)).toMatchObject({ fare: QUOTE, tip: 500_000n, wait: 0n })
    expect(table.driver.trip?.filed).toBe(true)
  })

  it('leaves nobody behind who seems to wait for the same driver', () => {
    const table = tableTop()
    table.toTheDoor()
    expect(table.driver.trip?.phase).toBe('arrived')
    expect(table.driver.offers.filter(({ isFirm, bid }) => isFirm || bid)).toEqual([])
  })

  it('pays as it goes: the newest receipt grows and never passes the quote', () => {
    const table = tableTop()
    table.toTheDoor()
    table.toDriver({ type: 'pin', digits: '4711' })
    let last = 0n
    for (let s = 60; s <= 900; s += 60) {
      table.wait(60)
      table.toDriver({ type: 'meter', metres: 10 * s, secs: s, moving: true })
      const fare = table.driver.trip?.receipt?.receipt.fare ?? 0n
      expect(fare).toBeGreaterThanOrEqual(last)
      last = fare
    }
    expect(last).toBe(QUOTE)
  })

  it('charges a short ride by the meter when it is stopped early', () => {
    const table = tableTop()
    table.toTheDoor()
    table.toDriver({ type: 'pin', digits: '4711' })
    table.wait(200)
    table.toDriver({ type: 'meter', metres: 1_500, secs: 200, moving: true })
    table.toDriver({ type: 'finish', early: true })
    table.wait(21)
    expect(settled(table)).toMatchObject({ fare: fareOf(TARIFF, 1_500, 200, 10_000) })
  })

  it('asks for the PIN again twice, then no more until the rider gives a new one', () => {
    const table = tableTop()
    table.toTheDoor()
    for (const digits of ['0000', '0001', '0002', '4711']) table.toDriver({ type: 'pin', digits })
    expect(table.rider).toMatchObject({ phase: 'arrived', triesLeft: 0, notice: 'pinBlocked' })
    table.toRider({ type: 'newPin', pin: '8080' })
    expect(table.rider.triesLeft).toBe(3)
    table.toDriver({ type: 'pin', digits: '8080' })
    expect(table.rider.phase).toBe('riding')
  })
})

describe('leaving', () => {
  it('costs nothing within the free time, and the driver frees the hold at once', () => {
    const table = tableTop()
    table.hear()
    table.offer()
    table.choose()
    expect(cancelPreview(table.rider, table.nowMs(), RULES)).toEqual({ fee: 0n, free: 'early' })
    table.toRider({ type: 'cancel', reason: 5, shownFee: 0n })
    expect([table.rider.phase, table.driver.trip?.phase]).toEqual(['released', 'released'])
  })

  it('charges after the free time exactly what the preview said', () => {
    const table = tableTop()
    table.toTheDoor()
    table.wait(60)
    const preview = cancelPreview(table.rider, table.nowMs(), RULES)
    expect(preview.fee).toBeGreaterThan(0n)
    table.toRider({ type: 'cancel', reason: 5, shownFee: preview.fee })
    expect(table.rider.phase).toBe('settled')
    expect(settled(table)).toMatchObject({ fare: preview.fee, tip: 0n })
  })

  it('never charges more than was on the screen, however long the answer took', () => {
    const table = tableTop()
    table.toTheDoor()
    table.wait(60)
    const shown = cancelPreview(table.rider, table.nowMs(), RULES).fee
    table.wait(4)
    expect(cancelPreview(table.rider, table.nowMs(), RULES).fee).toBeGreaterThan(shown)
    table.toRider({ type: 'cancel', reason: 5, shownFee: shown })
    expect(settled(table)).toMatchObject({ fare: shown, tip: 0n })
  })

  it('changes nothing by looking at the preview', () => {
    const table = tableTop()
    table.toTheDoor()
    const before = structuredClone(table.rider)
    cancelPreview(table.rider, table.nowMs() + 500_000, RULES)
    expect(table.rider).toEqual(before)
  })

  it('is free when the driver is more than five minutes late', () => {
    const table = tableTop()
    table.hear()
    table.offer()
    table.choose()
    table.toDriver({ type: 'position', at: [-56.2, -34.9], headingDeg: 0, etaS: 180 })
    table.toDriver({ type: 'position', at: [-56.2, -34.9], headingDeg: 0, etaS: 100 })
    table.wait(190 + 301)
    expect(table.rider.notice).toBe('driverLate')
    expect(cancelPreview(table.rider, table.nowMs(), RULES)).toEqual({ fee: 0n, free: 'late' })
  })

  it('goes to the vault when the driver does not answer', () => {
    const table = tableTop()
    table.hear()
    table.offer()
    table.choose()
    table.mute.rider = true
    table.toRider({ type: 'cancel', reason: 5, shownFee: 0n })
    table.wait(19)
    expect(cancels(table)).toBe(0)
    table.wait(1)
    expect(table.facts.map(f => f.fact)).toEqual(['held', 'cancelled', 'closed'])
    expect(table.rider.phase).toBe('closed') // the driver lets the money go at once
  })

  it('does not wait for the driver when the free time ends before he must have answered', () => {
    const table = tableTop()
    table.hear()
    table.offer()
    table.choose()
    table.mute.rider = true
    table.wait(85)
    table.toRider({ type: 'cancel', reason: 5, shownFee: 0n })
    table.wait(0)
    expect(cancels(table)).toBe(1)
  })

  it('waits until the vault takes no more than was shown, or the rider agrees to what it takes', () => {
    const table = tableTop()
    table.toTheDoor()
    table.mute.rider = true
    const { fee } = cancelPreview(table.rider, table.nowMs(), RULES)
    const { cancelFee, lateAt } = table.rider.terms!.details
    expect(fee).toBeLessThan(cancelFee)
    table.toRider({ type: 'cancel', reason: 5, shownFee: fee })
    table.wait(60)
    expect(table.rider.notice).toBe('cancelUnanswered')
    expect(cancelPreview(table.rider, table.nowMs(), RULES).fee).toBe(cancelFee)
    table.toRider({ type: 'cancel', reason: 5, shownFee: fee })
    expect(cancels(table)).toBe(0)
    const patient = structuredClone(table.rider)
    table.toRider({ type: 'cancel', reason: 5, shownFee: cancelFee })
    expect(cancels(table)).toBe(1)
    const late = rider(patient, { type: 'tick' }, (lateAt + 16) * 1_000, RULES)
    expect(late.effects.map(({ type }) => type)).toEqual(['cancelTx'])
  })

  it('lets the driver out before the start, and the rider is told', () => {
    const table = tableTop()
    table.toTheDoor()
    table.toDriver({ type: 'release', reason: 3 })
    expect(table.rider).toMatchObject({ phase: 'released', notice: 'driverReleased' })
  })

  it('lets a driver claim the fare with the boarding secret when the rider falls silent', () => {
    const table = tableTop()
    table.toTheDoor()
    table.toDriver({ type: 'pin', digits: '4711' })
    table.mute.rider = true
    table.wait(300)
    table.toDriver({ type: 'meter', metres: 3_000, secs: 300, moving: true })
    table.toDriver({ type: 'finish', early: false })
    table.wait(50)
    expect(table.driver.trip?.notice).toBe('riderSilent')
    table.toDriver({ type: 'claim' })
    expect(table.facts.at(-1)).toMatchObject({ fact: 'claimed', amount: QUOTE, boarded: true })
    expect(table.rider.phase).toBe('claimed')
    table.toDriver({ type: 'clear' })
    expect(table.driver.trip).toBeNull() // the case runs on by itself; the driver may take the next rider
  })
})

describe('an offer that was not asked for a firm time', () => {
  it('can be chosen: the driver is told the trip first', () => {
    const table = tableTop()
    table.hear()
    table.offer()
    table.rider = {
      ...table.rider,
      offers: table.rider.offers.map(o => ({ ...o, refined: false, firm: false })),
    }
    table.driver = { ...table.driver, offers: table.driver.offers.map(o => ({ ...o, asked: null })) }
    table.choose()
    expect(table.rider.phase).toBe('held')
  })
})

describe('a reorganised chain', () => {
  it('takes a hold back, and gives it again', () => {
    const table = tableTop()
    table.hear()
    table.offer()
    table.choose()
    const held = table.facts[0]!
    table.mute.chain = true
    table.toRider({ type: 'undone', fact: held })
    table.toDriver({ type: 'undone', fact: held })
    expect([table.rider.phase, table.driver.trip?.phase]).toEqual(['selected', 'selected'])
    table.toRider({ type: 'chain', fact: held })
    expect(table.rider.phase).toBe('held')
  })
})

describe('words out of place', () => {
  it('move nothing when they come from another key', () => {
    const table = tableTop()
    table.toTheDoor()
    const before = table.rider
    table.toRider({
      type: 'message',
      tag: 'ab'.repeat(16),
      key: `0x${'99'.repeat(64)}`,
      message: { name: 'pin', body: { digits: '4711' } },
    })
    expect(table.rider).toBe(before)
  })

  it('do not sign for a meter that runs ahead of the clock', () => {
    const table = tableTop()
    table.toTheDoor()
    table.toDriver({ type: 'pin', digits: '4711' })
    table.wait(30)
    table.toDriver({ type: 'meter', metres: 3_000, secs: 500, moving: true })
    expect(table.rider.receipt).toBeNull()
  })
})
