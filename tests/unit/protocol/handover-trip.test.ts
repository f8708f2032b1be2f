import { tripsOf } from '@hexhail/protocol/driver-away.ts'
import { ENDED, MONEY } from '@hexhail/protocol/trip.ts'
import { isOpen, sumOf } from '@hexhail/sim/fault/vault.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { describe, expect, it } from 'vitest'
import { BALANCE, DRIVERS, handoverTable, nameOf } from './handover-table.ts'
import { PLAN } from './table-top.ts'

type Table = ReturnType<typeof handoverTable>

/** To the moment at which the nearer driver's own solution has him take over. */
function nearer(plan = PLAN): Table {
  const table = handoverTable(plan)
  table.toHeld()
  table.pass(10)
  table.hears('new')
  table.settle()
  return table
}
const facts = (table: Table) => table.facts().map(({ fact }) => fact)

describe('a nearer driver', () => {
  it('takes over in one transaction of the old one, and alone learns the place then', () => {
    const table = nearer()
    expect(table.rider).toMatchObject({ phase: 'held', part: { held: { driver: nameOf('old'), swaps: 0 } } })
    expect(table.drivers.new.offers[0]?.bid?.etaDs).toBe(900)
    const terms = table.rider.terms!
    table.take('new', 'old')
    table.settle()
    expect(facts(table)).toEqual(['held', 'released', 'held'])
    const [, released, held] = table.facts()
    expect(released!.txHash).toBe(held!.txHash)
    expect(table.rider).toMatchObject({
      ...{ phase: 'held', notice: 'driverChanged', told: true, swap: null },
      chosen: { account: DRIVERS.new.account },
      part: { bound: null, held: { driver: nameOf('new'), swaps: 1 } },
      terms: { lane: terms.lane, seq: terms.seq + 1n, fare: terms.fare },
    })
    expect(table.drivers.new.trip).toMatchObject({ phase: 'held', pickup: { pickupName: PLAN.pickupName } })
    expect(table.drivers.old.trip).toMatchObject({ phase: 'released', notice: 'handedOver' })
    table.toDriver('old', { type: 'clear' })
    expect(table.drivers.old.trip).toBeNull()
  })

  it('takes over one ride once', () => {
    const table = nearer()
    table.take('new', 'old')
    table.settle()
    table.toDriver('old', { type: 'clear' })
    table.hears('old')
    table.settle()
    expect(table.rider.offers.map(({ account }) => account)).not.toContain(DRIVERS.old.account)
  })

  it.each([
    ['a rider who keeps his driver', { ...PLAN, keepsDriver: true }],
    ['one who shares the car', { ...PLAN, needs: 16 }],
  ])('takes over nothing from %s', (_, plan) => {
    const table = nearer(plan)
    table.take('new', 'old')
    table.settle()
    expect(facts(table)).toEqual(['held'])
    expect(table.rider.chosen?.account).toBe(DRIVERS.old.account)
  })

  it('comes too late where the old one is within a minute, by either device', () => {
    const table = nearer()
    table.toDriver('old', { type: 'position', at: PLAN.pickup, headingDeg: 0, etaS: 59 })
    table.take('new', 'old')
    table.settle()
    expect(table.rider.swap).toBeNull()
    expect(facts(table)).toEqual(['held'])
    // The rider has not heard of it yet: the driver himself stays.
    const crossed = nearer()
    crossed.take('new', 'old')
    const yields = () => crossed.waiting.findIndex(({ label }) => label === 'old reads yield')
    while (yields() < 0) crossed.run(0)
    const [letter] = crossed.waiting.splice(yields(), 1)
    crossed.waiting.length = 0
    crossed.toDriver('old', { type: 'position', at: PLAN.pickup, headingDeg: 0, etaS: 59 })
    letter!.run()
    expect(crossed.drivers.old.trip?.handing).toBeNull()
  })

  it('takes over nothing where the old one, ahead of his promise, would be there as soon', () => {
    const table = nearer()
    table.toDriver('old', { type: 'position', at: PLAN.pickup, headingDeg: 0, etaS: 100 })
    table.settle()
    table.take('new', 'old')
    table.settle()
    expect(facts(table)).toEqual(['held'])
    // He is told at once, and free for others.
    expect(table.drivers.new).toMatchObject({ offers: [], part: { bound: null } })
  })

  it('is let go where the old one does not answer, and neither is left with nothing', () => {
    const table = nearer()
    table.take('new', 'old')
    for (;;) {
      const at = table.waiting.findIndex(({ label }) => label !== 'old reads yield')
      if (at < 0) break
      table.run(at)
    }
    expect(table.rider.swap?.isYielded).toBe(true)
    expect(table.drivers.new.trip?.phase).toBe('selected')
    table.waiting.length = 0
    table.pass(66)
    table.settle()
    expect(table.rider).toMatchObject({ phase: 'held', swap: null, chosen: { account: DRIVERS.old.account } })
    expect(table.rider.promised).toHaveLength(1)
    expect(table.drivers.new.trip).toBeNull()
    expect(table.drivers.old.trip?.phase).toBe('held')
  })

  it('is held after all where the block came late, and goes back with a block that is undone', () => {
    const table = nearer()
    table.take('new', 'old')
    table.settle()
    table.undo()
    while (table.follow('rider') || table.follow('old') || table.follow('new'));
    expect(table.rider).toMatchObject({ phase: 'held', chosen: { account: DRIVERS.old.account } })
    expect(table.rider.swap?.isYielded).toBe(true)
    expect(table.drivers.old.trip?.phase).toBe('held')
    expect(table.drivers.new.trip?.phase).toBe('selected')
    table.settle()
    expect(table.rider).toMatchObject({ phase: 'held', chosen: { account: DRIVERS.new.account }, swap: null })
    expect(table.drivers.new.trip?.phase).toBe('held')
  })
})

describe('whatever comes in whatever order', () => {
  /** One walk: what happens next is drawn; then all that was sent arrives, and time passes until all is over. */
  function walk(seed: number): { table: Table; isChanged: boolean } {
    const seeded = createSeeded(seed)
    const table = nearer()
    let reorgs = 0
    table.take('new', 'old')
    const places: string[] = []
    const check = (): void => {
      const vault = table.vault()
      expect(sumOf(vault), table.log.join('\n')).toBe(BALANCE)
      const held = Object.values(vault.lanes).filter(lane => lane.held > 0n)
      expect(held.length, table.log.join('\n')).toBeLessThanOrEqual(1)
      // Whoever is held for the fare has it on his device: he can come, claim, or give it back.
      for (const { terms } of held) {
        const of = table.termsOf(terms)!
        const who = of.driver === DRIVERS.old.account ? 'old' : 'new'
        expect(
          tripsOf(table.drivers[who]).map(trip => trip.digest),
          table.log.join('\n'),
        ).toContain(terms)
      }
      for (const who of ['old', 'new'] as const)
        if (table.drivers[who].trip?.pickup && !places.includes(who)) {
          places.push(who)
          const isHeld = table
            .facts()
            .some(fact => fact.fact === 'held' && fact.driver === DRIVERS[who].account)
          expect(isHeld || reorgs > 0, `${who} knows the place\n${table.log.join('\n')}`).toBe(true)
        }
    }
    for (let n = 0; n < 60; n++) {
      const draw = seeded.below(100)
      const { waiting, mempool } = table
      if (draw < 55 && waiting.length > 0) table.run(seeded.below(waiting.length), seeded.below(8) === 0)
      else if (draw < 65 && mempool.length > 0) table.mine(seeded.below(mempool.length))
      else if (draw < 85) table.follow((['rider', 'old', 'new'] as const)[seeded.below(3)]!)
      else if (draw < 90) table.pass(seeded.below(12))
      else if (draw < 92 && table.blocks.length > 1 && reorgs < 2) {
        reorgs++
        table.undo()
      } else if (draw < 93) table.toRider({ type: 'cancel', reason: 0, shownFee: 0n })
      else if (draw < 94) table.toDriver('old', { type: 'release', reason: 3 })
      else if (draw < 95 && waiting.length > 0) waiting.splice(seeded.below(waiting.length), 1)
      check()
    }
    table.settle()
    for (let n = 0; n < 12; n++) {
      table.pass(10)
      table.settle()
      check()
    }
    return { table, isChanged: table.rider.chosen?.account === DRIVERS.new.account }
  }

  it('holds for one driver who knows it, and all three agree who it is', () => {
    let changed = 0
    for (let seed = 1; seed <= 1_000; seed++) {
      const { table, isChanged } = walk(seed)
      if (isChanged) changed++
      const { rider, drivers } = table
      const told = `seed ${seed}\n${table.log.join('\n')}`
      const held = Object.values(table.vault().lanes).find(lane => lane.held > 0n)
      expect(MONEY.has(rider.phase), told).toBe(isOpen(table.vault(), rider.digest ?? '0x'))
      if (held && !rider.cancel) expect(rider.digest, told).toBe(held.terms)
      for (const who of ['old', 'new'] as const) {
        const { trip } = drivers[who]
        const isHis = held?.terms === trip?.digest
        if (trip && !ENDED.has(trip.phase))
          expect(isHis || trip.phase === 'cancelled', `${who} ${told}`).toBe(true)
      }
      // A day later nothing is left in the vault.
      for (const s of [20_000, 90_000, 90_000, 100, 100]) {
        table.pass(s)
        table.settle()
      }
      const { lanes, cases } = table.vault()
      expect(
        Object.values(lanes).every(lane => lane.held === 0n),
        told,
      ).toBe(true)
      expect(cases, told).toEqual({})
    }
    expect(changed).toBeGreaterThan(250)
    expect(changed).toBeLessThan(1_000)
  })
})
