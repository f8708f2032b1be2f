import { createRiderClient } from '@hexhail/client/rider-client.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import { decodeRecord, recordRoot } from '@hexhail/protocol/record.ts'
import { openSealed } from '@hexhail/protocol/seal.ts'
import { fareOf } from '@hexhail/protocol/tariff.ts'
import { createDriverBot } from '@hexhail/sim/driver-bot.ts'
import { randomPlan } from '@hexhail/sim/rider-bot.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startStack, until } from './stack.ts'

let stack: Awaited<ReturnType<typeof startStack>>
beforeAll(async () => {
  stack = await startStack()
}, 60_000)
afterAll(() => stack?.stop())

describe('a ride over the real network and the real chain', () => {
  it('settles the quoted fare to the unit, and files a record that opens to the same root', async () => {
    const driverPorts = await stack.person()
    await stack.permit(driverPorts.signer.address)
    const bot = await createDriverBot({
      ports: driverPorts,
      name: 'Bruno',
      car: 'BYD Dolphin, white',
      plate: 'STX 1234',
      start: [-56.17, -34.89],
      seeded: createSeeded(1),
    })
    const riderPorts = await stack.person()
    await riderPorts.writer.deposit(80_000_000n)
    const rider = await createRiderClient(riderPorts)
    const places = [
      [-56.172, -34.892],
      [-56.155, -34.875],
    ] as const
    let next = 0
    const plan = await randomPlan({ ports: riderPorts, name: 'Ana', place: () => places[next++ % 2]! })
    await rider.request(plan!)
    await until(rider.trip, trip => trip?.phase === 'offered' && trip.offers.some(o => o.firm))
    await rider.choose(rider.ranked.value[0]!.tag)
    const held = await until(rider.trip, trip => trip?.phase === 'held')
    expect((await stack.reader.account(riderPorts.signer.address)).held).toBe(held!.terms!.hold)
    await until(rider.trip, trip => trip?.car?.plate === 'STX 1234')
    const arrived = await until(rider.trip, trip => trip?.phase === 'arrived')
    await rider.dispatch({ type: 'chat', text: `My PIN is ${arrived!.pin}` })
    await until(rider.trip, trip => trip?.phase === 'finished')
    await rider.dispatch({ type: 'tip', amount: 250_000n })
    const settled = await until(rider.trip, trip => trip?.phase === 'settled')
    const fact = settled!.facts.at(-1)!.fact
    if (fact.fact !== 'settled') throw new Error('not settled')
    expect(fact.fare).toBe(fareOf(stack.rules.tariff, plan!.metres, plan!.secs, held!.terms!.bp))
    const account = await stack.reader.account(riderPorts.signer.address)
    expect(account).toEqual({ free: 80_000_000n - fact.fare - fact.wait - fact.toll - fact.tip, held: 0n })
    expect((await stack.reader.account(driverPorts.signer.address)).free).toBe(
      fact.fare + fact.wait + fact.tip - fact.levy,
    )
    await until(bot.client.shift, shift => shift.trip === null)
    const opened = await openSealed(stack.auditKey.keyPair, stack.filed.get(fact.terms)!, fromHex(fact.terms))
    if (opened.verdict !== 'accept') throw new Error(opened.code)
    const record = decodeRecord(opened.value)
    if (record.verdict !== 'accept') throw new Error(record.code)
    expect(recordRoot(record.value)).toBe(fact.record)
    await rider.request(plan!)
    await until(rider.trip, trip => trip?.phase === 'offered')
    await rider.dispatch({ type: 'withdraw' })
    expect(rider.trip.value?.phase).toBe('withdrawn')
    expect(rider.history.value).toHaveLength(1)
    expect(stack.faults).toEqual([])
    await bot.stop()
    await rider.stop()
  }, 90_000)

  it('that is booked an hour ahead is held at once, and driven and settled when its time comes', async () => {
    const driverPorts = await stack.person()
    await stack.permit(driverPorts.signer.address)
    const bot = await createDriverBot({
      ports: driverPorts,
      name: 'Elena',
      car: 'JAC E10X, green',
      plate: 'STX 4321',
      start: [-56.171, -34.891],
      seeded: createSeeded(2),
    })
    const keys = () => driverPorts.store.get('driver/session')
    const shiftAgain = async () => {
      const before = await keys()
      await bot.client.goOffline()
      await bot.client.goOnline([-56.171, -34.891])
      return (await keys()) !== before
    }
    expect(await shiftAgain()).toBe(true)
    const riderPorts = await stack.person()
    await riderPorts.writer.deposit(80_000_000n)
    const rider = await createRiderClient(riderPorts)
    const places = [
      [-56.172, -34.892],
      [-56.162, -34.886],
    ] as const
    let next = 0
    const plan = await randomPlan({ ports: riderPorts, name: 'Ana', place: () => places[next++ % 2]! })
    const pickupAtMs = riderPorts.now() + 3_600_000
    await expect(rider.request({ ...plan!, pickupAtMs: riderPorts.now() + 60_000 })).rejects.toMatchObject({
      code: 'TIME',
    })
    await rider.request({ ...plan!, pickupAtMs })
    await until(rider.trip, trip => trip?.phase === 'offered')
    await rider.choose(rider.ranked.value[0]!.tag)
    await until(rider.trip, trip => trip?.phase === 'held')
    const { booked } = await until(bot.client.shift, shift => shift.booked[0]?.phase === 'held')
    expect(booked).toMatchObject([{ pickup: null }])
    expect(bot.client.shift.value.trip).toBeNull()
    expect(await shiftAgain()).toBe(false) // the booked rider knows him by these keys
    stack.pass(rider.trip.value!.plan.pickupAtMs - riderPorts.now())
    const arrived = await until(rider.trip, trip => trip?.phase === 'arrived')
    await rider.dispatch({ type: 'chat', text: `My PIN is ${arrived!.pin}` })
    await until(rider.trip, trip => trip?.phase === 'finished')
    await rider.dispatch({ type: 'tip', amount: 100_000n }) // the driver need not wait for one
    const settled = await until(rider.trip, trip => trip?.phase === 'settled')
    expect(settled!.facts.at(-1)!.fact).toMatchObject({
      fare: fareOf(stack.rules.tariff, plan!.metres, plan!.secs, settled!.terms!.bp),
      tip: 100_000n,
    })
    expect(stack.faults).toEqual([])
    await bot.stop()
    await rider.stop()
  }, 90_000)
})
